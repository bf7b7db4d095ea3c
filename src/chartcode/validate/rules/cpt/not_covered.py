"""Medicare does not cover this service.

The fee schedule gives the code the status N: excluded by law. The patient pays; report it with GY if a denial is
wanted for another payer.

Examples:
    professional 2025-11-03, F 67, payer Medicare
    dx Z00.00
    px 99397    ! cpt/not_covered

    professional 2025-11-03, F 67, payer Medicare
    dx Z00.00
    px 99397 -GY
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, medicare, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Physician Fee Schedule relative value file, status indicator N",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def not_covered(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with status N on a claim that goes to Medicare without a modifier that says so."""
    if medicare(case):
        for line in services(case):
            row = indicators(line, books)
            if row and row.status == "N" and not has(line, "GY", "GX"):
                yield Finding(
                    f"{line.code} is excluded from Medicare (status N); say so with GY, or bill the patient", (line,)
                )
