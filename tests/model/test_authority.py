import pytest

from finemesh.model.authority import AUTHORITIES, authority_of_country, find_authority, parse_authorities
from finemesh.model.dataset import DATASETS
from finemesh.model.errors import UserError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the European Union", "EU"),
        ("Canadian", "CA"),
        ("U.S.", "US"),
        ("UK’s", "UK"),
        ("Republic of Korea", "KR"),
        ("the UN Security Council", "UN"),
        ("international community", None),
        ("ASEAN", None),
    ],
)
def test_authorities_by_their_words(text, code):
    assert find_authority(text) == code


def test_no_word_means_two_authorities():
    words = [alias for a in AUTHORITIES.values() for alias in a.aliases]
    assert len(words) == len(set(words))


def test_every_dataset_speaks_for_a_known_authority():
    assert {d.authority for d in DATASETS.values()} <= set(AUTHORITIES)
    assert all(d.url.startswith("https://") for d in DATASETS.values())


def test_the_option_takes_codes_and_names():
    assert parse_authorities("us, European Union,US") == ("US", "EU")
    with pytest.raises(UserError, match="unknown authority: 'XX'"):
        parse_authorities("US,XX")
    assert authority_of_country("GB") == "UK"
