"""A service line of a professional claim points to no diagnosis.

Each line names the diagnosis that justifies it, the one that matters most first. Where the case has one diagnosis
only, it is that.

Examples:
    professional 2025-11-03, F 67
    dx R05.9
    dx I10
    px 71046    ! claim/pointer_missing

    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -> R05.9

    outpatient 2025-11-03, F 67
    dx R05.9
    px 71046
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import PROFESSIONAL
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=WARNING,
    authority="ASC X12 837, 005010X222A1, SV107-1: required",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def pointer_missing(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield one finding on all lines of a professional claim without pointers."""
    if case.chart.encounter.setting == PROFESSIONAL:
        lines = tuple(line for line in services(case) if not line.pointers)
        if lines:
            ask = Remedy("ask", tuple(line.code for line in lines), say="point each line to what justifies it")
            yield Finding(
                f"{len(lines)} lines point to no diagnosis"
                if len(lines) > 1
                else f"{lines[0].code} points to no diagnosis",
                lines,
                ask,
            )
