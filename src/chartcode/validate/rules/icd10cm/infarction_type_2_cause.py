"""A type 2 infarction stands first, before what brought it about.

Type 2 is an infarction from a mismatch of supply and demand: anemia, arrhythmia, shock, respiratory failure. The cause
is coded first, where it is known; if the record names none, ask.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I21.A1    ! icd10cm/infarction_type_2_cause
    dx I10

    inpatient 2025-11-03 2025-11-07, F 67
    dx K92.2
    dx I21.A1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.e.5", since="2017-10-01")
def infarction_type_2_cause(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a principal or first-listed type 2 infarction."""
    for d in of(coded(case)[:1], "I21.A1"):
        ask = Remedy("ask", (d.code,), say="ask for the cause of the mismatch, and code it first")
        yield Finding("the cause of a type 2 infarction is coded before it, where it is known", (d,), ask)
