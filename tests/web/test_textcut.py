"""Cutting a text for marking loses no character, whatever overlaps."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.web.shown.textcut import Span, paragraphs, part_at, parts, pieces, touching

TEXTS = st.text(alphabet=st.sampled_from("ab \n\tü中"), max_size=120)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    size = len(text)
    ends = st.tuples(st.integers(0, size), st.integers(0, size), st.sampled_from(["mention", "claim", "hit"]))
    found = draw(st.lists(ends, max_size=8))
    return text, [Span(min(a, b), max(a, b), kind, n) for n, (a, b, kind) in enumerate(found)]


@given(marked_texts())
def test_pieces_are_the_text_and_bear_what_covers_them(marked):
    text, spans = marked
    found = pieces(text, 0, len(text), spans)
    assert "".join(p.text for p in found) == text
    for piece in found:
        for at in range(piece.start, piece.start + len(piece.text)):
            over = [s for s in spans if s.start <= at < s.end]
            assert set(piece.mentions) == {s.key for s in over if s.kind == "mention"}
            assert set(piece.claims) == {s.key for s in over if s.kind == "claim"}
            assert piece.hit == any(s.kind == "hit" for s in over)


@given(TEXTS, st.integers(4, 40))
@settings(max_examples=200)
def test_parts_and_paragraphs_keep_every_word(text, size):
    cuts = parts(text, size)
    assert "".join(text[a:b] for a, b in cuts) == text
    for number, (a, b) in enumerate(cuts):
        for at in range(a, b):
            assert part_at(cuts, at) == number
        blocks = paragraphs(text, a, b)
        kept = "".join(text[x:y] for x, y in blocks)
        assert "".join(kept.split()) == "".join(text[a:b].split())
        assert all(x < y and not text[x].isspace() and not text[y - 1].isspace() for x, y in blocks)


@given(marked_texts())
def test_touching_finds_what_a_paragraph_needs(marked):
    text, spans = marked
    blocks = paragraphs(text, 0, len(text))
    found = touching(sorted(spans, key=lambda s: s.start), blocks)
    for (a, b), own in zip(blocks, found, strict=True):
        assert {s.key for s in own} >= {s.key for s in spans if s.start < b and s.end > a and s.start < s.end}


def test_the_longest_mention_leads():
    found = pieces("Htoo Group of Companies", 0, 23, [Span(0, 4, "mention", 0), Span(0, 23, "mention", 1)])
    assert found[0].mentions == (1, 0) and found[1].mentions == (1,)


def test_wrapped_lines_are_one_paragraph_and_long_lines_are_each():
    wrapped = "a short line\nand its end\n\nanother paragraph\nwith an end\n\na third\n"
    assert [wrapped[a:b].count("\n") for a, b in paragraphs(wrapped, 0, len(wrapped))] == [1, 1, 0]
    long = "\n".join(["word " * 60] * 4)
    assert len(paragraphs(long, 0, len(long))) == 4


def test_a_text_without_a_line_break_is_still_cut():
    cuts = parts("x" * 1000, 100)
    assert len(cuts) == 10 and cuts[-1][1] == 1000
