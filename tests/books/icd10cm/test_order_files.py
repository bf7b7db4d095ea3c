"""The official order files know every code and title of a year; ours must say the same."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest

from chartcode.model.code import dotted

BILLABLE = {2022: 72_750, 2023: 73_674, 2024: 74_044, 2025: 74_260, 2026: 74_719}

HELD_ON = {
    2022: date(2022, 4, 1),
    2023: date(2023, 4, 1),
    2024: date(2024, 4, 1),
    2025: date(2024, 10, 1),
    2026: date(2025, 10, 1),
}
"""A day on which the order file at hand holds; those of FY2022 and FY2023 are of the April update."""


def order_file(shared, year: int) -> Iterator[tuple[str, bool, str]]:
    path = shared / "codesets" / "icd10cm" / str(year) / f"cms_{year}_dx.zip"
    if not path.is_file():
        pytest.skip(f"the official order file of FY{year} is not at hand")
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(f"order_{year}.txt"))
        for line in archive.read(name).decode("ascii").splitlines():
            yield dotted(line[6:13].strip()), line[14] == "1", line[77:].strip()


def ascii_only(title: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))


@pytest.mark.parametrize("year", BILLABLE)
def test_the_reportable_codes_of_a_year_are_those_of_its_order_file(shelf, shared, year):
    official = {code for code, billable, _ in order_file(shared, year) if billable}
    assert len(official) == BILLABLE[year]
    book = shelf.at(HELD_ON[year]).icd10cm
    assert {code for code in official if not book.valid(code)} == set()
    assert set(shelf.icd10cm.validity.codes("", HELD_ON[year])) == official


def test_the_list_has_the_codes_of_its_order_file_and_no_others(book, shared):
    official = {code for code, _, _ in order_file(shared, 2026)}
    chapters = [str(n) for n in range(1, 23)]
    ours = {code for chapter in chapters for code in book._list.descendants(chapter) if "-" not in code}
    assert ours == official
    assert all(book.known(code) for code in official)


def test_titles_are_those_of_the_order_file_but_for_accents(book, shared):
    different = []
    for code, billable, title in order_file(shared, 2026):
        ours = book.title(code)
        if ours != title:
            different.append(code)
        assert ascii_only(ours) == title, code
        assert bool(book.children(code)) != billable, code
    # Sézary, Charcôt, Ménière ...: the list has the accents, the order file is in ASCII.
    assert len(different) == 151
