"""A line with modifier 50 has more than one unit.

Both sides on one line are one unit with modifier 50. Two units there are paid as four sides, or not at all.

Examples:
    professional 2025-11-03, F 67
    dx M17.0
    px 27447 -50 x2    ! cpt/bilateral_units

    professional 2025-11-03, F 67
    dx M17.0
    px 27447 -50
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
    authority="CMS, Medicare Claims Processing Manual, chapter 12, section 40.7",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
    needs=(SCHEDULE,),
)
def bilateral_units(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with modifier 50 and several units, where the code is paid as bilateral."""
    for line in services(case):
        row = indicators(line, books) if has(line, "50") and line.units > 1 else None
        if row and row.bilateral in ("1", "3"):
            yield Finding(f"{line.code} with modifier 50 is one unit, and has {line.units}", (line,))
