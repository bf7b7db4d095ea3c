"""Psychological factors of a pain are reported without the pain.

F45.42 goes with a code from G89 that tells the acute or chronic pain.

Examples:
    outpatient 2025-11-03, F 67
    dx F45.42    ! icd10cm/psychological_factors_alone

    outpatient 2025-11-03, F 67
    dx G89.29
    dx F45.42
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.5.a")
def psychological_factors_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield F45.42 without a code of pain."""
    if not of(coded(case), "G89"):
        for d in of(coded(case), "F45.42"):
            yield Finding(
                "F45.42 goes with the code of the pain from G89",
                (d,),
                Remedy("add", say="add the pain, a code from G89"),
            )
