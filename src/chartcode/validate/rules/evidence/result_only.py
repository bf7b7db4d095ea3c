"""A diagnosis of an inpatient rests only on a result.

Abnormal findings of the laboratory, of images and of pathology are not coded in a stay unless the provider says what
they mean. Outside of stays, the interpreted report of a physician may be coded (IV.K).

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx R91.1 "nodule of the lung" in imaging    ! evidence/result_only

    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx R91.1 "nodule of the lung" in imaging "nodule of the lung" in assessment
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule

RESULTS = ("labs", "imaging", "specimen", "findings")


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, III.B and I.A.19")
def result_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis of a stay all of whose words stand under results."""
    for d in coded(case) if case.inpatient else ():
        places = {mention.section for mention in d.evidence}
        if places and places <= set(RESULTS):
            ask = Remedy("ask", (d.code,), say="ask the provider what the finding means")
            yield Finding(f"{d.code} rests only on a result", (d,), ask)
