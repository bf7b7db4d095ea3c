"""Sepsis that follows a procedure does not stand behind the infected site.

The infection of the surgical site (T81.41-T81.43, T81.49, O86.00-O86.03, O86.09) comes first, then the sepsis
following a procedure (T81.44, O86.04), then the organism or the systemic infection.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.01    ! icd10cm/sepsis_after_procedure_order
    dx T81.44XA
    dx T81.41XA

    inpatient 2025-11-03 2025-11-07, F 67
    dx T81.41XA
    dx T81.44XA
    dx A41.01
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.d.5.b", since="2018-10-01")
def sepsis_after_procedure_order(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a code of sepsis in front of the postprocedural infection that it follows."""
    diagnoses = coded(case)
    after = [d for d in of(diagnoses, "T81.4", "O86.0") if seventh(d) in ("", "A")]
    if of(after, "T81.44", "O86.04"):
        for d in of(diagnoses[: diagnoses.index(after[0])], "A40", "A41"):
            move = Remedy("move", (after[0].code,), (d.code,), say=f"put {after[0].code} first")
            yield Finding(f"{after[0].code} is the postprocedural infection and comes before {d.code}", (d,), move)
