"""Two diagnoses that exclude each other are both reported.

An Excludes1 note says "not coded here": the two conditions are not expected in one patient at one time. Keep the one
that the record supports. If the record shows that they are unrelated, both may stand: override this rule and say why;
if the record does not tell, ask the clinician.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx E11.9    ! icd10cm/excludes1
    dx E10.9    ! icd10cm/excludes1

    outpatient 2025-11-03, F 67
    dx E11.9
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.12.a")
def excludes1(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each pair of codes that a note keeps apart."""
    by_code = {d.code.value: d for d in coded(case)}
    for one, other, note in books.icd10cm.exclusive_pairs(by_code):
        pair = (by_code[one], by_code[other])
        remedy = Remedy("drop", tuple(d.code for d in pair), say="keep the one that the record supports")
        yield Finding(f"{one} and {other} exclude each other (Excludes1 note at {note.at})", pair, remedy)
