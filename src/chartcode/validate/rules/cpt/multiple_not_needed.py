"""Modifier 51 stands on a service that is exempt from the reduction for several procedures.

By the fee schedule the reduction does not apply to it (multiple procedure indicator 0 or 9), so the modifier only
costs money.

Examples:
    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -51    ! cpt/multiple_not_needed

    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -51
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, services


@rule(
    severity=WARNING,
    authority="CMS, Medicare Physician Fee Schedule relative value file, multiple procedure indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def multiple_not_needed(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with modifier 51 whose code is exempt."""
    for line in services(case):
        row = indicators(line, books) if has(line, "51") else None
        if row and row.multiple in ("0", "9"):
            drop = Remedy("replace", (line.code,), (line.code,), say="take modifier 51 off", safe=False)
            yield Finding(f"{line.code} is exempt from modifier 51 (indicator {row.multiple})", (line,), drop)
