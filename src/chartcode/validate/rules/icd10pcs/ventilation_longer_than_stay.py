"""Mechanical ventilation lasted longer than the stay.

5A1945Z is for 24 to 96 consecutive hours, which do not fit in a stay that ends on the day it begins. Count from the
start of ventilation in this facility to its end. (More than 96 hours is an edit of the Medicare Code Editor.)

Examples:
    inpatient 2025-11-03 2025-11-03, F 67
    dx J96.01
    px 5A1945Z @2025-11-03    ! icd10pcs/ventilation_longer_than_stay

    inpatient 2025-11-03 2025-11-05, F 67
    dx J96.01
    px 5A1945Z @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority=("ICD-10-PCS tables 5A1, duration; Definitions of Medicare Code Edits, length of stay (over 96 hours)"),
    url=CODE_EDITOR,
)
def ventilation_longer_than_stay(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield ventilation of a day or more in a stay of one day."""
    encounter = case.chart.encounter
    if case.inpatient and encounter.first and encounter.first == encounter.last:
        for line in case.procedures:
            if line.code.value == "5A1945Z":
                replace = Remedy("replace", (line.code,), say="count the hours: 5A1935Z is for less than 24")
                yield Finding(f"{line.code} takes 24 hours, and the stay lasts one day", (line,), replace)
