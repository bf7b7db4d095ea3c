"""Modifier 62 stands on a service that is not paid to two surgeons.

The fee schedule does not provide for it (indicator 0 or 9). One surgeon reports the service; another reports what
only that surgeon did, or assists.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 11042 -62    ! cpt/cosurgeon_not_allowed

    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -62
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Physician Fee Schedule relative value file, co-surgeon indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def cosurgeon_not_allowed(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with modifier 62 whose code does not take it."""
    for line in services(case):
        row = indicators(line, books) if has(line, "62") else None
        if row and row.co in ("0", "9"):
            yield Finding(f"{line.code} is not paid to two surgeons (indicator {row.co})", (line,))
