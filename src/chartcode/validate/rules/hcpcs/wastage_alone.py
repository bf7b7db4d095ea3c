"""The discarded part of a drug is reported without the part that was given.

JW stands on a line of its own, beside the line with the units that the patient got.

Examples:
    outpatient 2025-11-03, F 67
    dx C50.911
    px J9355 x2 -JW @2025-11-03    ! hcpcs/wastage_alone

    outpatient 2025-11-03, F 67
    dx C50.911
    px J9355 x40 @2025-11-03
    px J9355 x2 -JW @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.services import has, services
from chartcode.validate.sources import CLAIMS_MANUAL


@rule(
    severity=WARNING,
    authority="Medicare Claims Processing Manual, chapter 17, 40: discarded drugs",
    url=CLAIMS_MANUAL,
    since="2017-01-01",
)
def wastage_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each line with JW that no line of the same drug and day stands beside."""
    lines = services(case)
    for line in lines:
        given = any(o.code == line.code and o.on == line.on and not has(o, "JW") for o in lines)
        if has(line, "JW") and not given:
            ask = Remedy("ask", (line.code,), say="add the line of the units that were given")
            yield Finding(f"{line.code} has only the discarded units", (line,), ask)
