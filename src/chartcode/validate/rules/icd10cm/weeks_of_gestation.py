"""A code of pregnancy is reported without the week.

Chapter 15 asks for Z3A in addition, if the week is known. It is not used with abortive outcomes (O00-O08), with
conditions after delivery, or with an elective termination.

Examples:
    outpatient 2025-11-03, F 29
    dx O99.012    ! icd10cm/weeks_of_gestation
    dx D50.9

    outpatient 2025-11-03, F 29
    dx O99.012
    dx D50.9
    dx Z3A.20

    outpatient 2025-11-03, F 29
    dx O03.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

NOT_ASKED = (*(f"O0{n}" for n in range(9)), "O72", *(f"O{n}" for n in range(85, 95)))
"""Abortive outcomes, and what happens after delivery."""


@rule(severity=INFO, authority="the note at Chapter 15; ICD-10-CM Official Guidelines FY2026, I.C.21.c.11")
def weeks_of_gestation(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first code of a current pregnancy, if no week is reported."""
    diagnoses = coded(case)
    if of(diagnoses, "Z3A", "Z33.2"):
        return
    for d in of(diagnoses, "O"):
        after = "puerperium" in books.icd10cm.title(d.code.value) and "pregnancy" not in books.icd10cm.title(
            d.code.value
        )
        if not d.code.value.startswith(NOT_ASKED) and not after:
            yield Finding(
                "add the week of gestation (Z3A), if it is known", (d,), Remedy("add", say="add a code from Z3A")
            )
            return
