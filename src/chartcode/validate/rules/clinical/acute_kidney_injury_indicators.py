"""The creatinine rises as in an acute kidney injury, and none is documented.

A rise to 1.5 times the lowest value of the stay, and by 0.3 mg/dL or more, is an indicator. A value alone is never
coded: ask the provider what it means. Kidneys that have failed for good are left aside.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! clinical/acute_kidney_injury_indicators
    fact lab creatinine; name: creatinine; value: 0.9; unit: mg/dl
    fact lab creatinine; name: creatinine; value: 2.1; unit: mg/dl
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab creatinine; name: creatinine; value: 0.9; unit: mg/dl
    fact lab creatinine; name: creatinine; value: 2.1; unit: mg/dl
    dx J18.9
    dx N17.9

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab creatinine; name: creatinine; value: 0.9; unit: mg/dl
    dx J18.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

RATIO, RISE = 1.5, 0.3
"""Times the lowest value; milligrams per deciliter."""
TOLD = ("N17", "N18.5", "N18.6", "N99.0", "O90.4", "T79.5", "P96.0", "Z99.2", "N19")


@rule(
    severity=QUERY,
    authority="KDIGO Clinical Practice Guideline for Acute Kidney Injury (2012), 2.1.1",
    url="https://kdigo.org/guidelines/acute-kidney-injury/",
)
def acute_kidney_injury_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay whose creatinine rises by half, without an injury or an end-stage disease of the kidneys."""
    values = lab(case, "creatinine", 0.1, 25)
    if not case.inpatient or len(values) < 2 or of(coded(case), *TOLD):
        return
    low, high = min(values), max(values)
    if high >= RATIO * low and high - low >= RISE:
        say = "ask what the change of the creatinine means"
        yield Finding(
            f"creatinine from {low:g} to {high:g} mg/dL, no kidney injury documented", (), Remedy("ask", say=say)
        )
