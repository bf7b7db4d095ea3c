from __future__ import annotations

from datetime import date

from bench.running import CODIESP_DAY, DAY, day_of


def test_a_set_is_coded_by_the_books_of_its_key():
    assert day_of("codiesp", None) == CODIESP_DAY
    assert day_of("gold", None) == DAY
    assert day_of("codiesp", date(2026, 5, 1)) == date(2026, 5, 1)


def test_the_key_of_codiesp_fits_its_day(desk):
    then, now = desk.at(CODIESP_DAY).icd10cm, desk.at(DAY).icd10cm
    assert all(then.valid(code) and not now.valid(code) for code in ("R51", "R05", "M54.5", "E87.2"))
