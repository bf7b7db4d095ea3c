"""A service is never paid by itself.

The fee schedule gives the code the status B or P: its payment is part of whatever other service it goes with. Drop
the line for Medicare.

Examples:
    professional 2025-11-03, F 67, payer Medicare
    dx R05.9
    px 99213
    px 99000    ! cpt/bundled

    professional 2025-11-03, F 67, payer Medicare
    dx R05.9
    px 99213
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import indicators, medicare, services


@rule(
    severity=WARNING,
    authority="CMS, Medicare Physician Fee Schedule relative value file, status indicators B and P",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def bundled(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with status B or P on a claim that goes to Medicare, or whose payer is not known."""
    if medicare(case):
        for line in services(case):
            row = indicators(line, books)
            if row and row.status in ("B", "P"):
                drop = Remedy("drop", (line.code,), say="drop the line for Medicare")
                yield Finding(f"{line.code} is bundled into other services (status {row.status})", (line,), drop)
