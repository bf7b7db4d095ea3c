"""A pneumonia is named beside the one that the ventilator brought.

J95.851 goes with the organism (B95-B97), not with a code from J12-J18. Only a patient who was admitted with a pneumonia
and got the other one later has both, the first one as principal diagnosis.

Examples:
    inpatient 2025-11-03 2025-11-27, F 67
    dx J95.851
    dx J15.1    ! icd10cm/ventilator_pneumonia

    inpatient 2025-11-03 2025-11-27, F 67
    dx J13
    dx J95.851
    dx B96.5
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.10.d.1")
def ventilator_pneumonia(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each pneumonia that is not the principal diagnosis, beside J95.851."""
    if of(coded(case), "J95.851"):
        for d in of(coded(case)[1:], "J12", "J13", "J14", "J15", "J16", "J17", "J18"):
            yield Finding(f"the organism goes with J95.851, not {d.code}", (d,), Remedy("drop", (d.code,)))
