import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.extraction.sentences import MAX_SENTENCE, sentences


def split(text):
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lt. Col. Ye Win Htut met Maj. Gen. Khin Lay Mon in Mandalay.",
        "Harbour Light Co. Ltd. and Stone Gate Inc. sold parts.",
        "Sgt. J. K. Brown signed contract No. 45 in the U.S. Senate.",
        "The value rose by 3.5% to US$2.4 million, i.e. twice as much.",
        "Mr. and Mrs. Smith own Stone Gate Pte. Ltd. of Singapore.",
    ],
)
def test_abbreviations_and_numbers_do_not_end_a_sentence(sentence):
    assert split(f"{sentence} It was late.") == [sentence, "It was late."]


def test_a_company_at_the_end_of_a_sentence_ends_it():
    assert split("He founded Harbour Light Co. Ltd. The company sold parts.") == [
        "He founded Harbour Light Co. Ltd.",
        "The company sold parts.",
    ]


def test_lines_headlines_and_list_items_are_sentences():
    text = "Brokers exposed\n\nThree names stand out:\n- Harbour Light Group\n• Stone Gate Trading\n2) Ye Win Htut"
    assert split(text) == [
        "Brokers exposed",
        "Three names stand out:",
        "Harbour Light Group",
        "Stone Gate Trading",
        "Ye Win Htut",
    ]


def test_a_wrapped_text_is_put_together():
    line = "Harbour Light Group has supplied the Navarian navy with radar since"
    text = "\n".join([line, "the spring of 2021, and Stone Gate Trading has paid for most of it"] * 6) + "."
    assert len(split(text)) == 1


def test_quotation_marks_stay_with_their_words():
    assert split("“We sold it,” he said. “We would do it again.”") == [
        "“We sold it,” he said.",
        "We would do it again.",
    ]


def test_burmese_and_chinese_sentences_are_split():
    assert len(split("မြန်မာနိုင်ငံ။ ရန်ကုန်မြို့။")) == 2
    assert len(split("公司被制裁。董事也被制裁。")) == 2


def test_an_endless_sentence_is_cut():
    found = split("word and " * 5000)
    assert all(len(sentence) <= MAX_SENTENCE for sentence in found)
    assert sum(len(sentence.split()) for sentence in found) == 10_000


@given(st.text(alphabet=st.sampled_from('aB .!?\n“”"()’-•1။。\r\t'), max_size=300))
def test_sentences_are_in_order_and_lose_no_letter(text):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert sum(c == "B" for c in kept) == text.count("B")
