"""The gestational age of a newborn stands before the birth weight.

Where both are known, two codes from P07 are reported: the birth weight (P07.0, P07.1) before the gestational age
(P07.2, P07.3).

Examples:
    inpatient 2025-11-03 2025-11-25, F, age 0 days
    dx Z38.00
    dx P07.35    ! icd10cm/birth_weight_order
    dx P07.17

    inpatient 2025-11-03 2025-11-25, F, age 0 days
    dx Z38.00
    dx P07.17
    dx P07.35
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.16.d")
def birth_weight_order(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the gestational age that stands before the birth weight."""
    diagnoses = coded(case)
    weights = of(diagnoses, "P07.0", "P07.1")
    for d in of(diagnoses, "P07.2", "P07.3"):
        if weights and diagnoses.index(d) < diagnoses.index(weights[0]):
            move = Remedy("move", (weights[0].code,), (d.code,), safe=True)
            yield Finding(f"the birth weight, {weights[0].code}, comes before {d.code}", (d,), move)
