"""A condition that the record denies is reported.

All words behind this code are negated ("no evidence of ...") or only speak of what might come ("return if ..."). What
the patient does not have is not coded.

Examples:
    ed 2025-11-03, F 67
    dx R07.9    "chest pain"
    dx I26.99   "pulmonary embolism" negated    ! icd10cm/negated_only

    ed 2025-11-03, F 67
    dx R07.9    "chest pain" "chest pain" negated
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import HYPOTHETICAL, NEGATED
from chartcode.validate.questions import assertions, coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, III and IV.J")
def negated_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code that only negated or hypothetical words support."""
    for d in coded(case):
        if assertions(d) and assertions(d) <= {NEGATED, HYPOTHETICAL} and not d.code.value.startswith("Z"):
            yield Finding(f"the record does not say that the patient has {d.code}", (d,), Remedy("drop", (d.code,)))
