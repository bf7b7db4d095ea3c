from __future__ import annotations

import os
from datetime import date

import pytest

from chartcode.books import Shelf, install
from chartcode.books.build import poa
from chartcode.books.files import Wish
from chartcode.model.notation import one
from chartcode.pipeline import recheck_by


@pytest.fixture
def desk(shelf, tmp_path, monkeypatch):
    """A shelf with an invented list of FY2026 in which one code alone is exempt."""
    monkeypatch.setattr(poa, "_FEWEST", 1)
    books = tmp_path / "home" / "books"
    books.mkdir(parents=True)
    for path in shelf.folder.glob("*.*"):
        os.link(path, books / path.name)
    listed = tmp_path / "POAexemptCodesFY26.txt"
    listed.write_text("Order26\tPOAexemptCode\tDescription\r\n1\tN17.9\tinvented\r\n")
    install.install(books, "poa", [listed], Wish(), lambda *_: None)
    return Shelf.open(tmp_path / "home")


def test_the_list_of_the_year_answers(desk):
    book = desk.at(date(2025, 11, 3)).poa
    assert book.version == "FY2026-10-01"
    assert book.exempt("N17.9")
    assert not book.exempt("Z79.4")
    assert list(book.entries()) == ["N17.9"]


def test_no_other_year_is_answered_for(desk, shelf):
    assert desk.at(date(2024, 11, 3)).poa is None
    assert shelf.at(date(2025, 11, 3)).poa is None


def test_the_rule_goes_by_the_list_where_there_is_one(desk, shelf):
    case = one("inpatient 2025-11-03 2025-11-07, F 67\ndx J18.9 poa Y\ndx N17.9\ndx Z79.4\n")
    day = date(2025, 11, 7)
    for books, missing in ((desk.at(day), ["Z79.4"]), (shelf.at(day), ["N17.9"])):
        found = [f for f in recheck_by(books, case).findings if f.rule == "claim/poa_missing"]
        assert [f.on[0].code.value for f in found] == missing


def test_the_official_list_is_read(shared, tmp_path):
    (outcome,) = install.install(
        tmp_path, "poa", [shared / "codesets" / "poa" / "2026" / "POAexemptCodesFY26.zip"], Wish(), lambda *_: None
    )
    assert outcome.release.version == "FY2026-10-01"
    assert outcome.remarks == ()
