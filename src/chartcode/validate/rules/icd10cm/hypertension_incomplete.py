"""Hypertensive heart or kidney disease is reported without the code that tells which.

Hypertensive heart disease with heart failure (I11.0, I13.0, I13.2) needs the type of failure from I50, and hypertensive
kidney disease (I12, I13) the stage from N18.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I11.0    ! icd10cm/hypertension_incomplete

    inpatient 2025-11-03 2025-11-07, F 67
    dx I13.0    ! icd10cm/hypertension_incomplete
    dx I50.23

    inpatient 2025-11-03 2025-11-07, F 67
    dx I13.0
    dx I50.23
    dx N18.32
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.a.1 to I.C.9.a.3")
def hypertension_incomplete(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each combined code whose heart failure or kidney stage is not reported."""
    diagnoses = coded(case)
    for d in of(diagnoses, "I11.0", "I13.0", "I13.2"):
        if not of(diagnoses, "I50", "I09.81"):
            yield Finding(
                f"{d.code} needs the type of heart failure (I50)", (d,), Remedy("add", say="add a code from I50")
            )
    for d in of(diagnoses, "I12", "I13"):
        if not of(diagnoses, "N18"):
            yield Finding(
                f"{d.code} needs the stage of the kidney disease (N18)", (d,), Remedy("add", say="add a code from N18")
            )
