"""There are more service lines than a claim carries.

A professional claim carries 50 lines, a facility claim 999. Part the services over two claims.

Examples:
    professional 2025-11-03, F 67    ! claim/too_many_lines
    dx M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11
    px 97110 -> M17.11

    professional 2025-11-03, F 67
    dx M17.11
    px 97110 -> M17.11
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.chart import PROFESSIONAL
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=ERROR,
    authority="ASC X12 837, 005010X222A1 (50 lines) and 005010X223A2 (999 lines), loop 2400",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def too_many_lines(case: Case, books: Books) -> Iterator[Finding]:
    """Yield one finding for a case with more lines than fit."""
    limits = books.parameters["claim.lines"]
    limit = limits["professional" if case.chart.encounter.setting == PROFESSIONAL else "institutional"]
    count = len(services(case))
    if count > limit:
        yield Finding(f"the claim carries {limit} lines, and there are {count}")
