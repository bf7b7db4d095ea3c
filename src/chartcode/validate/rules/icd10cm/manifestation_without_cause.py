"""A manifestation is reported without the disease that causes it.

The tabular list names the diseases that must precede the code. None of them is reported before it. Where the list only
gives examples ("such as"), any diagnosis before it that is not a mere symptom is taken for the cause.

Examples:
    outpatient 2025-11-03, F 67
    dx R29.6
    dx G63      ! icd10cm/manifestation_without_cause

    outpatient 2025-11-03, F 67
    dx E85.4
    dx G63
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Diagnosis, Finding, Remedy
from chartcode.validate.questions import coded, is_manifestation
from chartcode.validate.rule import rule

NO_DISEASE = ("R", "V", "W", "X", "Y", "Z")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.13")
def manifestation_without_cause(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each manifestation after the first place that follows no disease that could cause it."""
    diagnoses = coded(case)
    for at, d in enumerate(diagnoses):
        if at and is_manifestation(d, books) and not any(_causes(b, d, books) for b in diagnoses if b is not d):
            ask = Remedy("add", say="report the underlying disease before it")
            yield Finding(f"{d.code} is a manifestation, and no disease that causes it is reported", (d,), ask)


def _causes(other: Diagnosis, manifestation: Diagnosis, books: Books) -> bool:
    notes = books.icd10cm.code_first(manifestation.code.value)
    if any(books.icd10cm.covers(note.targets, other.code.value) for note in notes):
        return True
    examples_only = any("such as" in note.lead or "such as" in note.text for note in notes) or not notes
    disease = not other.code.value.startswith(NO_DISEASE) and not is_manifestation(other, books)
    return examples_only and disease
