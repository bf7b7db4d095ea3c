"""A code is not in force on this day, and another one is in its place.

Codes are born and retired on 1 October and on 1 April. The discharge date of a stay, else the date of service, picks
the edition. The codes named here took the place of this one, or were used before it came.

Examples:
    outpatient 2025-11-03, F 67
    dx M54.5    ! icd10cm/replaced

    outpatient 2021-09-30, F 67
    dx M54.50    ! icd10cm/replaced

    outpatient 2021-09-30, F 67
    dx M54.5
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import REPLACED, fault


@rule(
    severity=ERROR,
    authority="45 CFR 162.1002 and the ICD-10-CM conversion table",
    modes=(BILLING, MENTIONS),
)
def replaced(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that is of another day, with the codes that serve on this one."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == REPLACED:
            codes = ", ".join(found.instead)
            remedy = Remedy("replace", (d.code,), cm(*found.instead), safe=len(found.instead) == 1)
            yield Finding(f"{d.code} is not in force on {books.day}; on that day it is {codes}", (d,), remedy)
