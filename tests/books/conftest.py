"""One shelf for all tests of the books, compiled once."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.books import ICD10CM, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def book(shelf: Shelf) -> ICD10CM:
    """ICD-10-CM on a day of the edition whose tabular list is installed."""
    return shelf.at(date(2026, 5, 1)).icd10cm
