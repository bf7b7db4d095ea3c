"""A neoplasm of a transplanted organ does not follow the complication of the transplant.

The complication (T86.-) comes first, then C80.2, then the specific malignancy.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx C80.2    ! icd10cm/neoplasm_of_transplant_order
    dx T86.19
    dx C64.1

    inpatient 2025-11-03 2025-11-07, F 67
    dx T86.19
    dx C80.2
    dx C64.1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.2.r")
def neoplasm_of_transplant_order(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield C80.2 that no complication of a transplant precedes."""
    diagnoses = coded(case)
    for at, d in enumerate(diagnoses):
        if d.code.value == "C80.2" and not of(diagnoses[:at], "T86"):
            say = "report the complication of the transplant (T86.-) first"
            yield Finding(
                f"{d.code} follows the complication of the transplanted organ (T86.-)", (d,), Remedy("add", say=say)
            )
