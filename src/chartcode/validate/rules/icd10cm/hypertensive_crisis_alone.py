"""A hypertensive crisis is reported without the hypertensive disease.

I16 is reported together with the hypertension that the patient has (I10 to I15, I1A).

Examples:
    ed 2025-11-03, F 67
    dx I16.0    ! icd10cm/hypertensive_crisis_alone

    ed 2025-11-03, F 67
    dx I16.0
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, I.C.9.a.10, and the note at I16",
    since="2016-10-01",
)
def hypertensive_crisis_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of I16 without a hypertensive disease."""
    if not of(coded(case), "I10", "I11", "I12", "I13", "I15", "I1A", "O10", "O11", "O13", "O14", "O15", "O16"):
        for d in of(coded(case), "I16"):
            yield Finding(
                f"{d.code} needs the hypertensive disease (I10-I15)", (d,), Remedy("add", say="add the hypertension")
            )
