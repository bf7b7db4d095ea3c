"""Modifier 66 stands on a service that is not paid to a team.

The fee schedule does not provide for it (indicator 0 or 9). One surgeon reports the service; another reports what
only that surgeon did, or assists.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -66    ! cpt/team_not_allowed

    professional 2025-11-03, F 67
    dx M17.11
    px 33533 -66
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
    authority="CMS, Medicare Physician Fee Schedule relative value file, team surgery indicator",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def team_not_allowed(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with modifier 66 whose code does not take it."""
    for line in services(case):
        row = indicators(line, books) if has(line, "66") else None
        if row and row.team in ("0", "9"):
            yield Finding(f"{line.code} is not paid to a team (indicator {row.team})", (line,))
