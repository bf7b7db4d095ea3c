"""One shelf for all tests of the books, compiled once."""

from __future__ import annotations

from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from chartcode.books import ICD10CM, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def book(shelf: Shelf) -> ICD10CM:
    """ICD-10-CM on a day of the edition whose tabular list is installed."""
    return shelf.at(date(2026, 5, 1)).icd10cm


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """Makers of invented files in the publishers' forms (``invented.py`` beside this file)."""
    spec = spec_from_file_location("invented", Path(__file__).with_name("invented.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
