"""The stage of a chronic kidney disease is not that of any filtration rate of the record.

Stage 1 is 90 and more, 2 is 60 to 89, 3a is 45 to 59, 3b is 30 to 44, 4 is 15 to 29, 5 less than 15 mL/min/1.73 m2. The
stage is the provider's to name: ask which is meant.

Examples:
    outpatient 2025-11-03, F 67
    fact lab eGFR; name: glomerular filtration rate; value: 24
    dx N18.31    ! clinical/kidney_disease_stage

    outpatient 2025-11-03, F 67
    fact lab eGFR; name: glomerular filtration rate; value: 52
    dx N18.31
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

STAGES = {
    "N18.1": (90, 999),
    "N18.2": (60, 90),
    "N18.30": (30, 60),
    "N18.31": (45, 60),
    "N18.32": (30, 45),
    "N18.4": (15, 30),
    "N18.5": (0, 15),
}


@rule(
    severity=QUERY,
    authority=(
        "KDIGO Clinical Practice Guideline for Chronic Kidney Disease (2024), 1.2; "
        "ICD-10-CM Official Guidelines FY2026, I.C.14.a.1"
    ),
    url="https://kdigo.org/guidelines/ckd-evaluation-and-management/",
)
def kidney_disease_stage(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stage that no filtration rate of the record lies in, if no acute injury stands beside it."""
    rates = lab(case, "glomerular filtration rate", 1, 200)
    if rates and not of(coded(case), "N17"):
        for d in of(coded(case), *STAGES):
            low, high = STAGES[d.code.value]
            if not any(low <= rate < high for rate in rates):
                ask = Remedy("ask", (d.code,), say="ask for the stage")
                known = ", ".join(f"{rate:g}" for rate in rates[:3])
                yield Finding(
                    f"{d.code} is {low} to {high}, and the record has {known} mL/min",
                    (d,),
                    ask,
                )
