"""The sex of the patient is not known.

Until September 2024 the editor returned an inpatient claim without it. Complete the registration; later claims carry
unknown as a value of its own.

Examples:
    inpatient 2024-09-01 2024-09-04, age 67    ! mce/invalid_sex
    dx I50.9 poa Y

    inpatient 2024-10-01 2024-10-04, age 67
    dx I50.9 poa Y

    inpatient 2024-09-01 2024-09-04, F 67
    dx I50.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=WARNING,
    authority="CMS, Definitions of Medicare Code Edits, invalid sex",
    url=CODE_EDITOR,
    until="2024-09-30",
)
def invalid_sex(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it is true of every edition
    """Yield one finding for an inpatient of unknown sex."""
    if case.inpatient and case.chart.patient.sex not in ("F", "M"):
        yield Finding("the sex of the patient is not known; the claim needs it")
