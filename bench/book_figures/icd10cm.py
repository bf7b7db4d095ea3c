"""ICD-10-CM, embedded and installed, against every line of the publisher's order files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.book_figures import Figure
from bench.sets.files import Missing
from chartcode.books import Shelf, install
from chartcode.books.build import tabular_nodes
from chartcode.books.build.icd10cm import Line, read
from chartcode.books.files import Files, Wish
from chartcode.model.code import dotted

HELD_ON = {
    2017: date(2016, 10, 1),
    2022: date(2022, 4, 1),
    2023: date(2023, 4, 1),
    2024: date(2024, 4, 1),
    2025: date(2024, 10, 1),
    2026: date(2025, 10, 1),
}
"""A day on which the order file at hand holds; those of FY2022 to FY2024 are of the April update."""

COUNTS = {2022: 72_750, 2023: 73_674, 2024: 74_044, 2025: 74_260, 2026: 74_719}
LISTS = {
    "ICD10CM_FY2017_Full_XML.zip": (2017, 2017),
    "icd10cm-tabular-April-2025.xml.gz": (2025, 2025),
    "icd10c-tabular-April-1-2026.xml.gz": (2026, 2026),
}
"""The tabular lists at hand: the folder, and the year whose order file has the same codes."""

FY2027 = date(2026, 10, 1)


def figures(data: Path, home: Path) -> Iterator[Figure]:
    """Yield validity by year, the counts of FY2027, and the expansion of seventh characters."""
    shelf = Shelf.open(home / "embedded")
    lines = {year: _lines(data, year) for year in HELD_ON}
    for year, day in HELD_ON.items():
        yield _flags(f"FY{year}, embedded: billable flags equal", shelf, day, lines[year], COUNTS.get(year))
    for year, day in HELD_ON.items():
        zip_path = data / "icd10cm" / str(year) / f"cms_{year}_dx.zip"
        install.install(home / "embedded" / "books", "icd10cm", [zip_path], Wish(), lambda *_: None)
        own = Shelf.open(home / "embedded")
        yield _flags(f"FY{year}, installed: billable flags equal", own, day, lines[year], COUNTS.get(year))
        book = own.at(day).icd10cm
        titles = sum(book.title(line.code) == line.long for line in lines[year])
        yield _equal(f"FY{year}, installed: long titles equal", titles, len(lines[year]))
    yield from _next_year(data, shelf)
    for name, (folder, year) in LISTS.items():
        yield _expanded(data / "icd10cm" / str(folder) / name, lines[year])


def _lines(data: Path, year: int) -> list[Line]:
    path = data / "icd10cm" / str(year) / f"cms_{year}_dx.zip"
    if not path.is_file():
        raise Missing(f"{path}: there is no such file")
    files = Files.of(path)
    name = next(n for n in files.matching(r"order.*\.txt$") if "addend" not in n.lower())
    return list(read(files.text(name), name))


def _flags(what: str, shelf: Shelf, day: date, lines: list[Line], count: int | None) -> Figure:
    book = shelf.at(day).icd10cm
    right = sum(book.valid(line.code) == line.billable for line in lines)
    others = set(shelf.icd10cm.validity.codes("", day)) - {line.code for line in lines}
    billable = sum(line.billable for line in lines)
    met = right == len(lines) and not others and count in {None, billable}
    reached = f"{right:,} of {len(lines):,}, {len(others)} codes besides, {billable:,} billable"
    return Figure(what, f"all lines{f', {count:,} billable' if count else ''}", reached, met)


def _equal(what: str, reached: int, asked: int) -> Figure:
    return Figure(what, f"{asked:,}", f"{reached:,}", reached == asked)


def _next_year(data: Path, shelf: Shelf) -> Iterator[Figure]:
    for what, validity, count, master in (
        ("diagnosis", shelf.icd10cm.validity, 74_879, "mce_icd10cm_master.csv"),
        ("procedure", shelf.icd10pcs, 79_256, "mce_icd10pcs_master.csv"),
    ):
        ours = set(validity.codes("", FY2027))
        yield _equal(f"FY2027 {what} codes", len(ours), count)
        path = data / "mce" / "v44_fy2027" / master
        if path.is_file():
            theirs = set(_master(path, what == "diagnosis"))
            yield _equal(f"FY2027 {what} codes that CMS's master has too", len(ours & theirs), len(theirs))


def _master(path: Path, diagnosis: bool) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {name.lower(): value for name, value in row.items() if name}
            code = next(value for name, value in cells.items() if "code" in name)
            first, last = (next(v for n, v in cells.items() if word in n) for word in ("start", "end"))
            if int(first) <= 20261001 <= int(last):
                yield dotted(code) if diagnosis else code


def _expanded(path: Path, lines: list[Line]) -> Figure:
    if not path.is_file():
        raise Missing(f"{path}: there is no such file")
    files = Files.of(path)
    name = files.matching(r"tabular.*\.xml$")[0]
    ours = list(tabular_nodes.reportable(tabular_nodes.nodes_of(tabular_nodes.parse(files.read(name), name))))
    theirs = {line.code for line in lines if line.billable}
    wrong = set(ours) ^ theirs
    return Figure(
        f"{name}: leaves with their seventh characters are the order file's codes",
        f"{len(theirs):,}",
        f"{len(ours):,}, {len(wrong)} differ",
        not wrong and len(ours) == len(theirs),
    )
