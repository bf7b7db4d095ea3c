"""Aftercare is reported for an injury that tells the phase of care itself.

Where seventh characters tell subsequent care, the aftercare codes (Z42-Z49, Z51) are not used: the injury code with
D, or the letter of the fracture, says it. Aftercare that follows a joint replacement or a procedure for a disease
stays.

Examples:
    outpatient 2025-11-03, F 67
    dx Z47.89    ! icd10cm/aftercare_with_injury
    dx S52.501D

    outpatient 2025-11-03, F 67
    dx S52.501D

    outpatient 2025-11-03, F 67
    dx Z47.1
    dx Z96.651
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

AFTERCARE = ("Z47.2", "Z47.8", "Z48", "Z51.89")
HEALING = "DEFGHJKMNPQR"


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.a and I.C.21.c.7")
def aftercare_with_injury(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of aftercare beside an injury whose seventh character tells subsequent care."""
    diagnoses = coded(case)
    healing = next((d for d in of(diagnoses, "S", "T") if seventh(d) and seventh(d) in HEALING), None)
    if healing:
        for d in of(diagnoses, *AFTERCARE):
            yield Finding(
                f"{healing.code} tells the aftercare itself; {d.code} is not added", (d,), Remedy("drop", (d.code,))
            )
