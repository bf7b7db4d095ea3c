"""The placeholder X is missing, or stands where it does not belong.

A seventh character must be the seventh: a shorter code is filled up with X. Where no seventh character is asked for, no
X is added.

Examples:
    ed 2025-11-03, F 67
    dx S01.81A    ! icd10cm/placeholder
    dx W19A       ! icd10cm/placeholder
    dx I10.X      ! icd10cm/placeholder

    ed 2025-11-03, F 67
    dx S01.81XA
    dx W19.XXXA
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import PLACEHOLDER, fault


@rule(
    severity=ERROR,
    authority="ICD-10-CM Official Guidelines FY2026, I.A.4 and I.A.5",
    modes=(BILLING, MENTIONS),
)
def placeholder(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that is right but for its placeholders, with its right spelling."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == PLACEHOLDER:
            remedy = Remedy("replace", (d.code,), cm(*found.instead), safe=True)
            yield Finding(f"{d.code} is written {found.instead[0]}", (d,), remedy)
