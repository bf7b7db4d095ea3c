from __future__ import annotations

import os
from datetime import date

import pytest

from chartcode.books import Shelf, install
from chartcode.books.difference import (
    DELETED,
    HEADING,
    MOVED,
    NEW,
    NOTE_ADDED,
    NOTE_GONE,
    REVISED,
    difference,
    first_day,
)
from chartcode.books.files import Wish
from chartcode.books.history import Event, history


def silent(_what, _done, _total):
    pass


@pytest.fixture
def desk(shelf, tmp_path, invented):
    """A shelf with two invented years of the order file and the tabular list."""
    books = tmp_path / "home" / "books"
    books.mkdir(parents=True)
    for path in shelf.folder.glob("*.*"):
        os.link(path, books / path.name)
    first = invented.order_lines([("A1091", True, "Old"), ("B1091", True, "Going")])
    second = [line for line in invented.order_lines([("A1091", True, "Old, reworded"), ("A1092", True, "Coming")])
              if line[0] != "C109"]  # fmt: skip
    second = [*second, ("C109", False, "Illness C"), ("C1091", True, "Illness C in full")]
    for year, lines in ((2030, first), (2031, sorted(second))):
        path = tmp_path / f"icd10cm_order_{year}.txt"
        path.write_text(invented.order_text(lines))
        install.install(books, "icd10cm", [path], Wish(), silent)
    for year, note in ((2030, "this"), (2031, "that")):
        code = "<diag><name>Z11.1</name><desc>A code</desc></diag>"
        stay = f"<diag><name>Z11.0</name><desc>y</desc></diag>{code if year == 2030 else ''}"
        notes = f"<includes><note>{note}</note></includes>{code if year == 2031 else ''}"
        more = (
            f"<diag><name>Z11</name><desc>Left</desc>{stay}</diag>"
            f"<diag><name>Z12</name><desc>Old</desc><diag><name>Z12.9</name><desc>x</desc>{notes}</diag></diag>"
        )
        path = tmp_path / f"t{year}.xml"
        path.write_text(invented.tabular_xml(year, more=more))
        install.install(books, "icd10cm-tabular", [path], Wish(), silent)
    return Shelf.open(tmp_path / "home")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("FY2026", date(2025, 10, 1)),
        ("FY2026-04-01", date(2026, 4, 1)),
        ("FY2026-10-01", date(2025, 10, 1)),
        ("2026Q3", date(2026, 7, 1)),
        ("2026", date(2026, 1, 1)),
        ("2026-02-03", date(2026, 2, 3)),
    ],
)
def test_a_release_names_its_first_day(name, day):
    assert first_day(name) == day


@pytest.mark.parametrize("name", ["", "FY26", "2026Q5", "next", "FY2026-13-01", "2026-02-30"])
def test_what_names_no_release_is_refused(name):
    with pytest.raises(ValueError):  # noqa: PT011 - a month that is none is refused by the calendar
        first_day(name)


def test_codes_and_titles_are_compared(desk):
    found = difference(desk, "icd10cm", date(2029, 10, 1), date(2030, 10, 1))
    assert [c.code for c in found.of(NEW)] == ["A10.92", "C10.91"]
    assert [c.code for c in found.of(DELETED)] == ["B10.91"]
    assert [(c.code, c.detail) for c in found.of(HEADING)] == [("C10.9", "now C10.91")]
    assert [(c.code, c.title, c.detail) for c in found.of(REVISED)] == [("A10.91", "Old, reworded", "was: Old")]


def test_places_and_notes_are_compared(desk):
    found = difference(desk, "icd10cm", date(2029, 10, 1), date(2030, 10, 1))
    assert [(c.code, c.detail) for c in found.of(MOVED)] == [("Z11.1", "from Z11 to Z12.9")]
    assert [(c.code, c.detail) for c in found.of(NOTE_ADDED)] == [("Z12.9", "includes: that")]
    assert [(c.code, c.detail) for c in found.of(NOTE_GONE)] == [("Z12.9", "includes: this")]
    assert found.remarks == ()


def test_without_lists_of_the_days_the_codes_are_compared_and_the_rest_is_said(shelf):
    found = difference(shelf, "icd10cm", date(2024, 10, 1), date(2025, 10, 1))
    assert (len(found.of(NEW)), len(found.of(DELETED)) + len(found.of(HEADING))) == (487, 28)
    assert ("G35", "now G35.A, G35.B0, G35.B1, G35.B2, G35.C0, G35.C1, G35.C2, G35.D") in [
        (c.code, c.detail) for c in found.of(HEADING)
    ]
    assert [remark.partition(" are not")[0] for remark in found.remarks] == ["titles", "places and notes"]


def test_procedure_codes_are_compared(shelf):
    found = difference(shelf, "icd10pcs", date(2024, 10, 1), date(2025, 10, 1))
    assert (len(found.of(NEW)), len(found.of(DELETED))) == (206, 39)


def test_a_book_that_is_not_installed_is_not_compared(shelf):
    found = difference(shelf, "hcpcs", date(2024, 10, 1), date(2025, 10, 1))
    assert found.changes == ()
    assert "no release is installed that speaks for 2024-10-01 and 2025-10-01" in found.remarks[0]
    with pytest.raises(LookupError, match="cannot be compared"):
        difference(shelf, "pfs", date(2024, 10, 1), date(2025, 10, 1))


def test_the_history_of_a_diagnosis(shelf):
    assert history(shelf, "g35") == (
        "icd10cm",
        (
            Event(date(2015, 10, 1), "reportable"),
            Event(
                date(2025, 10, 1),
                "not reportable any more: now G35.A, G35.B0, G35.B1, G35.B2, G35.C0, G35.C1, G35.C2, G35.D",
            ),
        ),
    )
    assert Event(date(2025, 10, 1), "split off: E11.A") in history(shelf, "E119")[1]
    assert history(shelf, "U07.1")[1][0] == Event(date(2020, 4, 1), "reportable, in the place of B97.29")


def test_the_history_of_a_procedure(shelf):
    assert history(shelf, "0dtj4zz") == ("icd10pcs", (Event(date(2015, 10, 1), "reportable"),))


def test_flags_are_part_of_the_history(shelf):
    texts = [event.text for event in history(shelf, "N94.6")[1]]
    assert "no longer flagged 'female'" in texts


def test_titles_and_notes_are_part_of_the_history(desk):
    texts = [event.text for event in history(desk, "A10.91")[1]]
    assert texts == [
        "reportable",
        "title in FY2030-10-01, the first order file on the shelf that has it: Old",
        "title revised: Old, reworded",
    ]
    assert Event(date(2030, 10, 1), "note added: includes: that") in history(desk, "Z12.9")[1]


def test_a_code_that_never_was_has_no_history(shelf):
    assert history(shelf, "Q00.Q") == ("", ())
    assert history(shelf, "hello") == ("", ())
