"""Modifier 26 or TC stands on a service that has no such part.

The fee schedule says which codes have a professional and a technical part (PC/TC indicator 1, and 6 for 26 alone).
The others are one service, or are one of the parts already.

Examples:
    professional 2025-11-03, F 67
    dx I10
    px 93010 -26    ! cpt/component_not_allowed

    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -26
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, services

PARTS = {"1": frozenset({"26", "TC"}), "6": frozenset({"26"})}
"""Modifiers that a PC/TC indicator allows."""


@rule(
    severity=ERROR,
    authority="CMS, Medicare Physician Fee Schedule relative value file, PC/TC indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def component_not_allowed(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with 26 or TC whose code has no such part."""
    for line in services(case):
        said = [modifier for modifier in ("26", "TC") if has(line, modifier)]
        row = indicators(line, books) if said else None
        if row and not set(said) <= PARTS.get(row.pctc, frozenset()):
            yield Finding(f"{line.code} has no part for modifier {said[0]} (PC/TC indicator {row.pctc})", (line,))
