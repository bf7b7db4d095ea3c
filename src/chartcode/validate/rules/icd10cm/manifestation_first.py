"""A manifestation stands in the first place.

A code "in diseases classified elsewhere" names what a disease does, not the disease. The disease is reported first and
the manifestation after it; the manifestation is never the principal or first-listed diagnosis.

Examples:
    outpatient 2025-11-03, F 67
    dx G63    ! icd10cm/manifestation_first
    dx E85.4

    outpatient 2025-11-03, F 67
    dx E85.4
    dx G63
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import first, is_manifestation, place
from chartcode.validate.rule import rule


@rule(severity=ERROR, authority="ICD-10-CM Official Guidelines FY2026, I.A.13")
def manifestation_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is a manifestation that the Medicare Code Editor does not refuse anyway."""
    d = first(case)
    if d is None or not is_manifestation(d, books):
        return
    if case.inpatient and "manifestation" in books.icd10cm.flags(d.code.value):
        return
    move = Remedy("move", (d.code,), say="report the underlying disease first")
    yield Finding(f"{d.code} is a manifestation and cannot be the {place(case)} diagnosis", (d,), move)
