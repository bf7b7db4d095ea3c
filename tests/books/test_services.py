import csv
import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from chartcode.books import Books, Shelf, starter
from chartcode.books.cpt import looks_like_cpt
from chartcode.books.hcpcs import Dose, dose_in, looks_like_hcpcs

_CONDITION = re.compile(r"(?:has|top|no):[^\s]+|age(?:<|>=)\d+|sex=[MF]|in:\w+")
_MARK = re.compile(
    r"side|here|add|pc|lid|digit|toe|artery|each|time|lab|vax|drug|sed|therapy|(?:next|then|area|stage)=\d{5}"
)


def test_the_starters_are_as_large_as_promised() -> None:
    assert len(starter.hcpcs()) >= 400
    assert len(starter.cpt()) >= 500


def test_every_row_is_well_formed() -> None:
    for row in starter.rows():
        assert looks_like_cpt(row.code) or looks_like_hcpcs(row.code), row.code
        assert row.title, row.code
        assert all(_CONDITION.fullmatch(c) for c in row.conditions), row.code
        assert all(_MARK.fullmatch(m) for m in row.marks), row.code


def test_a_choice_is_of_single_words_or_pairs() -> None:
    for row in starter.rows():
        asked = [c.partition(":")[2] for c in row.conditions] + [t.lstrip("-") for p in row.phrases for t in p.split()]
        for term in (term for choice in asked for term in choice.split("/")):
            assert term.count("-") < 2, (row.code, term)
            assert "*" not in term[:-1], (row.code, term)


def test_add_on_codes_that_marks_name_are_in_the_starter() -> None:
    named = {m.partition("=")[2] for row in starter.rows() for m in row.marks if "=" in m}
    assert named <= set(starter.cpt())


def test_bundles_name_numbers_apart() -> None:
    for code, parts in starter.bundles().items():
        assert code not in parts
        assert all(looks_like_cpt(part) for part in parts)


def test_every_starter_number_is_in_the_official_lists(shared: Path) -> None:
    sets = shared / "codesets"
    with (sets / "pfs" / "pprrvu_2024Jul_indicators_nodesc.csv").open(encoding="utf-8") as file:
        schedule = {row["hcpcs_code"] for row in csv.DictReader(file)}
    with (sets / "hcpcs" / "opps_addendum_b_2026-04_nodesc.csv").open(encoding="utf-8") as file:
        schedule |= {row["hcpcs"] for row in csv.DictReader(file) if row["status_indicator"] != "D"}  # newer numbers
    with (sets / "hcpcs" / "2025Q4" / "hcpcs_2025_OCT_ANWEB_long.csv").open(encoding="utf-8") as file:
        october = {row["Code"].strip() for row in csv.DictReader(file)}
    with gzip.open(sets / "hcpcs" / "2026Q3" / "hcpcs_level2_2026q3_codes.txt.gz", "rt") as file:
        july = set(file.read().split())
    assert set(starter.cpt()) <= schedule
    assert set(starter.hcpcs()) <= october
    assert set(starter.hcpcs()) <= july


def test_a_starter_serves_any_day_and_says_what_it_is(desk: Shelf) -> None:
    for day in (date(2022, 1, 1), date(2026, 5, 1)):
        books = desk.at(day)
        assert books.cpt.valid("47562")
        assert books.cpt.starter
        assert books.cpt.version == "starter"
        assert books.hcpcs.valid("J1885")
        assert not books.cpt.valid("00001")
        assert books.cpt.title("00001") == ""


def test_the_cpt_starter_can_be_turned_off(desk: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCODE_CPT_STARTER", "off")
    books = Books(date(2026, 5, 1), desk)
    assert not books.cpt.installed
    assert not books.cpt.valid("47562")
    assert books.cpt.version == ""
    assert list(books.cpt.entries()) == []
    assert books.hcpcs.valid("J1885")


def test_dose_of_a_unit(books: Books) -> None:
    assert books.hcpcs.dose("J1885") == Dose(15.0, "mg")
    assert books.hcpcs.dose("E0114") is None
    assert dose_in("Injection, penicillin g benzathine, 100,000 units") == Dose(100_000.0, "unit")
    assert dose_in("Infusion, normal saline solution, 1000 cc") == Dose(1000.0, "ml")


def test_units_of_a_dose() -> None:
    assert Dose(250, "mg").units(Dose.of("1", "gram") or Dose(0, "")) == 4
    assert Dose(10, "mg").units(Dose(25, "mg")) == 3
    assert Dose(1, "mg").units(Dose(1, "ml")) is None


def test_every_drug_of_the_starter_with_a_dose_is_read(books: Books) -> None:
    unread = [
        code
        for code, title in books.hcpcs.entries()
        if code[0] == "J" and re.search(r"\d+ ?(?:mg|mcg|g|ml|units?|meq)\b", title) and books.hcpcs.dose(code) is None
    ]
    assert unread == []
