"""A code is not in force on this day, and no code is named in its place.

The discharge date of a stay, else the date of service, picks the edition. Check the date first; then look the condition
up in the edition of that day.

Examples:
    outpatient 2025-11-03, F 67
    dx C78.31    ! icd10cm/not_in_force

    outpatient 2026-11-03, F 67
    dx C78.31
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import NOT_IN_FORCE, fault


@rule(
    severity=ERROR,
    authority="45 CFR 162.1002 and the official code list of each edition",
    modes=(BILLING, MENTIONS),
)
def not_in_force(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that is of another day, with the days on which it is valid."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == NOT_IN_FORCE:
            spans = [
                f"from {i.first}" + (f" to {i.last}" if i.last else "") for i in books.icd10cm.validity(d.code.value)
            ]
            yield Finding(f"{d.code} is not in force on {books.day}; it is valid {' and '.join(spans)}", (d,))
