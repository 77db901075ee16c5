from datetime import date

import pytest
from tests.sources.test_fetch import LIST, Publisher

from finemesh.case import Case
from finemesh.model.errors import UserError
from finemesh.sources import fetch as fetching


def test_a_fetched_list_is_in_the_case_with_the_day_of_fetching(tmp_path, monkeypatch):
    publisher = Publisher()
    monkeypatch.setitem(fetching.REMOTES, "us_ofac_sdn", publisher.remote)
    case = Case.init(tmp_path / "case")
    day = date(2026, 1, 2)
    source = case.fetch("us_ofac_sdn", today=day)
    assert (source.dataset, source.snapshot, source.size) == ("us_ofac_sdn", "2026-01-02", len(LIST))
    assert case.fetch("us_ofac_sdn", today=date(2026, 1, 3)) is None
    case.build(jobs=1)
    assert case.coverage(["Tay Za"], as_of="2026-01-02")[0].cells["US"].state.in_force
    assert publisher.asked[1]["if-none-match"] == '"v1"'


def test_a_list_without_an_address_is_told(tmp_path):
    case = Case.init(tmp_path / "case")
    with pytest.raises(UserError, match="downloaded by hand"):
        case.fetch("jp_meti")
    assert "un_sc" in case.fetchable()
