"""Sepsis after childbirth is coded twice.

Puerperal sepsis is O85 with the organism (B95, B96); a code from A40 or A41 is not added.

Examples:
    inpatient 2025-11-03 2025-11-07, F 29
    dx O85
    dx A41.51    ! icd10cm/puerperal_sepsis

    inpatient 2025-11-03 2025-11-07, F 29
    dx O85
    dx B96.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.k")
def puerperal_sepsis(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of sepsis beside O85."""
    if of(coded(case), "O85"):
        for d in of(coded(case), "A40", "A41"):
            say = "name the organism from B95 or B96"
            yield Finding(f"O85 is the sepsis; {d.code} is not added", (d,), Remedy("drop", (d.code,), say=say))
