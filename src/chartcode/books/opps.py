"""What one may ask of the hospital outpatient payment system (OPPS) for a day: the status indicator of a code.

Addendum B of each quarter lists every HCPCS and CPT code with the indicator of how a hospital's outpatient claim pays
it.
"""

from __future__ import annotations

from functools import lru_cache

from chartcode.books.release import Database


class OPPS:
    """Addendum B of one quarter."""

    def __init__(self, version: str, pages: Database) -> None:
        """Take the name of the release and the opened file."""
        self.version = version
        self._pages = pages
        self.status = lru_cache(maxsize=20_000)(self._status)

    def _status(self, code: str) -> str | None:
        """Return the status indicator of a code (``T``, ``J1``, ``C``, ``N``, ...); None where it is not listed."""
        row = self._pages.one("SELECT status FROM opps WHERE code = ?", (code,))
        return row[0] if row else None
