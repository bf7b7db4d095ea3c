"""Two activities, or two statuses of an external cause, are reported.

One code from Y93 and one from Y99 stand on a record, not more.

Examples:
    ed 2025-11-03, F 27
    dx S93.401A
    dx Y93.01
    dx Y93.02    ! icd10cm/one_activity_and_status

    ed 2025-11-03, F 27
    dx S93.401A
    dx Y93.01
    dx Y99.8
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.c and I.C.20.k")
def one_activity_and_status(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each further activity and status."""
    for category in ("Y93", "Y99"):
        first_one, *further = of(coded(case), category) or (None,)
        for d in further:
            yield Finding(
                f"only one code from {category} is reported, and {first_one.code if first_one else ''} is there",
                (d,),
                Remedy("drop", (d.code,)),
            )
