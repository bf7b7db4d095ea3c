"""What one may ask of AHRQ's categories of diagnoses: the Elixhauser comorbidities and the CCSR.

Both are lists of ICD-10-CM codes by category, published each year for all editions up to then. A diagnosis may be in
several categories; of the CCSR one is the default when it is the principal (inpatient) or first-listed diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chartcode.books.release import Database

INPATIENT, OUTPATIENT = "inpatient", "outpatient"


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its abbreviation (``HF``, ``END002``), its title, and whether it needs "present on admission"."""

    code: str
    title: str
    needs_poa: bool = False


class Categories:
    """One edition of one classification."""

    def __init__(self, version: str, source: str, pages: Database) -> None:
        """Take the name of the release, where it came from, and the opened file."""
        self.version = version
        self.source = source
        self._pages = pages
        rows = pages.all("SELECT code, title, needs_poa FROM category")
        self._categories = {code: Category(code, title, bool(poa)) for code, title, poa in rows}
        self.of = lru_cache(maxsize=20_000)(self._of)
        self.default = lru_cache(maxsize=20_000)(self._default)

    def category(self, code: str) -> Category:
        """Return a category; one that the edition does not describe has no title."""
        return self._categories.get(code, Category(code, ""))

    def _of(self, diagnosis: str) -> tuple[str, ...]:
        """Return the categories of a diagnosis (as printed), in the order of the edition; empty if it is in none."""
        rows = self._pages.all(
            "SELECT category FROM member WHERE diagnosis = ? ORDER BY place", (diagnosis.replace(".", ""),)
        )
        return tuple(row[0] for row in rows)

    def _default(self, diagnosis: str, setting: str) -> str | None:
        """Return the default category of a first diagnosis, inpatient or outpatient; None where there is none."""
        column = "inpatient" if setting == INPATIENT else "outpatient"
        row = self._pages.one(
            f"SELECT category FROM member WHERE diagnosis = ? AND {column}",  # noqa: S608 - two names of our own
            (diagnosis.replace(".", ""),),
        )
        return row[0] if row else None
