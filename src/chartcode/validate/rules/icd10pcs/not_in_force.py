"""A procedure code is not in force on this day.

The day of discharge picks the edition. Check the date first; then build the code from the tables of that day.

Examples:
    inpatient 2026-04-28 2026-05-02, F 67
    dx C91.00 poa Y
    px 30233AZ @2026-04-29    ! icd10pcs/not_in_force

    inpatient 2025-11-03 2025-11-07, F 67
    dx C91.00 poa Y
    px 30233AZ @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import rule


@rule(severity=ERROR, authority="45 CFR 162.1002 and the official code list of each edition")
def not_in_force(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure code that is of another day, with the days on which it is valid."""
    for line in case.procedures:
        if line.code.system != ICD10PCS or books.icd10pcs.valid(line.code.value):
            continue
        spans = [
            f"from {i.first}" + (f" to {i.last}" if i.last else "") for i in books.icd10pcs.validity(line.code.value)
        ]
        if spans:
            yield Finding(f"{line.code} is not in force on {books.day}; it is valid {' and '.join(spans)}", (line,))
