"""Long-term use of antidiabetic drugs is reported with gestational diabetes.

O24.4 tells by its last character whether diet, oral drugs or insulin control the disease, so Z79.4, Z79.84 and Z79.85
are not added.

Examples:
    outpatient 2025-11-03, F 29
    dx O24.414
    dx Z3A.30
    dx Z79.4    ! icd10cm/gestational_diabetes_drugs

    outpatient 2025-11-03, F 29
    dx O24.414
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.i")
def gestational_diabetes_drugs(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the codes of antidiabetic drugs beside O24.4, unless another diabetes is reported too."""
    if of(coded(case), "O24.4") and not of(coded(case), "E08", "E09", "E10", "E11", "E13"):
        for d in of(coded(case), "Z79.4", "Z79.84", "Z79.85"):
            drop = Remedy("drop", (d.code,), safe=True)
            yield Finding(f"O24.4- tells how the diabetes is controlled; {d.code} is not added", (d,), drop)
