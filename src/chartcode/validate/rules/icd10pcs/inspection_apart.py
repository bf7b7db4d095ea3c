"""An inspection is coded apart from what was done at the place that was inspected.

Looking at a body part in order to do something there is part of doing it. An inspection is coded with another procedure
only if its approach is another one, or if it is all that was done.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K63.5
    px 0DBK8ZZ @2025-11-04
    px 0DJD8ZZ @2025-11-04    ! icd10pcs/inspection_apart

    inpatient 2025-11-03 2025-11-07, F 67
    dx K63.5
    px 0DBK8ZZ @2025-11-04
    px 0DJD8ZZ @2025-11-06
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B3.11a and B3.11c")
def inspection_apart(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each inspection on the day of another procedure of its body system and approach."""
    lines = operations(case)
    for line in lines:
        code = line.code.value
        for other in lines:
            beside = other.code.value
            same = beside[1] == code[1] and beside[4] == code[4] and other.on == line.on
            if code[2] == "J" and beside[2] != "J" and same:
                drop = Remedy("drop", (line.code,), say="drop it, if the place is the same")
                yield Finding(f"{other.code} includes the inspection, {line.code}", (line,), drop)
                break
