"""An underdosing is reported without its reason.

Noncompliance (Z91.12-, Z91.13-, Z91.14-, Z91.A-) or a fault in care (Y63.6-Y63.9) tells why the patient took less,
if the record says so.

Examples:
    outpatient 2025-11-03, F 67
    dx I10
    dx T46.5X6A    ! icd10cm/underdosing_reason

    outpatient 2025-11-03, F 67
    dx I10
    dx T46.5X6A
    dx Z91.120
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, intent, of
from chartcode.validate.rule import rule

DRUGS = tuple(f"T{number}" for number in range(36, 51))
REASONS = ("Z91.12", "Z91.13", "Z91.14", "Z91.A", "Y63.6", "Y63.8", "Y63.9", "T85.6")


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.e.5.c")
def underdosing_reason(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each underdosing where no reason is reported."""
    if not of(coded(case), *REASONS):
        for d in of(coded(case), *DRUGS):
            if intent(d) == "6":
                yield Finding(
                    f"{d.code} goes with the reason of the underdosing, if known",
                    (d,),
                    Remedy("add", say="add the reason, if the record tells it"),
                )
