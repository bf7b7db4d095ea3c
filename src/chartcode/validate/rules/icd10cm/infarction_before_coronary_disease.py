"""Coronary disease stands before the acute infarction.

If a patient with coronary artery disease is admitted for an acute myocardial infarction, the infarction comes first.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I25.10 poa Y    ! icd10cm/infarction_before_coronary_disease
    dx I21.4 poa Y

    inpatient 2025-11-03 2025-11-07, F 67
    dx I21.4 poa Y
    dx I25.10 poa Y

    inpatient 2025-11-03 2025-11-07, F 67
    dx I25.10 poa Y
    dx I21.4 poa N
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.b")
def infarction_before_coronary_disease(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a principal diagnosis of coronary disease, if an infarction was present on admission."""
    diagnoses = coded(case)
    acute = next(
        (d for d in of(diagnoses[1:], "I21.0", "I21.1", "I21.2", "I21.3", "I21.4", "I21.9") if d.poa == "Y"), None
    )
    for d in of(diagnoses[:1], "I25.1", "I25.7", "I25.81") if case.inpatient else ():
        if acute:
            move = Remedy("move", (acute.code,), (d.code,), say=f"put {acute.code} first")
            yield Finding(f"{acute.code} was present on admission and comes before {d.code}", (d,), move)
