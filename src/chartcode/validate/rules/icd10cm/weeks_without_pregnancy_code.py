"""The week of a pregnancy is reported where it is not to be.

Z3A adds to codes of Chapter 15 on the mother's record. It is not used for a pregnancy with an abortive outcome
(O00-O08), for the elective termination of one (Z33.2), or after the delivery.

Examples:
    outpatient 2025-11-03, F 29
    dx O03.9
    dx Z3A.09    ! icd10cm/weeks_without_pregnancy_code

    outpatient 2025-11-03, F 29
    dx O99.013
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

ABORTIVE = tuple(f"O0{n}" for n in range(9))
WITH_WEEKS = ("O0", "O1", "O2", "O3", "O4", "O6", "O7", "O8", "O9", "Z33.1", "Z34", "Z36")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.11")
def weeks_without_pregnancy_code(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the week where only abortive outcomes, or nothing of a pregnancy, are reported."""
    around = of(coded(case), *WITH_WEEKS)
    ended = of(coded(case), *ABORTIVE, "Z33.2")
    if (ended and len(of(around, *ABORTIVE)) == len(around)) or not around:
        for d in of(coded(case), "Z3A"):
            why = f"{ended[0].code} is an abortive outcome" if ended else "no code of Chapter 15 is reported"
            yield Finding(f"{d.code} is not added: {why}", (d,), Remedy("drop", (d.code,)))
