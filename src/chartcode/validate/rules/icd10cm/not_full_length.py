"""A category or subcategory is reported in the place of a code.

Only codes are reported, to their full length: a code with fewer characters than the book asks for is invalid. Choose
among the codes below it the one that the record supports; the unspecified one is right where the record is silent.

Examples:
    outpatient 2025-11-03, F 67
    dx E11      ! icd10cm/not_full_length
    dx E11.4    ! icd10cm/not_full_length
    dx E11.42

    outpatient 2025-11-03, F 67
    dx I10
    dx S52.501
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import NOT_FULL_LENGTH, fault

SHOWN = 6


@rule(
    severity=ERROR,
    authority="ICD-10-CM Official Guidelines FY2026, I.A.2, I.A.3 and I.B.2",
    modes=(BILLING, MENTIONS),
)
def not_full_length(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that is only the beginning of others, with those."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == NOT_FULL_LENGTH:
            shown = ", ".join(found.instead[:SHOWN]) + (", ..." if len(found.instead) > SHOWN else "")
            remedy = Remedy("replace", (d.code,), cm(*found.instead), "choose the code that the record supports")
            yield Finding(f"{d.code} is not a full code; below it are {shown}", (d,), remedy)
