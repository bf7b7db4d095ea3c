"""A diagnosis or procedure does not fit the sex of the patient.

The edit was switched off for discharges from 1 October 2024; codes still name organs, but a claim is no longer refused
for it.

Examples:
    inpatient 2024-09-01 2024-09-04, M 67
    dx N80.9    ! mce/sex_conflict
    px 0UT90ZZ @2024-09-01    ! mce/sex_conflict

    inpatient 2024-10-01 2024-10-04, M 67
    dx N80.9

    inpatient 2024-09-01 2024-09-04, F 67
    dx N80.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.code import ICD10PCS
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, sex conflict",
    url=CODE_EDITOR,
    until="2024-09-30",
)
def sex_conflict(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code of an inpatient that the editor's lists keep for the other sex."""
    other = {"F": "male", "M": "female"}.get(case.chart.patient.sex or "")
    if case.inpatient and other:
        for d in coded(case):
            if other in books.icd10cm.flags(d.code.value):
                yield Finding(f"{d.code} is for {other} patients only", (d,))
        for line in case.procedures:
            if line.code.system == ICD10PCS and other in books.icd10pcs.flags(line.code.value):
                yield Finding(f"{line.code} is for {other} patients only", (line,))
