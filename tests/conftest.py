"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chartcode.books import Books, Shelf


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data folder; tests that need it are skipped where it is absent."""
    given = os.environ.get("CHARTCODE_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not at hand; name it in CHARTCODE_SHARED")
    return folder


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, so that no test reads or writes the user's books."""
    folder = tmp_path_factory.mktemp("chartcode-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHARTCODE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def desk(home: Path) -> Shelf:
    """The shelf with the embedded books, compiled once a session."""
    return Shelf.open(home)


@pytest.fixture(scope="session")
def books(desk: Shelf) -> Books:
    """The books of a day whose tabular list is installed."""
    return desk.at(date(2026, 5, 1))
