from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.model.errors import SourceError
from finemesh.sources.documents import extract_document
from finemesh.sources.documents.mail import MAX_DEPTH, MAX_HEADER
from finemesh.sources.verify import check


def letter(body="Harbour Light Group was sanctioned by the UK.\n", subject="About the brokers"):
    message = EmailMessage()
    message["From"] = "Olena Marchuk <olena@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = subject
    message["Date"] = "Fri, 01 Mar 2024 09:30:00 +0700"
    message.set_content(body)
    return message


def read(tmp_path, raw, name="letter.eml"):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.as_bytes())
    return extract_document(path, name)


def test_subject_sender_date_and_words(tmp_path):
    found = read(tmp_path, letter())
    assert found.text == (
        "About the brokers\nFrom: Olena Marchuk <olena@example.org>\nHarbour Light Group was sanctioned by the UK.\n"
    )
    assert (found.title, found.published) == ("About the brokers", "2024-03-01")
    assert found.author.startswith("Olena Marchuk")
    at = found.text.index("Harbour")
    assert check(tmp_path / "letter.eml", "letter.eml", [(f"chars={at}-{at + 7}", "Harbour")]) == []


def test_the_plain_form_is_taken_else_the_page(tmp_path):
    message = letter()
    message.add_alternative("<p>Not <b>this</b></p>", subtype="html")
    assert "Not" not in read(tmp_path, message).text
    page = EmailMessage()
    page["From"], page["To"], page["Subject"] = "a@b.c", "d@e.f", "S"
    page.set_content("<p>Stone&nbsp;Gate <b>Trading</b></p><script>evil()</script><p>Two</p>", subtype="html")
    assert read(tmp_path, page).text.endswith("Stone Gate Trading\nTwo\n")


def test_attachments_are_named_and_messages_within_are_read(tmp_path):
    message = letter()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="list.pdf")
    message.add_attachment(letter("The inner words.\n", "Forwarded"))
    found = read(tmp_path, message)
    assert "Forwarded\n" in found.text and "The inner words." in found.text
    assert found.notes == (("attachment", "1 attached files are no part of the text: list.pdf"),)


def test_messages_within_messages_end_somewhere(tmp_path):
    message = letter("The innermost.\n")
    for _ in range(MAX_DEPTH + 5):
        outer = letter("An outer one.\n")
        outer.add_attachment(message)
        message = outer
    found = read(tmp_path, message)
    assert "innermost" not in found.text
    assert found.text.count("An outer one.") == MAX_DEPTH + 1


def test_parts_within_parts_without_end(tmp_path):
    head = b"From: a@b.c\nTo: d@e.f\nSubject: deep\nMIME-Version: 1.0\n"
    raw = head + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    try:
        assert "deep" in read(tmp_path, raw + b"\nwords").text
    except SourceError as error:
        assert "message" in error.message


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-8", "us-ascii", "koi8-r"])
def test_wrong_charsets_are_read_somehow(tmp_path, charset):
    raw = (
        f"From: a@b.c\nTo: d@e.f\nSubject: s\nContent-Type: text/plain; charset={charset}\n\n".encode()
        + b"caf\xe9 Stone Gate"
    )
    assert "Stone Gate" in read(tmp_path, raw).text


def test_a_text_file_that_looks_like_a_message_stays_a_text(tmp_path):
    text = "From: a@b.c\nTo: d@e.f\nSubject: s\n\nWords.\n"
    assert read(tmp_path, text.encode(), "note.txt").text == text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=60))
def test_no_bytes_break_the_reader(tmp_path_factory, body, header):
    raw = b"From: a@b.c\nTo: d@e.f\nSubject: s\nDate: " + header.replace(b"\0", b"") + b"\n\n" + body
    try:
        found = read(tmp_path_factory.mktemp("mail"), raw)
    except SourceError:
        return
    assert "\0" not in found.text


@pytest.mark.parametrize("word", ["=?utf-8?q?x?= ", "a@b.example, ", "(((((", "x=y; "])
@pytest.mark.parametrize("name", ["Subject", "From", "Content-Type", "Content-Disposition"])
def test_headers_have_an_end(tmp_path, name, word):
    head = "Message-ID: <1@x>\nDate: Fri, 1 Mar 2024 12:00:00 +0000\nTo: a@b.example\n"
    path = tmp_path / "long.eml"
    path.write_text(f"{head}{name}: text/plain; {word * 100_000}\n\nThe words of the letter.\n")
    found = extract_document(path, "long.eml")
    assert "The words of the letter." in found.text
    assert len(found.text) < MAX_HEADER + 1_000
