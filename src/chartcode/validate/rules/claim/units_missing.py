"""A service line has no units.

Every line has at least one; a line with none is no service.

Examples:
    professional 2025-11-03, F 67
    dx R05.9
    px 71046 x0 -> R05.9    ! claim/units_missing

    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -> R05.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=ERROR,
    authority="ASC X12 837, 005010X222A1, SV104: quantity",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def units_missing(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each line with less than one unit."""
    for line in services(case):
        if line.units < 1:
            yield Finding(f"{line.code} has {line.units} units; a line has at least one", (line,))
