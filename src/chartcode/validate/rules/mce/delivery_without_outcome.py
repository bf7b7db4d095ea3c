"""A delivery is coded as a procedure, and no diagnosis tells its outcome.

A vaginal or cesarean delivery goes with one code of Z37 among the secondary diagnoses. Without it the editor doubts the
admission.

Examples:
    inpatient 2025-11-03 2025-11-05, F 29
    dx O70.1 poa Y
    px 10D00Z1 @2025-11-03    ! mce/delivery_without_outcome

    inpatient 2025-11-03 2025-11-05, F 29
    dx O70.1 poa Y
    dx Z37.0
    px 10D00Z1 @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.code import ICD10PCS
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule

DELIVERIES = frozenset({"vaginal delivery", "cesarean section"})


@rule(
    severity=WARNING,
    authority="CMS, Definitions of Medicare Code Edits, questionable obstetric admission",
    url=CODE_EDITOR,
    since="2018-10-01",
)
def delivery_without_outcome(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each delivery of an inpatient without an outcome of delivery among the secondary diagnoses."""
    if not case.inpatient or any("outcome of delivery" in books.icd10cm.flags(d.code.value) for d in coded(case)[1:]):
        return
    for line in case.procedures:
        if line.code.system == ICD10PCS and DELIVERIES & books.icd10pcs.flags(line.code.value):
            ask = Remedy("ask", say="add the outcome of the delivery, a code of Z37")
            yield Finding(f"{line.code} is a delivery, and no secondary diagnosis tells its outcome", (line,), ask)
