"""The place, the activity or the status of an injury is reported at a later encounter.

Y92, Y93 and Y99 are used once, at the initial encounter for treatment. All injuries here are in their subsequent phase
or are sequelae.

Examples:
    outpatient 2025-11-03, F 67
    dx S52.501D
    dx W19.XXXD
    dx Y92.009    ! icd10cm/place_at_later_encounter

    ed 2025-11-03, F 67
    dx S52.501A
    dx W19.XXXA
    dx Y92.009
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

ACTIVE = ("A", "B", "C")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.b, I.C.20.c and I.C.20.k")
def place_at_later_encounter(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each place, activity and status where no injury is in its active phase."""
    diagnoses = coded(case)
    phases = {seventh(d) for d in of(diagnoses, "S", "T", "V", "W", "X", "Y0", "Y1", "Y2", "Y3")} - {""}
    if phases and not phases & set(ACTIVE):
        for d in of(diagnoses, "Y92", "Y93", "Y99"):
            yield Finding(f"{d.code} is used only at the initial encounter", (d,), Remedy("drop", (d.code,), safe=True))
