"""What one may ask of HCPCS Level II for a day: the installed release of CMS, else our starter of common codes.

The text is in the public domain but for the D codes. A drug's code is billed in units of a dose that its title names;
``dose`` reads it, so that a dose given becomes units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from chartcode.books import starter
from chartcode.books.services import Services
from chartcode.books.starter import Entry

_SHAPE = re.compile(r"[A-V]\d{4}")
_NUMBER = r"(\d[\d,]*(?:\.\d+)?|\.\d+)"
_UNIT = (
    r"(milligrams?|micrograms?|grams?|gms?|mg|mcg|ug|meq|ml|cc|mci|uci|units?|iu|i\.u\.|usp units?|millicuries?"
    r"|microcuries?|g)"
)
_DOSE = re.compile(rf"(?<![\w.]){_NUMBER}\s*{_UNIT}(?![\w])", re.IGNORECASE)
_DRUG = re.compile(r"^[JQ]\d{4}$|^[SPC]\d{4}$|^A9\d{3}$")
_KINDS = {
    "milligram": ("mg", 1.0), "mg": ("mg", 1.0), "microgram": ("mg", 0.001), "mcg": ("mg", 0.001), "ug": ("mg", 0.001),
    "gram": ("mg", 1000.0), "gm": ("mg", 1000.0), "g": ("mg", 1000.0), "meq": ("meq", 1.0), "ml": ("ml", 1.0),
    "cc": ("ml", 1.0), "liter": ("ml", 1000.0), "l": ("ml", 1000.0), "mci": ("mci", 1.0), "millicurie": ("mci", 1.0),
    "uci": ("mci", 0.001), "microcurie": ("mci", 0.001), "unit": ("unit", 1.0), "iu": ("unit", 1.0),
    "i.u.": ("unit", 1.0), "usp unit": ("unit", 1.0), "million unit": ("unit", 1_000_000.0),
    "international unit": ("unit", 1.0),
}  # fmt: skip
"""Spellings of units of dose, in the singular: the unit that they are counted in, and how many of it one is."""


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount of a drug: ``amount`` in ``unit`` (mg, ml, meq, mci, unit)."""

    amount: float
    unit: str

    @classmethod
    def of(cls, number: str, unit: str) -> Dose | None:
        """Return a dose from its words, or None where the unit is none of a drug's.

        >>> Dose.of("1.5", "g"), Dose.of("600,000", "units"), Dose.of("2", "tablets")
        (Dose(amount=1500.0, unit='mg'), Dose(amount=600000.0, unit='unit'), None)
        """
        kind = _KINDS.get(unit.lower().strip()) or _KINDS.get(unit.lower().strip().rstrip("s"))
        if kind is None:
            return None
        return cls(round(float(number.replace(",", "")) * kind[1], 9), kind[0])

    def units(self, given: Dose) -> int | None:
        """Return the billing units of a dose given, part units counted whole; None where the two cannot be compared.

        >>> Dose(15, "mg").units(Dose(60, "mg")), Dose(15, "mg").units(Dose(2, "ml"))
        (4, None)
        """
        if given.unit != self.unit or self.amount <= 0:
            return None
        return max(1, ceil(round(given.amount / self.amount, 6)))


@lru_cache(maxsize=4_096)
def dose_in(title: str) -> Dose | None:
    """Return the dose of one billing unit that a drug's title names, or None where it names none.

    A combination names the doses of its parts; the first counts, as the whole is given in that proportion.

    >>> dose_in("Injection, ketorolac tromethamine, per 15 mg"), dose_in("Crutches, underarm, pair")
    (Dose(amount=15.0, unit='mg'), None)
    """
    found = _DOSE.search(title)
    return Dose.of(found[1], found[2]) if found else None


class HCPCS(Services):
    """HCPCS Level II on a day; codes are a letter and four digits (``J1885``)."""

    @property
    def own(self) -> Mapping[str, Entry]:
        """Our own words by code."""
        return starter.hcpcs()

    def dose(self, code: str) -> Dose | None:
        """Return the dose of one billing unit of a drug's code, or None where it is no drug or names no dose."""
        return dose_in(self.title(code)) if _DRUG.match(code) else None

    def modifiers(self) -> Iterator[tuple[str, str]]:
        """Yield (modifier, title) of the installed release; none where only the starter answers."""
        if self._pages is not None:
            yield from ((code, title) for code, title in self._pages.all("SELECT code, title FROM modifier"))


def looks_like_hcpcs(code: str) -> bool:
    """Tell whether a string has the shape of a HCPCS Level II code (not that it exists)."""
    return _SHAPE.fullmatch(code) is not None
