"""The trimester of a code and the week of the pregnancy do not agree.

The first trimester lasts to 13 weeks and 6 days, the second to 27 weeks and 6 days. A stay that crosses from one to the
other is coded by the trimester in which the complication arose, so one trimester earlier is let pass in a stay.

Examples:
    outpatient 2025-11-03, F 29
    dx O99.011    ! icd10cm/trimester_and_weeks
    dx Z3A.30

    outpatient 2025-11-03, F 29
    dx O99.013
    dx Z3A.30

    inpatient 2025-10-20 2025-11-07, F 29
    dx O99.012
    dx Z3A.28
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

TRIMESTERS = ("first", "second", "third")
SECOND, THIRD = 14, 28
"""The weeks with which the second and the third trimester begin."""
NUMBER = re.compile(r"Z3A\.([0-4]\d)")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.3 and I.C.21.c.11")
def trimester_and_weeks(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code whose trimester is not that of the week reported."""
    weeks = [int(found[1]) for d in coded(case) if (found := NUMBER.fullmatch(d.code.value)) and int(found[1]) > 1]
    if len(weeks) != 1:
        return
    now = 0 if weeks[0] < SECOND else 1 if weeks[0] < THIRD else 2
    for d in of(coded(case), "O"):
        title = books.icd10cm.title(d.code.value).lower()
        told = next((n for n, name in enumerate(TRIMESTERS) if f"{name} trimester" in title), now)
        if told > now or told < now - case.inpatient:
            ask = Remedy("ask", (d.code,), say=f"week {weeks[0]} lies in the {TRIMESTERS[now]} trimester")
            yield Finding(f"{d.code} tells the {TRIMESTERS[told]} trimester, and the week is {weeks[0]}", (d,), ask)
