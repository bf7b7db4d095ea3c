"""An assistant at surgery is reported for a service whose assistant is never paid.

By law (assistant indicator 1) or because the concept does not fit (9), modifiers 80, 81, 82 and AS are not paid with
this code. Drop the line.

Examples:
    professional 2025-11-03, F 67
    dx M23.221
    px 29881 -80    ! cpt/assistant_not_paid

    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -80
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
    authority="CMS, Medicare Physician Fee Schedule relative value file, assistant at surgery indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def assistant_not_paid(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each assistant's line that is never paid."""
    for line in services(case):
        row = indicators(line, books) if has(line, "80", "81", "82", "AS") else None
        if row and row.assistant in ("1", "9"):
            drop = Remedy("drop", (line.code,), say="drop the assistant's line")
            yield Finding(f"{line.code} pays no assistant (assistant indicator {row.assistant})", (line,), drop)
