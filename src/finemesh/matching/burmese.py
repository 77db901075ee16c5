"""Burmese: Zawgyi and Unicode, syllables in Latin letters, and which spellings are one syllable.

Burmese names have no family name and are short words of one syllable each; one other syllable makes another person.
There is no official romanisation: "Tun" and "Htun", "Swar" and "Swa", "Myint" and "Myin" are one syllable each, while
"Shwe" and "Swe" or "Win" and "Yin" are two. A spelling therefore becomes a *class* (onset and rhyme), and classes are
compared for equality, not by letters.

Zawgyi is an older encoding that uses the code points of Unicode's Burmese in another way. Text in it is recognised by
sequences that Unicode Burmese never has, and rewritten.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FIRST, _LAST = 0x1000, 0x109F


def is_burmese_script(word: str) -> bool:
    """Whether a word is written in Burmese letters (Unicode or Zawgyi)."""
    return any(_FIRST <= ord(c) <= _LAST for c in word)


# --- Zawgyi ----------------------------------------------------------------------------------------------------------

_MEDIALS = "\u103b-\u103e"
# In Unicode the vowel E (1031) never opens a word, never follows a vowel and stands after the medials; in Zawgyi it
# stands before its consonant. The code points 1060-1097 are Zawgyi's own stacked letters, and 103A before a medial or
# vowel, 1039 (asat) at the end of a syllable and 107E-1084 (medial ra) exist in Zawgyi only.
_ZAWGYI = re.compile(
    "(?:^|[^\u1000-\u109f])\u1031|[\u1060-\u1097]|\u1039(?![\u1000-\u1021])|\u103a[\u102b-\u1032\u1036\u103b-\u103e]"
    "|[\u102b-\u1030\u1032\u1036-\u1038]\u1031|[\u1000-\u1021]\u1037?\u1031[\u103b-\u103e]?\u103a(?=[\u102b\u102c])"
    "|\u1004\u1039|\u103b[\u1000-\u1021]"
)
_STACKED = {
    "\u1060": "\u1039\u1000", "\u1061": "\u1039\u1001", "\u1062": "\u1039\u1002", "\u1063": "\u1039\u1003",
    "\u1065": "\u1039\u1005", "\u1066": "\u1039\u1006", "\u1067": "\u1039\u1006", "\u1068": "\u1039\u1007",
    "\u1069": "\u1039\u1008", "\u106a": "\u1009", "\u106b": "\u100a", "\u106c": "\u1039\u100b", "\u106d":
    "\u1039\u100c",
    "\u1070": "\u1039\u100f", "\u1071": "\u1039\u1010", "\u1072": "\u1039\u1010", "\u1073": "\u1039\u1011",
    "\u1074": "\u1039\u1011", "\u1075": "\u1039\u1012", "\u1076": "\u1039\u1013", "\u1077": "\u1039\u1014",
    "\u1078": "\u1039\u1015", "\u1079": "\u1039\u1016", "\u107a": "\u1039\u1017", "\u107b": "\u1039\u1018",
    "\u107c": "\u1039\u1019", "\u1085": "\u1039\u101c", "\u1093": "\u1039\u1018", "\u1096": "\u1039\u1010\u103d",
}  # fmt: skip
_LIKE = {
    "\u1033": "\u102f", "\u1034": "\u1030", "\u105a": "\u102b\u103a", "\u1086": "\u103f", "\u1087": "\u103e",
    "\u1088": "\u103e\u102f", "\u1089": "\u103e\u1030", "\u108a": "\u103d\u103e", "\u108e": "\u102d\u1036",
    "\u108f": "\u1014", "\u1090": "\u101b", "\u1094": "\u1037", "\u1095": "\u1037",
}  # fmt: skip
_RA = "\u103b\u107e\u107f\u1080\u1081\u1082\u1083\u1084"
_KINZI = {"\u1064": "", "\u108b": "\u102d", "\u108c": "\u102e", "\u108d": "\u1036"}


def is_zawgyi(text: str) -> bool:
    """Whether a text is in Zawgyi, judged by sequences that do not occur in Unicode Burmese."""
    return bool(_ZAWGYI.search(text))


def from_zawgyi(text: str) -> str:
    """Rewrite Zawgyi as Unicode Burmese (stacked letters, medials and the vowel E come after their consonant)."""
    out: list[str] = []
    for char in text:
        if char in _STACKED:
            out.append(_STACKED[char])
        elif char in _LIKE:
            out.append(_LIKE[char])
        elif char in _KINZI:
            out.append("\ue004" + _KINZI[char])
        elif char in _RA:
            out.append("\ue000")  # medial ra, still before its consonant
        elif char == "\u1031":
            out.append("\ue001")  # vowel E, still before its consonant
        elif char == "\u1039":
            out.append("\u103a")
        elif char in "\u103a\u107d":
            out.append("\u103b")
        elif char == "\u103c":
            out.append("\u103d")
        elif char == "\u103d":
            out.append("\u103e")
        else:
            out.append(char)
    moved = "".join(out)
    # Stacked letters were written with 1039, which the loop above keeps apart from the asat by table.
    moved = re.sub("(\ue001?)(\ue000?)([\u1000-\u1021\u103f])(\ue004)", "\ue004\\1\\2\\3", moved)
    moved = re.sub(
        f"(\ue001?)(\ue000?)([\u1000-\u1021\u103f])((?:\u1039[\u1000-\u1021])?)([{_MEDIALS}]*)", _reorder, moved
    )
    moved = moved.replace("\ue004", "\u1004\u103a\u1039")
    moved = moved.replace("\ue000", "\u103c").replace("\ue001", "\u1031")
    return re.sub("([\u102f\u1030])([\u102d\u102e\u1032])", "\\2\\1", moved)


def _reorder(match: re.Match[str]) -> str:
    vowel, ra, base, stack, medials = match.groups()
    joined = "".join(sorted(medials + ("\u103c" if ra else "")))
    return base + stack + joined + ("\u1031" if vowel else "")


# --- Syllables in Latin letters ---------------------------------------------------------------------------------------

_ONSETS = dict(
    zip(
        "ကခဂဃငစဆဇဈဉညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ",
        "k kh g g ng s s z z ny ny t ht d d n t ht d d n p hp b b m y y l w th h l .".split(),
        strict=True,
    )
)
_INDEPENDENT = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "e", "ဩ": "aw", "ဪ": "aw", "ဿ": "tha"}
_SYLLABLE = re.compile(
    "(?P<base>[\u1000-\u1021\u1023-\u102a\u103f])(?P<medials>[\u103b-\u103e]*)(?P<vowels>[\u102b-\u1032\u1036-\u1038]*)"
    "(?P<final>(?:[\u1000-\u1021]\u1037?\u103a\u1037?\u1038?(?:\u1039[\u1000-\u1021])?)?)(?P<asat>\u103a?)(?P<tail>[\u1036-\u1038]*)"
    "(?P<stack>(?:\u1039(?=[\u1000-\u1021]))?)"
)
_RHYMES = {
    ("", "င"): "in", ("", "ဉ"): "in", ("ော", "င"): "aung", ("ို", "င"): "aing", ("", "န"): "an", ("", "မ"): "an",
    ("", "ဏ"): "an", ("ိ", "န"): "ein", ("ိ", "မ"): "ein", ("ု", "န"): "on", ("ု", "မ"): "on", ("ွ", "န"): "un",
    ("ွ", "မ"): "un", ("", "က"): "et", ("ော", "က"): "auk", ("ို", "က"): "aik", ("", "တ"): "at", ("", "ပ"): "at",
    ("ွ", "တ"): "ut", ("ွ", "ပ"): "ut", ("ိ", "တ"): "eik", ("ိ", "ပ"): "eik", ("ု", "တ"): "ok", ("ု", "ပ"): "ok",
    ("", "စ"): "it", ("", "ည"): "i", ("", "ယ"): "e", ("", "သ"): "at", ("", "ရ"): "a", ("ိ", "ယ"): "i", ("", "လ"): "a",
    ("ု", "ရ"): "u", ("ို", "ရ"): "o", ("ို", "လ"): "o", ("ိ", "ဓ"): "eik", ("ု", "ဏ"): "on", ("ု", "ဒ"): "ok",
    ("", "ဂ"): "et", ("ာ", "ယ"): "a", ("ာ", "ဉ"): "an", ("ာ", "ဏ"): "an", ("ာ", "န"): "an", ("ု", "က"): "ok",
}  # fmt: skip
_VOWELS = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e", "ော": "aw", "ေါ": "aw",
    "ို": "o", "ံ": "an", "ုံ": "on", "ိံ": "ein", "ွံ": "un",
}  # fmt: skip


def romanise_burmese(word: str) -> tuple[str, ...]:
    """A word or name in Burmese letters as syllables in common Latin spelling (``မင်းအောင်လှိုင်``: min, aung, hlaing)."""
    if is_zawgyi(word):
        word = from_zawgyi(word)
    return tuple(_syllable(match) for match in _SYLLABLE.finditer(word))


def _syllable(match: re.Match[str]) -> str:
    base, medials, marks = match["base"], match["medials"], match["vowels"] + match["tail"]
    vowels = re.sub("[\u1037\u1038]", "", marks).replace("ါ", "ာ")
    final = match["final"][:1]
    if match["stack"] and not final and not match["asat"]:
        vowels = vowels or "်"  # a short vowel before a stacked letter
    if match["asat"] and vowels == "ော" and not final:
        final = ""
    onset = _onset(base, medials)
    if base in _INDEPENDENT:
        return _INDEPENDENT[base]
    wa = "ွ" if "\u103d" in medials else ""
    if final:
        if (vowels or wa, final) in _RHYMES:
            rhyme = _RHYMES[vowels or wa, final]
            onset = onset.removesuffix("w") if not vowels and wa and rhyme in ("un", "ut") else onset
        else:
            rhyme = _RHYMES.get((vowels, final), _VOWELS.get(vowels, "a"))
        return onset + rhyme
    if wa and vowels == "ံ":
        return onset.removesuffix("w") + "un"
    return onset + _VOWELS.get(vowels, "a")


def _onset(base: str, medials: str) -> str:
    onset = _ONSETS.get(base, "").replace(".", "")
    y = "\u103b" in medials or "\u103c" in medials
    if "\u103e" in medials:  # ha: the breathed letter
        onset = "sh" if onset == "y" or (onset == "l" and y) else "h" + onset
        y = y and onset != "sh"
    if y:
        onset = onset.replace("hp", "ph").replace("kh", "ky") + "y"
        onset = onset.replace("yy", "y")
    if "\u103d" in medials:
        onset += "w"
    return onset


# --- Spellings in Latin letters, by class -----------------------------------------------------------------------------

_SPELLED = re.compile(
    "(hng|hny|hky|khy|hmy|hly|hpy|phy|hk|kh|ky|gy|ngw|ng|nyw|ny|hs|sh|hn|hm|hl|ht|th|hp|ph|py|by|my|hw|hy|ch|ts|"
    "[kgcszjtdnpfbvmylrwhq]?)(w?)([aeiou].*)$"
)
_ONSET_CLASS = {
    "hng": "ng", "hny": "ny", "hky": "ky", "khy": "ky", "hmy": "my", "hly": "ly", "hpy": "py", "phy": "py", "hk": "kh",
    "hs": "s", "ts": "s", "hn": "n", "hm": "m", "hl": "l", "ht": "t", "hp": "p", "ph": "p", "f": "p", "gy": "ky",
    "ch": "ky", "j": "ky", "by": "py", "hw": "w", "hy": "y", "c": "k", "q": "k", "v": "w", "r": "y", "nyw": "nyw",
}  # fmt: skip
_RHYME_CLASS = {
    "a": "a", "ar": "a", "ah": "a", "aa": "a", "arr": "a",
    "i": "i", "ee": "i", "yi": "i", "ii": "i", "yee": "i", "ie": "i", "iy": "i", "ih": "i",
    "u": "u", "oo": "u", "ou": "u", "uu": "u", "uh": "u",
    "e": "e", "ay": "e", "ei": "e", "eh": "e", "ae": "e", "ey": "e", "ai": "e", "aye": "e", "ee'": "e", "eah": "e",
    "o": "o", "oe": "o", "oh": "o", "ow": "o",
    "aw": "aw", "or": "aw", "au": "aw", "awe": "aw", "aww": "aw", "ore": "aw",
    "in": "in", "inn": "in", "int": "in", "een": "in", "inh": "in", "ynn": "in", "eint": "ein",
    "an": "an", "ann": "an", "ant": "an", "ahn": "an", "arn": "an",
    "ein": "ein", "eim": "ein", "ane": "ein", "aint": "ein", "eing": "ein",
    "on": "on", "one": "on", "ohn": "on", "ont": "on", "onn": "on", "own": "on", "onne": "on", "om": "on",
    "un": "un", "unt": "un", "unn": "un", "oon": "un", "um": "un",
    "aung": "aung", "oung": "aung", "ong": "aung", "awng": "aung", "aungg": "aung", "aun": "aung", "g": "aung",
    "aing": "aing", "ine": "aing", "aine": "aing", "aigh": "aing", "ain": "aing", "aink": "aing", "iang": "aing",
    "et": "et", "ett": "et", "ek": "et", "eck": "et", "ed": "et", "at": "at", "att": "at", "ap": "at", "ak": "at",
    "it": "it", "itt": "it", "ik": "it", "ic": "it", "id": "it", "ich": "it",
    "ut": "ut", "utt": "ut", "oot": "ut", "uk": "ut", "out": "ut", "wut": "ut",
    "ok": "ok", "oke": "ok", "ote": "ok", "oat": "ok", "ouk": "auk", "op": "ok", "ot": "ok", "oak": "ok",
    "auk": "auk", "auck": "auk", "awk": "auk", "aut": "auk",
    "aik": "aik", "ike": "aik", "ite": "aik", "aike": "aik", "ight": "aik",
    "eik": "eik", "ate": "eik", "eit": "eik", "ake": "eik", "ait": "eik", "eikt": "eik",
}  # fmt: skip
_ALSO = {"ain": "ein", "ine": "in", "one": "on", "oun": "on", "un": "un", "ei": "ein", "ai": "aing"}
_WHOLE = {"mg": ("maung",), "u": ("u",), "oo": ("u",), "wunna": ("wun", "na"), "wanna": ("wun", "na")}


@lru_cache(maxsize=65536)
def syllable_class(spelling: str) -> str:
    """The class of a syllable in Latin letters, or an empty text where it cannot be a Burmese syllable.

    Example:
        >>> syllable_class("Htun".lower()) == syllable_class("tun"), syllable_class("shwe") == syllable_class("swe")
        (True, False)
    """
    if spelling == "mg":
        return "m.aung"
    match = _SPELLED.match(spelling)
    if not match:
        return ""
    onset, wa, rhyme = match.groups()
    onset = _ONSET_CLASS.get(onset, onset)
    if onset.endswith("y") and len(onset) > 1 and rhyme in ("i", "ee", "in", "int"):
        rhyme = rhyme.lstrip("y")
    found = _RHYME_CLASS.get(rhyme)
    if found is None:
        return ""
    if wa and found in ("un", "ut", "an") and rhyme[0] in "uo":
        wa = ""
    if onset == "w" and found == "un":  # written "wan", spoken "wun"
        found = "an"
    return f"{onset}{wa}.{found}"


@lru_cache(maxsize=65536)
def split_syllables(word: str, known: frozenset[str], onsets: bool = True) -> tuple[str, ...]:
    """The syllables of a word in Latin letters, empty where it is not made of Burmese ones.

    Args:
        word: One or several syllables without a space ("hlaing", "teza", "minaunghlaing").
        known: Common syllables; a word of several is only split into these.
        onsets: Whether a consonant between vowels opens the second syllable ("thi-dar", not "thid-ar").
    """
    if syllable_class(word):
        return (word,)
    usual = known if onsets else None
    whole = word in known  # a common name of several syllables may have rare ones
    best: dict[int, tuple[str, ...]] = {0: ()}
    size = min(len(word), 40)
    for start in range(size):
        if start not in best:
            continue
        for end in range(start + 2, min(start + 7, size) + 1):
            piece = word[start:end]
            if (whole or piece in known) and syllable_class(piece):
                pieces = (*best[start], piece)
                if end not in best or _rank(pieces, usual) < _rank(best[end], usual):
                    best[end] = pieces
    return best.get(len(word), ())


def _rank(pieces: tuple[str, ...], known: frozenset[str] | None) -> tuple[int, int, list[int]]:
    """Fewer pieces first, then those that begin with a consonant or are common, then longer ones at the front."""
    odd = 0 if known is None else sum(p[0] in "aeiou" and p not in known for p in pieces[1:])
    return len(pieces), odd, [-len(p) for p in pieces]
