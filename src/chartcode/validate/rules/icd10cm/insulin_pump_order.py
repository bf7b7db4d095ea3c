"""Too much or too little insulin from a failing pump stands before the failure.

The mechanical complication of the pump (T85.6-) comes first, then the underdosing (T38.3X6-) or the accidental
poisoning (T38.3X1-), then the diabetes.

Examples:
    ed 2025-11-03, F 27
    dx T38.3X1A    ! icd10cm/insulin_pump_order
    dx T85.694A
    dx E10.649

    ed 2025-11-03, F 27
    dx T85.694A
    dx T38.3X1A
    dx E10.649
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

PUMP = ("T85.614", "T85.624", "T85.633", "T85.694")
"""Mechanical complications of an insulin pump."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.4.a.5")
def insulin_pump_order(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the first diagnosis, if it is diabetes or its drug and a failing pump stands behind it."""
    diagnoses = coded(case)
    pump = next((d for d in of(diagnoses[1:], *PUMP) if seventh(d) == "A"), None)
    if pump and of(diagnoses, "T38.3X1", "T38.3X6"):
        for d in of(diagnoses[:1], "T38.3X", "E08", "E09", "E10", "E11", "E13"):
            move = Remedy("move", (pump.code,), (d.code,), say=f"put {pump.code} first")
            yield Finding(f"{pump.code} is the failure of the pump and comes before {d.code}", (d,), move)
