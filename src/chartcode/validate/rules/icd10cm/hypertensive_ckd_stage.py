"""The hypertension code and the stage of the kidney disease do not agree.

I12.0, I13.11 and I13.2 are for stage 5 and end stage renal disease; I12.9, I13.0 and I13.10 for stages 1 to 4 and the
unspecified stage.

Examples:
    outpatient 2025-11-03, F 67
    dx I12.9    ! icd10cm/hypertensive_ckd_stage
    dx N18.6

    outpatient 2025-11-03, F 67
    dx I12.0
    dx N18.6
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

LAST_STAGE = {"I12.0": "I12.9", "I13.11": "I13.10", "I13.2": "I13.0"}
EARLIER = {earlier: last for last, earlier in LAST_STAGE.items()}


@rule(
    severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.a.2, and the tabular list at I12 and I13"
)
def hypertensive_ckd_stage(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each combined code that is for other stages than the one reported."""
    stages = of(coded(case), "N18")
    if not stages:
        return
    last = bool(of(stages, "N18.5", "N18.6"))
    for d in coded(case):
        instead = (EARLIER if last else LAST_STAGE).get(d.code.value)
        if instead:
            remedy = Remedy("replace", (d.code,), cm(instead), safe=True)
            yield Finding(f"{d.code} does not agree with {stages[0].code}; the code is {instead}", (d,), remedy)
