"""A normal delivery is reported together with what makes it not normal.

O80 is for a full-term delivery of a single healthy infant without any complication. It is always the principal
diagnosis, no other code of Chapter 15 stands beside it, and its outcome is Z37.0.

Examples:
    inpatient 2025-11-03 2025-11-05, F 29
    dx O80    ! icd10cm/normal_delivery
    dx O70.0
    dx Z37.0

    inpatient 2025-11-03 2025-11-05, F 29
    dx O80    ! icd10cm/normal_delivery
    dx Z37.2

    inpatient 2025-11-03 2025-11-05, F 29
    dx O80
    dx Z37.0
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, first, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.n")
def normal_delivery(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield O80, if another code contradicts it or it is not first."""
    diagnoses = coded(case)
    for d in of(diagnoses, "O80"):
        others = [o for o in of(diagnoses, "O", "Z37") if o.code.value not in ("O80", "Z37.0")]
        if others:
            yield Finding(f"O80 is not reported with {others[0].code}", (d,), Remedy("drop", (d.code,)))
        elif d != first(case):
            yield Finding("O80 is always the principal diagnosis", (d,), Remedy("move", (d.code,)))
