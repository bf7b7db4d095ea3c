"""A past condition is reported as a current one.

What was treated and no longer exists is not coded as a disease; a history code (Z85-Z87 and others) tells it where it
matters. "History of" is also said of chronic diseases that go on: then the record should show that the disease is
still there, and evidence from today belongs to the code.

Examples:
    outpatient 2025-11-03, F 67
    dx Z00.00    "annual visit"
    dx C50.911   "breast cancer" historical    ! icd10cm/historical_only

    outpatient 2025-11-03, F 67
    dx Z85.3    "breast cancer" historical
    dx I10      "hypertension" historical "blood pressure is controlled"
    dx I25.2    "MI" historical
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import HISTORICAL
from chartcode.validate.questions import assertions, coded, seventh
from chartcode.validate.rule import rule

OF_THE_PAST = ("B90", "B91", "B92", "B94", "E64", "E68", "G09", "I25.2", "I69", "O94", "U09", "Z")
"""Codes whose very meaning is something past: sequelae, old infarction, histories and states."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, III.A, IV.J and I.C.21.c.4")
def historical_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of a current condition that only words about the past support."""
    for d in coded(case):
        if assertions(d) == {HISTORICAL} and not d.code.value.startswith(OF_THE_PAST) and seventh(d) != "S":
            say = "report a history code, or find evidence that the condition is still present"
            yield Finding(f"{d.code} rests only on words about the past", (d,), Remedy("replace", (d.code,), say=say))
