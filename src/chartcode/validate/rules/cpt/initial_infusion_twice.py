"""Two initial infusions or injections are reported for one day.

Of infusions and injections into a vein one is the initial service of a day; the others are sequential, concurrent or
additional. A second initial one is right only for a second access, or a second encounter, and a modifier says so.

Examples:
    outpatient 2025-11-03, F 67
    dx C50.911
    px 96413 @2025-11-03
    px 96365 @2025-11-03    ! cpt/initial_infusion_twice

    outpatient 2025-11-03, F 67
    dx C50.911
    px 96413 @2025-11-03
    px 96365 -59 @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.services import has, services
from chartcode.validate.sources import CLAIMS_MANUAL

INITIAL = ("96413", "96409", "96365", "96374", "96360")
"""Initial services, the one that leads the day in front: chemotherapy, then other drugs, then fluids alone."""
APART = ("59", "XE", "XS", "XP", "XU")


@rule(
    severity=WARNING,
    authority="Medicare Claims Processing Manual, chapter 12, 30.5: one initial service a day",
    url=CLAIMS_MANUAL,
)
def initial_infusion_twice(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each further initial service of a day without a modifier that parts it."""
    lines = sorted(
        (line for line in services(case) if line.code.value in INITIAL), key=lambda line: INITIAL.index(line.code.value)
    )
    for number, line in enumerate(lines):
        leader = next((o for o in lines[:number] if o.on == line.on and o.code != line.code), None)
        if leader and not has(line, *APART) and not has(leader, *APART):
            ask = Remedy("ask", (line.code,), say="report it as sequential or concurrent, or show the second access")
            yield Finding(
                f"{leader.code} is the initial service of the day, and {line.code} is another one", (line,), ask
            )
