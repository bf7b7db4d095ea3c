"""The week of a pregnancy is reported where it is not to be.

Z3A adds to codes of Chapter 15 on the mother's record. It is not used for a pregnancy with an abortive outcome
(O00-O08), for the elective termination of one (Z33.2), or after the delivery.

Examples:
    outpatient 2025-11-03, F 29
    dx O03.9
    dx Z3A.09    ! icd10cm/weeks_without_pregnancy_code

    outpatient 2025-11-03, F 29
    dx O90.81
    dx Z3A.39    ! icd10cm/weeks_without_pregnancy_code

    outpatient 2025-11-03, F 29
    dx Z33.2
    dx Z3A.10    ! icd10cm/weeks_without_pregnancy_code

    outpatient 2025-11-03, F 29
    dx O99.013
    dx Z3A.30
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

ABORTIVE = tuple(f"O0{n}" for n in range(9))
WITH_WEEKS = ("O", "Z33", "Z34", "Z36")
AFTER = re.compile(r"^(?!.*(?:childbirth|pregnancy|delivery)).*(?:puerperium|postpartum|puerperal)", re.IGNORECASE)


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.11")
def weeks_without_pregnancy_code(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the week where only abortive outcomes, only postpartum conditions, or nothing of a pregnancy stands."""
    around = of(coded(case), *WITH_WEEKS)
    if not around:
        why = "no code of a pregnancy is reported"
    elif len(of(around, *ABORTIVE, "Z33.2")) == len(around):
        why = f"{around[0].code} is the end of a pregnancy"
    elif all(AFTER.search(books.icd10cm.title(d.code.value)) for d in around):
        why = f"{around[0].code} is of the time after the delivery"
    else:
        return
    for d in of(coded(case), "Z3A"):
        yield Finding(f"{d.code} is not added: {why}", (d,), Remedy("drop", (d.code,)))
