"""The tables of ICD-10-PCS: what they expand to, how the embedded default compares, how fast a coder walks them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

from bench.book_figures import Figure
from bench.sets.files import Missing
from chartcode.books import Shelf
from chartcode.books.build import icd10pcs_xml as xml
from chartcode.books.build.icd10pcs import expanded
from chartcode.books.icd10pcs import ICD10PCS

DAY = date(2026, 2, 1)
"""A day of FY2026 before its update of April."""


def figures(data: Path, home: Path) -> Iterator[Figure]:
    """Yield the figures; ``data`` holds ``icd10pcs``.

    Raises:
        Missing: the tables of FY2026 are not there.
    """
    path = data / "icd10pcs" / "2026" / "icd10pcs_tables_2026.xml"
    if not path.is_file():
        raise Missing(f"{path}: there is no such file")
    root = xml.parsed(path.read_bytes(), path.name, "ICD10PCS.tabular")
    cells = [cell for table, _ in xml.tables(root, path.name) for cell in table]
    codes = list(expanded(cells))
    yield Figure("FY2026 tables expand to", "79,115", f"{len(set(codes)):,}", len(codes) == len(set(codes)) == 79_115)
    book = _book(home)
    same = set(codes) ^ set(book.codes)
    yield Figure("codes of the day that the tables have not, or the reverse", "0", f"{len(same):,}", not same)
    made = [code for key in book.tables() if (table := book.table(key)) for code in table.codes()]
    yield Figure("rows derived from the valid codes make each code once", f"{len(book.codes):,}", f"{len(made):,}",
                 sorted(made) == list(book.codes))  # fmt: skip
    untitled = sum(not title for _, title in book.entries())
    yield Figure("codes without a title in the embedded default", "counted", f"{untitled:,}", met=True)
    yield _labels(cells, home)
    yield _walk(home)


def _book(home: Path) -> ICD10PCS:
    return Shelf.open(home / "embedded").at(DAY).icd10pcs


def _labels(cells: list[xml.Cell], home: Path) -> Figure:
    """Compare the default's labels with the publisher's, word for word in any order."""
    book = _book(home)
    asked = {(c.table, c.axis, c.value): c.label for c in cells if c.axis > 3}
    ours = {(t, axis, value): book.label(t + "?" * (axis - 4) + value, axis) for t, axis, value in asked}
    right = sum(_words(ours[place]) == _words(label) for place, label in asked.items())
    return Figure("labels of axes 4 to 7 as the publisher's", "counted", f"{right:,} of {len(asked):,}", met=True)


def _words(label: str) -> list[str]:
    plain = "" if label in ("None", "No Device", "No Qualifier") else label
    return sorted(plain.lower().replace(",", " ").removesuffix(" contrast").split())


def _walk(home: Path) -> Figure:
    """Time what a coder's click asks: the values still possible, at each depth of a few codes."""
    book = _book(home)
    book.choices("0")
    times = []
    for code in ("0DTJ4ZZ", "0SRC0JZ", "021009W", "B2111ZZ", "XW033W5"):
        for length in range(1, 7):
            began = perf_counter()
            book.choices(code[:length])
            times.append(1000 * (perf_counter() - began))
    slowest = max(times)
    return Figure("values still possible, the slowest of 30 questions, ms", "< 100", f"{slowest:.1f}", slowest < 100)
