import pytest

from finemesh.sources.probe import Probe


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("lists/us_ofac_sdn/2021-07-15/sdn.csv", "2021-07-15"),
        ("2026-08-02_side_files/alt.csv", "2026-08-02"),
        ("eu_journal/2026-08/consolidated/32020R1998.csv", "2026-08"),
        ("un_sc/2020/consolidated.xml", "2020"),
        ("lists/sdn20240503.csv", "2024-05-03"),
        ("2023-01-01/list_2024-02-30.csv", "2023-01-01"),
        ("2023-01-01/list 2024.02.03 (2).csv", "2024-02-03"),
        ("case 12345678/list.csv", ""),
        ("lists/sdn.csv", ""),
    ],
)
def test_the_date_nearest_to_the_file_counts(tmp_path, path, date):
    file = tmp_path / "x"
    file.write_text("")
    assert Probe(file, path.rsplit("/", 1)[-1], path).date_in_path() == date
