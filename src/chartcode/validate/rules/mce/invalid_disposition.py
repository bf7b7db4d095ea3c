"""The patient discharge status is not a valid one.

Two digits of the uniform bill tell where the patient went (01 home, 20 died, ...); the list changes by date, and the
status decides transfer payments. Look it up again in the discharge order.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67, disposition 99    ! mce/invalid_disposition
    dx I50.9 poa Y

    inpatient 2025-11-03 2025-11-07, F 67, disposition 06
    dx I50.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, invalid discharge status", url=CODE_EDITOR)
def invalid_disposition(case: Case, books: Books) -> Iterator[Finding]:
    """Yield one finding for a status of an inpatient that is not in force on the day."""
    status = case.chart.encounter.disposition
    if case.inpatient and status is not None and status.zfill(2) not in books.parameters["mce.dispositions"]:
        yield Finding(f"{status} is not a patient discharge status on {books.day}")
