"""A diagnosis has no words of the record behind it.

Every code must be defensible from the record. Show the words, or leave the code out. The rule speaks only of cases that
come with a record.

Examples:
    outpatient 2025-11-03, F 67
    note assessment: Hypertension, well controlled.
    dx I10    "Hypertension"
    dx E11.9    ! evidence/missing

    outpatient 2025-11-03, F 67
    dx I10
    dx E11.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.19 and I.B.14")
def missing(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis without evidence, where the case has documents."""
    if case.chart.documents:
        for d in coded(case):
            if not d.evidence:
                yield Finding(f"{d.code} has no words of the record behind it", (d,), Remedy("ask", (d.code,)))
