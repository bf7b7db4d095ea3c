"""Modifier 50 stands on a service that is not paid as a bilateral one.

By the fee schedule the code is for one side of something that has none, for a midline organ, or already for both
sides (bilateral indicators 0, 2 and 9). Take the modifier off; if two were done, see the units.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 11042 -50    ! cpt/bilateral_not_allowed
    px 76519 -50    ! cpt/bilateral_not_allowed

    professional 2025-11-03, F 67
    dx M17.0
    px 27447 -50
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Physician Fee Schedule relative value file, bilateral surgery indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def bilateral_not_allowed(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with modifier 50 whose code does not take it."""
    for line in services(case):
        row = indicators(line, books) if has(line, "50") else None
        if row and row.bilateral in ("0", "2", "9"):
            why = "is for both sides already" if row.bilateral == "2" else "is not paid as bilateral"
            drop = Remedy("replace", (line.code,), (line.code,), say="take modifier 50 off")
            yield Finding(f"{line.code} {why} (bilateral indicator {row.bilateral})", (line,), drop)
