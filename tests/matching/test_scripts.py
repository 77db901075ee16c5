"""Words of other scripts in Latin letters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from icu import Transliterator

from finemesh.matching.scripts import latin_words

_READ = Transliterator.createInstance("Han-Latin/Names; Latin-ASCII; Lower")
_SIMPLIFY = Transliterator.createInstance("Traditional-Simplified")
COMMON = "王李张刘陈楊趙黃周吳習近平國華中東銀行公司集團石油"


@given(st.sampled_from(COMMON))
def test_the_table_of_chinese_characters_says_what_icu_says(sign):
    (word,) = latin_words(sign)
    assert word.text == re.sub("[^a-z]", "", _READ.transliterate(sign))
    assert word.sign == _SIMPLIFY.transliterate(sign)


def test_traditional_and_simplified_characters_are_one():
    assert latin_words("習國") == latin_words("习国")


def test_a_rare_character_is_read_by_icu():
    assert [w.text for w in latin_words("\U00020000王")] == [*_READ.transliterate("\U00020000").split(), "wang"]


def test_a_character_without_a_reading_gives_nothing():
    assert latin_words("\u4dbe") == ()
