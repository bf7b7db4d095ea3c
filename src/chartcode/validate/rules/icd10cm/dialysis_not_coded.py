"""End stage renal disease is reported, dialysis is documented, and Z99.2 is missing.

N18.6 asks for the dependence on dialysis in addition.

Examples:
    outpatient 2025-11-03, F 67
    fact procedure hemodialysis three times a week
    dx N18.6    ! icd10cm/dialysis_not_coded

    outpatient 2025-11-03, F 67
    fact procedure hemodialysis three times a week
    dx N18.6
    dx Z99.2

    outpatient 2025-11-03, F 67
    dx N18.6    "end stage renal disease"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of, says
from chartcode.validate.rule import rule

DIALYSIS = re.compile(r"\b(?:hemo|haemo|peritoneal )?dialysis\b|\b(?:CAPD|CCPD)\b", re.IGNORECASE)


@rule(
    severity=WARNING,
    authority="the 'use additional code' note at N18.6; ICD-10-CM Official Guidelines FY2026, I.C.14.a.1",
)
def dialysis_not_coded(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield N18.6 where dialysis is documented and not reported."""
    endstage = of(coded(case), "N18.6")
    if endstage and not of(coded(case), "Z99.2") and says(case, DIALYSIS):
        for d in endstage:
            yield Finding("dialysis is documented: add Z99.2", (d,), Remedy("add", cm("Z99.2")))
