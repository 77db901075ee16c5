"""From text as people write it to lower-case letters of the Latin alphabet, word by word.

What must make no difference is taken away here: case, spacing, Unicode normal form, accents, punctuation, invisible
characters, text direction marks. Alphabets that can be read letter by letter (Cyrillic, Greek, Armenian, Georgian,
accented Latin) are written in Latin letters here; the others in :mod:`finemesh.matching.scripts`.
"""

from __future__ import annotations

import unicodedata

MAX_TEXT = 20_000
"""Characters of a name that are looked at; the longest names of official lists have about 300."""

_APOSTROPHES = "'’ʼ‘`´ʻʿʾʹʽ′ˈ׳״＇‛"

_LATIN = {
    "š": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ź": "z", "ż": "zh", "ś": "s", "ş": "sh", "ș": "sh", "ç": "c",
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ţ": "ts",
    "ț": "ts", "ĵ": "j", "ħ": "h", "ŋ": "ng", "ə": "a", "ɵ": "o", "ŝ": "sh", "ĉ": "ch", "ĝ": "j", "ǧ": "j",
    "ŭ": "u", "ḫ": "kh", "ḥ": "h", "ġ": "gh", "ĸ": "k", "ſ": "s", "ƒ": "f", "ɓ": "b", "ɗ": "d",
    "ƙ": "k", "ơ": "o", "ư": "u", "ǆ": "dzh", "ɛ": "e", "ɔ": "o", "ƴ": "y", "ŧ": "t", "ŀ": "l",
}  # fmt: skip

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "y", "љ": "ly", "њ": "ny", "ћ": "ch",
    "ђ": "dj", "џ": "dzh", "ѓ": "gy", "ќ": "ky", "ѕ": "dz", "ѐ": "e", "ѝ": "i", "ә": "a", "ғ": "g", "қ": "k",
    "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҝ": "g", "ҹ": "j",
    "җ": "j", "ӑ": "a", "ӗ": "e", "ҫ": "s", "ӱ": "u", "ӧ": "o", "ӓ": "a", "ӝ": "zh", "ӟ": "z", "ӥ": "i", "ӵ": "ch",
    "ѣ": "e", "ѳ": "f", "ѵ": "i", "ӏ": "",
}  # fmt: skip

_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip

_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
_ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f yev".split(),
        strict=True,
    )
)

_LETTERS: dict[str, str] = {**_LATIN, **_CYRILLIC, **_GREEK, **_GEORGIAN, **_ARMENIAN}

# Marks that only decorate a letter: accents, Hebrew points, Arabic vowel signs. The vowel signs of Indic, Thai and
# Burmese scripts are letters in their own right and stay.
_DECORATION = ((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
               (0x0670, 0x0670), (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
               (0xFE00, 0xFE0F), (0xFE20, 0xFE2F))  # fmt: skip


class _Letters(dict[int, str]):
    """What becomes of each character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _fold_character(chr(code))
        return value


def _fold_character(char: str) -> str:
    if char in _APOSTROPHES or char == "ـ":
        return ""
    if char in _LETTERS:
        return _LETTERS[char]
    code, category = ord(char), unicodedata.category(char)
    if any(low <= code <= high for low, high in _DECORATION) or category in ("Cf", "Sk", "Lm"):
        return "ー" if char == "ー" else ""
    if category[0] == "N":
        digit = unicodedata.digit(char, None)
        return char if digit is None else str(digit)
    if category[0] not in "LM":
        return " "
    if char.isascii():
        return char
    base = unicodedata.normalize("NFD", char)
    if (base[0] != char and "LATIN" in unicodedata.name(char, "")) or base[0] in _LETTERS:
        return "".join(_fold_character(c) for c in base)
    return char


_FOLD = _Letters()
_ASCII = bytes(code if chr(code).isalnum() else ord(" ") for code in bytes(range(256)).lower())


def fold(text: str) -> str:
    """A name in lower case and, where its alphabet allows, in Latin letters; words are parted by spaces.

    Arabic, Hebrew, Indic, Burmese, Thai and East Asian words stay in their script.

    Example:
        >>> fold("AL-'UBAYSĪ,  Musʿid"), fold("Путин"), fold("Αλέξανδρος")
        ('al ubaysi  musid', 'putin', 'alexandros')
    """
    text = text[:MAX_TEXT]
    if text.isascii():
        return text.encode("ascii").translate(_ASCII, b"'`").decode("ascii")
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return text.translate(_FOLD)
