"""Which names of documents are linked to listed parties, and which stay their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from finemesh.build.background import Background
from finemesh.build.linking import Link, Linker
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.matching.party import Name, Party
from finemesh.store import tables
from finemesh.store.tables import STATEMENTS


def linker_of(
    folder: Path, parties: list[Party], statements: list[tuple[str, str, str, str]] = (), **clusters
) -> Linker:
    """A linker for parties, with (entity, schema, property, value) of lists."""
    build_index(parties, folder)
    rows = [(n, "eu_journal", e, s, p, v, "", "", "") for n, (e, s, p, v) in enumerate(statements)]
    tables.write_sorted(STATEMENTS, rows, folder / "statements.parquet")
    return Linker(Index.open(folder), Background(folder / "statements.parquet", clusters), clusters)


def person(id: str, name: str) -> Party:
    return Party(id, "Person", name, (Name(name),))


def link_in(linker: Linker, text: str, name: str, kind: str = "person", others: tuple[str, ...] = ()) -> Link:
    """The link of a name in a text that mentions it and others."""
    mentions: list[dict[str, Any]] = [
        {"text": n, "type": kind, "start": text.index(n), "end": text.index(n) + len(n)} for n in (name, *others)
    ]
    document = linker.open("report", "0" * 64, text, {"mentions": mentions, "claims": []})
    return document.link((name, {"person": "Person", "organization": "Organization"}.get(kind)))


@pytest.fixture
def linker(tmp_path) -> Linker:
    names = {
        "vessel": ("Vessel", "Mitzel"),
        "htoo": ("Company", "Htoo Group of Companies"),
        "moge": ("Company", "MOGE"),
    }
    parties = [Party(id, schema, name, (Name(name),)) for id, (schema, name) in names.items()]
    return linker_of(tmp_path, parties, [("moge", "Company", "country", "mm")])


def test_a_name_of_one_word_must_be_the_name(linker):
    assert link_in(linker, "Myanmar owns MOGE.", "MOGE", "organization").party == "moge"
    assert not link_in(linker, "They use Mytel.", "Mytel", "name").score


def test_a_few_letters_need_something_else_that_speaks_for_their_bearer(linker):
    """Many organisations are called by the same three or four letters."""
    assert not link_in(linker, "The state owns MOGE.", "MOGE", "organization").score
    assert not link_in(linker, "Iran owns MOGE.", "MOGE", "organization").score


def test_what_one_list_says_of_a_party_is_known_of_its_entry_in_another(tmp_path):
    parties = [Party("ca-1", "Company", "MPE", (Name("MPE"),)), Party("us-1", "Company", "MPE", (Name("MPE"),))]
    linker = linker_of(
        tmp_path, parties, [("sanction", "Sanction", "entity", "us-1"), ("sanction", "Sanction", "program", "Myanmar (Burma)")],
        **{"ca-1": "us-1", "us-1": "us-1"},
    )  # fmt: skip
    assert link_in(linker, "Pearls of Myanmar are sold by MPE.", "MPE", "organization").score


@pytest.mark.parametrize("name", ["Israel", "Army", "Indonesia"])
def test_a_country_and_an_ordinary_word_mean_nobody_who_is_called_so(tmp_path, name):
    linker = linker_of(tmp_path, [Party("one", "Person", name, (Name(name, "weak"),))])
    assert not link_in(linker, f"Generals met {name} in May.", name, "name").score


def test_a_longer_name_may_be_written_otherwise(linker):
    assert link_in(linker, "It is Htoo Group of Company.", "Htoo Group of Company", "organization").party == "htoo"


def test_a_party_that_no_list_knows_has_an_id_of_its_own(linker):
    claim = {
        "type": "ownership", "args": {"owner": "Htoo Group of Companies", "asset": "Mytel"},
        "quote": "Htoo Group of Companies owns Mytel.",
    }  # fmt: skip
    linked = linker.open("report", "0" * 64, claim["quote"], {"mentions": [], "claims": [claim]}).claim(claim)
    assert linked["owner"] == "htoo"
    assert linked["asset"].startswith("doc-")
    assert (linked["asset"], "Mytel") in linker.unlisted()
    (mytel,) = [link for link in linker.links.values() if link.party == linked["asset"]]
    assert mytel.record == f"{linked['asset']}@report" and mytel.reason == "on no list"


# -- namesakes --------------------------------------------------------------------------------------------

COMMISSIONER, DIRECTOR = "eu-1", "eu-2"
TWO = [person(COMMISSIONER, "Aung Moe Myint"), person(DIRECTOR, "Aung Moe Myint"), person("eu-3", "Hlaing Tun")]
SAID = [
    (COMMISSIONER, "Person", "position", "Member of the Union Election Commission"),
    (COMMISSIONER, "Person", "nationality", "mm"),
    (DIRECTOR, "Person", "notes", "Director of Dynasty International, broker of aircraft parts"),
    (DIRECTOR, "Person", "nationality", "mm"),
    ("tie", "UnknownLink", "subject", DIRECTOR),
    ("tie", "UnknownLink", "object", "eu-3"),
]


def test_the_role_in_the_document_chooses_between_namesakes(tmp_path):
    linker = linker_of(tmp_path, TWO, SAID)
    text = "The election commission met in Naypyidaw. Commission member Aung Moe Myint said that nothing was decided."
    found = link_in(linker, text, "Aung Moe Myint")
    assert found.party == COMMISSIONER and "commission, election" in found.reason
    text = "Brokers of aircraft met. Aung Moe Myint of Dynasty International came by himself."
    assert link_in(linker, text, "Aung Moe Myint").party == DIRECTOR


def test_a_party_that_a_list_ties_to_one_of_them_chooses_too(tmp_path):
    linker = linker_of(tmp_path, TWO, SAID)
    found = link_in(linker, "Aung Moe Myint travelled with Hlaing Tun.", "Aung Moe Myint", others=("Hlaing Tun",))
    assert found.party == DIRECTOR and "eu-3" in found.reason


def test_where_nothing_chooses_a_name_of_two_stays_unlinked(tmp_path):
    linker = linker_of(tmp_path, TWO, SAID)
    found = link_in(linker, "On Monday Aung Moe Myint came to Yangon, in Myanmar.", "Aung Moe Myint")
    assert found.party.startswith("doc-aung-moe-myint") and not found.score
    assert "2 parties fit" in found.reason


def test_two_entities_of_one_party_are_no_rivals(tmp_path):
    linker = linker_of(tmp_path, TWO, SAID, **{COMMISSIONER: "one", DIRECTOR: "one"})
    assert link_in(linker, "Aung Moe Myint came.", "Aung Moe Myint").party in (COMMISSIONER, DIRECTOR)


def test_countries_choose_and_a_document_of_other_countries_means_somebody_else(tmp_path):
    parties = [person("a", "Maria Delgado Rojas"), person("b", "Maria Delgado Rojas"), person("c", "Hlaing Tun Oo")]
    said = [("a", "Person", "country", "ve"), ("b", "Person", "country", "ni"), ("c", "Person", "country", "mm")]
    linker = linker_of(tmp_path, parties, said)
    assert link_in(linker, "In Nicaragua, Maria Delgado Rojas spoke.", "Maria Delgado Rojas").party == "b"
    assert not link_in(linker, "In Peru, Maria Delgado Rojas spoke.", "Maria Delgado Rojas").score
    assert link_in(linker, "The Burmese general Hlaing Tun Oo.", "Hlaing Tun Oo").party == "c"
    assert not link_in(linker, "In Peru, the dentist Hlaing Tun Oo opened a practice.", "Hlaing Tun Oo").score
    assert link_in(linker, "The general Hlaing Tun Oo.", "Hlaing Tun Oo").party == "c"
    assert link_in(linker, "Hlaing Tun Oo is sanctioned by the US.", "Hlaing Tun Oo").party == "c"


def test_a_name_that_fits_only_where_it_stands_means_the_one_party_that_bears_it(tmp_path):
    parties = [Party(i, "Organization", "Unified Avionics", (Name("Unified Avionics Works"),)) for i in ("a", "b", "c")]
    linker = linker_of(tmp_path, parties, a="one", b="one")
    mention = {"type": "organization", "text": "Wunwork", "start": 0, "end": 7}

    def linked(*known: str) -> tuple[str, float]:
        one = {**mention, "known": list(known), "known_score": 0.9}
        return linker.open("d", "0" * 64, "Wunwork", {"mentions": [one], "claims": []}).mention(one)

    assert linked("a") == linked("a", "b") == ("a", 0.9)
    assert linked("a", "c") == linked() == ("", 0.0)


@pytest.mark.parametrize(
    ("listed", "named"),
    [("Meamar SARL", "Justice For Myanmar"), ("Yodan", "Codan Ltd"), ("Exi Bank JSC", "EXIM Bank"), ("Leopard", "Leonardo Corporation")],
)  # fmt: skip
def test_organisations_that_only_sound_alike_are_not_linked(tmp_path, listed, named):
    linker = linker_of(tmp_path, [Party("one", "Company", listed, (Name(listed),))])
    assert not link_in(linker, f"It was told by {named} in Beirut.", named, "organization").score


def test_a_shared_word_of_their_own_lets_a_longer_name_be_linked(tmp_path):
    listed = "Sapphire Trading Company Ltd."
    linker = linker_of(
        tmp_path, [Party("one", "Company", listed, (Name(listed),))], [("one", "Company", "country", "mm")]
    )
    assert link_in(linker, "In Myanmar, Sapphire Trading was paid.", "Sapphire Trading", "organization").score


def test_a_name_that_every_state_may_have_needs_its_country(tmp_path):
    listed = "Ministry of Finance"
    linker = linker_of(
        tmp_path, [Party("one", "PublicBody", listed, (Name(listed),))], [("one", "PublicBody", "country", "ru")]
    )
    assert link_in(linker, "Russia's Ministry of Finance paid.", listed, "organization").score
    assert not link_in(linker, "Myanmar's Ministry of Finance paid.", listed, "organization").score
