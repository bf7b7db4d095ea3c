"""The age of the patient is not between 0 and 124 years.

Correct the date of birth or the dates of the stay.

Examples:
    inpatient 2025-11-03 2025-11-07, F 131    ! mce/invalid_age
    dx I50.9 poa Y

    inpatient 2025-11-03 2025-11-07, F 102
    dx I50.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import CODE_EDITOR, rule

OLDEST = 124


@rule(severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, invalid age", url=CODE_EDITOR)
def invalid_age(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it is true of every edition
    """Yield one finding for an age that no patient has."""
    age = case.chart.patient.age
    if age is not None and not 0 <= age <= OLDEST:
        yield Finding(f"an age of {age} years is not valid; it lies between 0 and {OLDEST}")
