"""A coma scale is reported in part.

One code each for eyes (R40.21), speech (R40.22) and movement (R40.23) makes the scale, all three with the same seventh
character. If the record has only the total, it is R40.24, and then without the parts.

Examples:
    ed 2025-11-03, F 27
    dx S06.0X1A
    dx R40.2142    ! icd10cm/coma_scale_parts

    ed 2025-11-03, F 27
    dx S06.0X1A
    dx R40.2142
    dx R40.2252
    dx R40.2362
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

PARTS = ("R40.21", "R40.22", "R40.23")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.e.1")
def coma_scale_parts(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the first part of a scale that is not whole at one time."""
    parts = of(coded(case), *PARTS)
    for when in dict.fromkeys(d.code.value[-1] for d in parts):
        same = [d for d in parts if d.code.value[-1] == when]
        missing = [part for part in PARTS if not of(same, part)]
        if missing:
            yield Finding(
                f"the coma scale lacks {' and '.join(missing)}", (same[0],), Remedy("add", say="add the missing parts")
            )
