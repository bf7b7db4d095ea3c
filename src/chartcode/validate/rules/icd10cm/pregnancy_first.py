"""A code of another chapter stands before the codes of pregnancy.

Chapter 15 codes have priority over all others on the mother's record; codes of other chapters only add detail. If the
pregnancy has nothing to do with the encounter, Z33.1 stands in the place of Chapter 15.

Examples:
    outpatient 2025-11-03, F 29
    dx D50.9      ! icd10cm/pregnancy_first
    dx O99.012
    dx Z3A.20

    outpatient 2025-11-03, F 29
    dx O99.012
    dx D50.9
    dx Z3A.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

REASONS = ("O", "Z3")
"""Chapter 15, and encounters for reproduction (Z30-Z3A), whose place other rules tell."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.1")
def pregnancy_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the first diagnosis, if a code of Chapter 15 stands behind it."""
    diagnoses = coded(case)
    pregnancy = of(diagnoses[1:], "O")
    if pregnancy and diagnoses[0] not in of(diagnoses, *REASONS):
        d, first_o = diagnoses[0], pregnancy[0].code
        move = Remedy("move", (first_o,), (d.code,), say=f"put {first_o} first")
        yield Finding(f"{first_o} comes before {d.code}: codes of pregnancy have priority", (d,), move)
