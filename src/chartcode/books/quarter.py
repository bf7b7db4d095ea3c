"""Quarters, by which the payers' edit files and HCPCS are released: ``2024Q3`` is July to September 2024."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chartcode.books.files import Files, Unsuitable, Wish

_SPELLED = re.compile(r"(20\d\d)[ _-]?q([1-4])(?!\d)|(?<![a-z])q([1-4])[ _-]?(20\d\d)", re.IGNORECASE)
_EDITION = re.compile(r"v(\d\d)([0-3])r\d", re.IGNORECASE)
"""How NCCI numbers its files: v302r0 is version 30.2, the third quarter of the thirtieth year after 1994."""
_DAY = re.compile(r"(20\d\d)[_-]?(\d\d)[_-]?(\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*[ _-]*(20\d\d)|(20\d\d)[ _-]*({'|'.join(_MONTHS)})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a calendar year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, words: str) -> Quarter | None:
        """Return the quarter that words name in any of the publishers' spellings, or None."""
        if found := _SPELLED.search(words):
            year, number, number_first, year_last = found.groups()
            return cls(int(year or year_last), int(number or number_first))
        if found := _EDITION.search(words):
            return cls(1994 + int(found[1]), int(found[2]) + 1)
        if (found := _DAY.search(words)) and 1 <= int(found[2]) <= 12:
            return cls(int(found[1]), (int(found[2]) + 2) // 3)
        if found := _NAMED.search(words):
            month = (found[1] or found[4]).lower()[:3]
            return cls(int(found[2] or found[3]), _MONTHS.index(month) // 3 + 1)
        return None

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """The last day."""
        after = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return after - timedelta(days=1)

    def __str__(self) -> str:
        """Return the name of a release, such as 2024Q3."""
        return f"{self.year}Q{self.number}"


def quarter_of(files: Files, wish: Wish, names: tuple[str, ...]) -> Quarter:
    """Return the quarter of a file: as the user said, else as the names of the files say it.

    Raises:
        Unsuitable: nobody says it, or the names disagree.
    """
    if wish.release:
        named = Quarter.named(wish.release)
        if named is None:
            raise Unsuitable(f"{wish.release!r} is no quarter; write it like 2024Q3")
        return named
    if wish.first:
        return Quarter.of(wish.first)
    said = {found for name in names if (found := Quarter.named(name.rpartition("/")[2]))}
    if not said and (found := Quarter.named(files.origin)):
        said = {found}
    if len(said) != 1:
        which = f"its files name {', '.join(map(str, sorted(said)))}" if said else "its name does not say which"
        raise Unsuitable(f"{files.origin} is of one quarter, and {which}; say it with --release, such as 2024Q3")
    return said.pop()


def meta(files: Files, system: str, quarter: Quarter) -> dict[str, str]:
    """Return the provenance of a quarterly release whose code numbers are partly the AMA's."""
    return {
        "system": system,
        "version": str(quarter),
        "first": quarter.first.isoformat(),
        "last": quarter.last.isoformat(),
        "source": files.origin,
        "sha256": files.sha256,
        "licence": "CMS; CPT codes are copyright of the American Medical Association",
    }
