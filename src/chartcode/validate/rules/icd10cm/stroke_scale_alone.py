"""A stroke scale is reported without an acute stroke.

R29.7 tells how severe an acute stroke is (I60-I63), and stands after it.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx G45.9
    dx R29.705    ! icd10cm/stroke_scale_alone

    inpatient 2025-11-03 2025-11-07, F 67
    dx I63.9
    dx R29.705
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

ACUTE = ("I60", "I61", "I62", "I63", "I97.81", "I97.82")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.i")
def stroke_scale_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each stroke scale that no acute stroke precedes."""
    diagnoses = coded(case)
    for at, d in enumerate(diagnoses):
        if d.code.value.startswith("R29.7") and not of(diagnoses[:at], *ACUTE):
            yield Finding(f"{d.code} follows an acute stroke", (d,), Remedy("drop", (d.code,)))
