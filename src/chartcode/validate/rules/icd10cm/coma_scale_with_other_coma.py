"""A coma scale is reported with a coma that no injury caused.

R40.2A is the coma from an underlying disease; the codes of the coma scale are for injuries of the brain and do not go
with it.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx E15
    dx R40.2A
    dx R40.2430    ! icd10cm/coma_scale_with_other_coma

    inpatient 2025-11-03 2025-11-07, F 67
    dx E15
    dx R40.2A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.e.1", since="2023-10-01")
def coma_scale_with_other_coma(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of a coma scale beside R40.2A."""
    if of(coded(case), "R40.2A"):
        for d in of(coded(case), "R40.21", "R40.22", "R40.23", "R40.24"):
            yield Finding(f"{d.code} does not go with R40.2A", (d,), Remedy("drop", (d.code,)))
