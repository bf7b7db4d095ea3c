"""A delivery is reported without its outcome.

The mother's record of a delivery carries one code from Z37, always as a secondary diagnosis.

Examples:
    inpatient 2025-11-03 2025-11-05, F 29
    dx O80    ! icd10cm/outcome_of_delivery
    dx Z3A.39

    inpatient 2025-11-03 2025-11-05, F 29
    dx O80
    dx Z37.0
    dx Z3A.39
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

DELIVERY = ("O60.1", "O60.2", "O80", "O82")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.b.5 and I.C.21.c.11")
def outcome_of_delivery(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first code of a delivery in this stay, if no outcome is reported."""
    diagnoses = coded(case)
    if not case.inpatient or of(diagnoses, "Z37"):
        return
    for d in of(diagnoses, "O"):
        title = books.icd10cm.title(d.code.value)
        if d.code.value.startswith(DELIVERY) or title.endswith("complicating childbirth"):
            say = Remedy("add", say="add the outcome of delivery, a code from Z37")
            yield Finding(f"{d.code} is of a delivery, whose outcome (Z37) is not reported", (d,), say)
            return
