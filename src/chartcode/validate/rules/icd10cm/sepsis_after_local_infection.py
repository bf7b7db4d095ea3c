"""A local infection stands before the sepsis that was present on admission.

If sepsis and a local infection, such as pneumonia, are both the reason for admission, the systemic infection is the
principal diagnosis and the local one is secondary. Only sepsis that arose after admission follows the local infection.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y    ! icd10cm/sepsis_after_local_infection
    dx A41.9 poa Y

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y
    dx A41.9 poa N

    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9 poa Y
    dx J18.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

SEPSIS = ("A40", "A41")
LOCAL = (
    *(
        "J12",
        "J13",
        "J14",
        "J15",
        "J16",
        "J18",
        "J69.0",
        "J85",
        "J86",
        "N10",
        "N15.1",
        "N30.0",
        "N39.0",
        "N45",
        "N49.3",
    ),
    *("L02", "L03", "L08", "K35", "K57.2", "K57.8", "K63.1", "K65", "K80.3", "K81.0", "K83.0", "M00", "M72.6", "M86"),
    *("G00", "G06", "I33", "A04.7", "A09", "N70", "N71"),
)
"""Local infections that commonly bring sepsis; complications of care and of childbirth have orders of their own."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.d.4")
def sepsis_after_local_infection(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the principal diagnosis, if it is a local infection and sepsis was present on admission."""
    if not case.inpatient:
        return
    diagnoses = coded(case)
    sepsis = next((d for d in of(diagnoses[1:], *SEPSIS) if d.poa == "Y"), None)
    for d in of(diagnoses[:1], *LOCAL):
        if sepsis:
            move = Remedy("move", (sepsis.code,), (d.code,), say=f"make {sepsis.code} the principal diagnosis")
            yield Finding(f"{sepsis.code} was present on admission and comes before {d.code}", (d,), move)
