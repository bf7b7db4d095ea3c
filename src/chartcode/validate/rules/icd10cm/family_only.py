"""A condition of a relative is reported as the patient's own.

All words behind this code speak of the family or of another person. What a relative has is reported, if at all, by a
code of family history (Z80-Z84).

Examples:
    outpatient 2025-11-03, F 67
    dx Z00.00    "annual visit"
    dx C18.9     "colon cancer" family in family history    ! icd10cm/family_only

    outpatient 2025-11-03, F 67
    dx Z00.00    "annual visit"
    dx Z80.0     "colon cancer" family in family history
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import FAMILY, OTHER_PERSON
from chartcode.validate.questions import assertions, coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.4")
def family_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code, other than Z codes, that only words about another person support."""
    for d in coded(case):
        if assertions(d) and assertions(d) <= {FAMILY, OTHER_PERSON} and not d.code.value.startswith("Z"):
            say = "drop it, or report the family history (Z80-Z84)"
            yield Finding(f"{d.code} is said of another person", (d,), Remedy("drop", (d.code,), say=say))
