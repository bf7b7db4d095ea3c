"""Medicare has another code for this service.

The fee schedule gives the code the status I: not valid for Medicare. Report what CMS uses instead, often a G code.

Examples:
    professional 2025-11-03, F 67, payer Medicare
    dx R05.9
    px 99251    ! cpt/not_valid_for_medicare

    professional 2025-11-03, F 67, payer Blue
    dx R05.9
    px 99251
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import indicators, medicare, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Physician Fee Schedule relative value file, status indicator I",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def not_valid_for_medicare(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with status I on a claim that goes to Medicare, or whose payer is not known."""
    if medicare(case):
        for line in services(case):
            row = indicators(line, books)
            if row and row.status == "I":
                yield Finding(f"{line.code} is not valid for Medicare (status I); CMS has another code for it", (line,))
