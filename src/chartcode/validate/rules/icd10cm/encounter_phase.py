"""The external cause tells another phase of care than the injury.

The seventh character of an external cause matches that of the injury: A while treatment is active, D while the patient
heals, S for a sequela. The letters of fractures count as the phase that they belong to.

Examples:
    outpatient 2025-11-03, F 67
    dx S52.501D
    dx W19.XXXA    ! icd10cm/encounter_phase

    outpatient 2025-11-03, F 67
    dx S52.501D
    dx W19.XXXD

    ed 2025-11-03, F 67
    dx S52.501B
    dx W19.XXXA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of, seventh
from chartcode.validate.rule import rule

PHASES = dict.fromkeys("ABC", "A") | dict.fromkeys("DEFGHJKMNPQR", "D") | {"S": "S"}


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.a.2")
def encounter_phase(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each external cause whose phase is that of no injury reported."""
    diagnoses = coded(case)
    phases = {PHASES[seventh(d)] for d in of(diagnoses, "S", "T", "M80", "M84") if seventh(d) in PHASES}
    for d in of(diagnoses, "V", "W", "X", "Y"):
        if phases and seventh(d) in ("A", "D", "S") and seventh(d) not in phases:
            meant = [d.code.value[:-1] + phase for phase in sorted(phases)]
            remedy = Remedy(
                "replace", (d.code,), cm(*(c for c in meant if books.icd10cm.valid(c))), safe=len(meant) == 1
            )
            yield Finding(f"{d.code} tells another phase of care than the injury ({', '.join(meant)})", (d,), remedy)
