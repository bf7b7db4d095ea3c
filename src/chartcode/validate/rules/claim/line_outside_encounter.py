"""A service line has a day outside of the encounter.

Correct the day of the line, or of the encounter; a service of another day belongs on a claim of its own.

Examples:
    outpatient 2025-11-03 2025-11-05, F 67
    dx R05.9
    px 71046 @2025-11-09    ! claim/line_outside_encounter

    outpatient 2025-11-03 2025-11-05, F 67
    dx R05.9
    px 71046 @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=WARNING,
    authority="ASC X12 837, 005010X222A1 and 005010X223A2: statement dates (DTP 434) and service date (DTP 472)",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def line_outside_encounter(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each line of a day before the first or after the last day of an encounter that has both."""
    first, last = case.chart.encounter.first, case.chart.encounter.last
    if first and last:
        for line in services(case):
            if line.on and not first <= line.on <= last:
                yield Finding(f"{line.code} is of {line.on}, and the encounter is from {first} to {last}", (line,))
