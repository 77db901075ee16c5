"""The matrix as text: what was asked for stays visible where the party found has another name."""

from __future__ import annotations

from dataclasses import replace

from finemesh.reports.matrix import matrix_text


def test_a_loose_fit_shows_what_was_asked(small_case):
    (row,) = small_case.coverage(["Tay Za"], as_of="2024-05-03")
    assert "asked" not in matrix_text([row])
    loose = replace(row, query="Tay Zar Oo", match=0.71)
    assert "(asked: Tay Zar Oo, 0.71)" in matrix_text([loose])


def test_nobody_of_that_name_is_said(small_case):
    (row,) = small_case.coverage(["Quite Unheard Of Trading"], as_of="2024-05-03")
    assert "Quite Unheard Of Trading (on no list)" in matrix_text([row])
