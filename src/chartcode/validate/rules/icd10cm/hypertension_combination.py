"""Hypertension stands apart from the heart or kidney disease that it is presumed to cause.

The classification links hypertension with heart failure and certain other heart diseases (I50, I51.4-I51.7, I51.89,
I51.9) and with chronic kidney disease (N18), whether or not the record does: with the heart it is I11, with the kidney
I12, with both I13. If the record says that they are unrelated, override this rule and say where.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I50.23
    dx I10    ! icd10cm/hypertension_combination

    inpatient 2025-11-03 2025-11-07, F 67
    dx I12.9    ! icd10cm/hypertension_combination
    dx N18.32
    dx I50.23

    inpatient 2025-11-03 2025-11-07, F 67
    dx I13.0
    dx I50.23
    dx N18.32

    outpatient 2025-11-03, F 67
    dx I10
    dx I25.10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

HEART = ("I50", "I51.4", "I51.5", "I51.7", "I51.89", "I51.9")
END_STAGE = ("N18.5", "N18.6")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.a.1 to I.C.9.a.3")
def hypertension_combination(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of hypertension that leaves out a heart or kidney disease that is reported."""
    diagnoses = coded(case)
    heart = of(diagnoses, *HEART)
    kidney = of(diagnoses, "N18")
    for d in of(diagnoses, "I10", "I11", "I12"):
        with_heart = bool(heart) or d.code.value.startswith("I11")
        with_kidney = bool(kidney) or d.code.value.startswith("I12")
        category = {(True, True): "I13", (True, False): "I11", (False, True): "I12"}.get(
            (with_heart, with_kidney), "I10"
        )
        if not d.code.value.startswith(category):
            failure = bool(of(heart, "I50")) or d.code.value == "I11.0"
            last_stage = bool(of(kidney, *END_STAGE)) or d.code.value == "I12.0"
            instead = _code(category, failure=failure, last_stage=last_stage)
            yield Finding(
                f"{d.code} with {' and '.join(str(h.code) for h in (*heart[:1], *kidney[:1]))} is coded {instead}",
                (d,),
                Remedy("replace", (d.code,), cm(instead)),
            )


def _code(category: str, *, failure: bool, last_stage: bool) -> str:
    """Return the code of a combined category."""
    if category == "I11":
        return "I11.0" if failure else "I11.9"
    if category == "I12":
        return "I12.0" if last_stage else "I12.9"
    return {(True, True): "I13.2", (True, False): "I13.0", (False, True): "I13.11", (False, False): "I13.10"}[
        failure, last_stage
    ]
