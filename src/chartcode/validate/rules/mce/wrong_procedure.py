"""A wrong procedure was performed, or one on the wrong site or patient.

Medicare does not pay for a stay in which Y65.51, Y65.52 or Y65.53 is reported; related services are to be reported on a
claim of their own.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.11 poa Y
    dx Y65.51    ! mce/wrong_procedure

    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.11 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, wrong procedure performed; NCD 140.6 to 140.8",
    url=CODE_EDITOR,
)
def wrong_procedure(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each diagnosis of an inpatient that says so."""
    if case.inpatient:
        for d in coded(case):
            if "wrong procedure" in books.icd10cm.flags(d.code.value):
                yield Finding(f"{d.code} says that a wrong procedure was performed: Medicare does not pay", (d,))
