"""The tables of names."""

from __future__ import annotations

import collections

from finemesh.matching.knowledge import NEWEST, data_lines, latin, lexicon


def test_a_table_grows_by_editions():
    for name in ("org_words.tsv", "legal_forms.tsv", "honorifics.txt", "numbers.tsv"):
        old, new = list(data_lines(name, 1)), list(data_lines(name, 2))
        assert len(old) < len(new)
        assert new[: len(old)] == old


def test_the_first_edition_knows_neither_countries_nor_common_names():
    assert not lexicon(1).places
    assert not lexicon(1).known_names
    assert lexicon(NEWEST).places["chile"] == "cl"


def test_a_known_name_stands_in_one_line_only():
    lines = collections.Counter(form for line in data_lines("known_names.tsv") for form in line.split())
    assert [form for form, count in lines.items() if count > 1] == []


def test_spellings_of_a_known_name_share_a_key_and_two_names_do_not():
    known = lexicon().known_names
    assert known["mohamed"] == known["muhammad"] != known["ahmed"]
    assert known["castro"] != known["castillo"]
    assert known["alexander"] == lexicon().given_names["oleksandr"]


def test_every_country_has_a_code_and_a_name():
    for line in data_lines("places.tsv"):
        code, *forms = line.split()
        assert len(code) == 2
        assert forms
        assert all(latin(form) == (form,) for form in forms)


def test_an_ending_is_no_second_word():
    words = lexicon().org_words
    assert words.meaning("mashinostroitelnyy") == words.meaning("mashinostroenie") != ""
    assert words.meaning("kontsernsirius") == ""
    assert lexicon(1).org_words.meaning("kontsernsirius") != ""
