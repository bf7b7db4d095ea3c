"""Two durations of mechanical ventilation are reported.

Each episode of ventilation has one code, by its consecutive hours. Two codes are right only for two episodes: a trial
of weaning is part of one, a new intubation after it is another.

Examples:
    inpatient 2025-11-03 2025-11-17, F 67
    dx J96.01
    px 5A1955Z @2025-11-03
    px 5A1935Z @2025-11-03    ! icd10pcs/ventilation_twice

    inpatient 2025-11-03 2025-11-17, F 67
    dx J96.01
    px 5A1955Z @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.rule import rule

DURATIONS = ("5A1935Z", "5A1945Z", "5A1955Z")


@rule(severity=INFO, authority="ICD-10-PCS Official Guidelines FY2026, B3.2; tables 5A1, duration")
def ventilation_twice(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a shorter ventilation that begins on the day of a longer one, or has no day."""
    lines = [line for line in case.procedures if line.code.value in DURATIONS]
    for line in lines:
        for other in lines:
            if other.code.value > line.code.value and (line.on is None or line.on == other.on):
                yield Finding(
                    f"{other.code} and {line.code} are two episodes, or one is wrong",
                    (line,),
                    Remedy("ask", (line.code,)),
                )
                break
