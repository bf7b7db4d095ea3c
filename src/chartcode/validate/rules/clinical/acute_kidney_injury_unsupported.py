"""An acute kidney injury is reported, and the creatinine of the record hardly changes.

The provider's statement is enough to code it (I.A.19); a payer will ask for the indicators all the same. Ask for them,
such as a baseline from before, or a low output of urine.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    fact lab creatinine; name: creatinine; value: 1.0; unit: mg/dl
    fact lab creatinine; name: creatinine; value: 1.1; unit: mg/dl
    dx J18.9
    dx N17.9    ! clinical/acute_kidney_injury_unsupported

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab creatinine; name: creatinine; value: 1.0; unit: mg/dl
    fact lab creatinine; name: creatinine; value: 2.4; unit: mg/dl
    dx J18.9
    dx N17.9

    inpatient 2025-11-03 2025-11-07, F 67
    dx N17.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

RISE = 0.3
"""Milligrams per deciliter."""


@rule(
    severity=QUERY,
    authority=(
        "KDIGO Clinical Practice Guideline for Acute Kidney Injury (2012), 2.1.1; "
        "ICD-10-CM Official Guidelines FY2026, I.A.19"
    ),
    url="https://kdigo.org/guidelines/acute-kidney-injury/",
)
def acute_kidney_injury_unsupported(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield N17, where two or more values rise by less than either measure."""
    values = lab(case, "creatinine", 0.1, 25)
    if len(values) > 1 and max(values) - min(values) < RISE and max(values) < 1.5 * min(values):
        for d in of(coded(case), "N17"):
            ask = Remedy("ask", (d.code,), say="ask for the indicators of the injury")
            yield Finding(f"{d.code}, and creatinine only from {min(values):g} to {max(values):g} mg/dL", (d,), ask)
