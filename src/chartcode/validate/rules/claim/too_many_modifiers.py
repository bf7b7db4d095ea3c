"""A service line has more modifiers than a claim carries.

There is room for four. Put those that decide payment first; where more are needed, the claim explains them in a note
(99).

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -RT -59 -51 -GC -Q6 -> M17.11    ! claim/too_many_modifiers

    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -RT -59 -> M17.11
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=ERROR,
    authority="ASC X12 837, 005010X222A1, SV101-3 to SV101-6",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def too_many_modifiers(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with more modifiers than fit."""
    most = books.parameters["claim.modifiers"]
    for line in services(case):
        if len(line.modifiers) > most:
            yield Finding(f"{line.code} has {len(line.modifiers)} modifiers; a line carries {most}", (line,))
