"""The diagnoses that are exempt from the present-on-admission indicator, by CMS's list of the fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chartcode.books.release import Database, Release


class POA:
    """Questions to a release of the list. Codes are as printed (``Z79.4``)."""

    def __init__(self, release: Release, pages: Database) -> None:
        """Take the release and its opened file."""
        self.release = release
        self._pages = pages
        self.exempt = lru_cache(maxsize=20_000)(self._exempt)

    @property
    def version(self) -> str:
        """The release, such as ``FY2026-10-01``."""
        return self.release.version

    def entries(self) -> Iterator[str]:
        """Yield the exempt codes in order."""
        yield from (row[0] for row in self._pages.all("SELECT code FROM exempt ORDER BY code"))

    def _exempt(self, code: str) -> bool:
        """Tell whether a diagnosis is exempt."""
        return self._pages.one("SELECT 1 FROM exempt WHERE code = ?", (code,)) is not None
