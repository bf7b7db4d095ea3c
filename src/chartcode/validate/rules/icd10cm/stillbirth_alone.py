"""A stillbirth is reported with other codes.

P95 is for institutions that keep a record of the stillborn, on which no other code stands; it is never used on the
mother's record.

Examples:
    inpatient 2025-11-03 2025-11-03, F, age 0 days
    dx P95    ! icd10cm/stillbirth_alone
    dx P07.18

    inpatient 2025-11-03 2025-11-03, F, age 0 days
    dx P95
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.16.g")
def stillbirth_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield P95 beside any other code."""
    if len(coded(case)) > 1:
        for d in of(coded(case), "P95"):
            yield Finding("no other code stands beside P95", (d,), Remedy("ask", (d.code,)))
