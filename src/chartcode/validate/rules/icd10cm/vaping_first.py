"""A disease due to vaping stands before the vaping-related disorder.

U07.0 is the principal or first-listed diagnosis; acute respiratory failure or pneumonitis follow.

Examples:
    inpatient 2025-11-03 2025-11-07, F 27
    dx J96.01    ! icd10cm/vaping_first
    dx U07.0

    inpatient 2025-11-03 2025-11-07, F 27
    dx U07.0
    dx J96.01
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.10.e", since="2020-04-01")
def vaping_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed disease of the lungs before U07.0."""
    diagnoses = coded(case)
    vaping = next(iter(of(diagnoses[1:], "U07.0")), None)
    for d in of(diagnoses[:1], "J68", "J69", "J80", "J82", "J84", "J96"):
        if vaping:
            move = Remedy("move", (vaping.code,), (d.code,), say="put U07.0 first")
            yield Finding(f"U07.0 comes before {d.code}", (d,), move)
