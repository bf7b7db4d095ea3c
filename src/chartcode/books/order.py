"""An official order file: every code and heading of a year, its titles, and whether it may be reported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chartcode.books.release import Database, Release


class Order:
    """Questions to a release of an order file. Codes are as printed (``E11.42``)."""

    def __init__(self, release: Release, pages: Database) -> None:
        """Take the release and its opened file."""
        self.release = release
        self._pages = pages
        self._row = lru_cache(maxsize=100_000)(self._found)

    def billable(self, code: str) -> bool:
        """Tell whether a code may be reported in the days of the release."""
        row = self._row(code)
        return row is not None and row[0]

    def knows(self, code: str) -> bool:
        """Tell whether the file lists a code or heading."""
        return self._row(code) is not None

    def title(self, code: str) -> str:
        """Return the long title of a code or heading, or ''."""
        row = self._row(code)
        return row[1] if row else ""

    def short(self, code: str) -> str:
        """Return the title of at most 60 characters, or ''."""
        row = self._row(code)
        return row[2] if row else ""

    def codes(self, beginning: str = "") -> Iterator[str]:
        """Yield the reportable codes with a beginning, in order of their characters."""
        question = "SELECT code FROM code WHERE billable AND code >= ? AND code < ? ORDER BY code"
        yield from (row[0] for row in self._pages.all(question, (beginning, f"{beginning}~")))

    def entries(self) -> Iterator[tuple[str, str, bool]]:
        """Yield (code, long title, reportable) of every line, in the file's order."""
        yield from (
            (code, title, bool(billable))
            for code, title, billable in self._pages.all("SELECT code, long, billable FROM code ORDER BY place")
        )

    def _found(self, code: str) -> tuple[bool, str, str] | None:
        row = self._pages.one("SELECT billable, long, short FROM code WHERE code = ?", (code,))
        return (bool(row[0]), row[1], row[2] or row[1]) if row else None
