"""A poisoning or toxic effect stands after what it brought about.

For a poisoning (T36-T50, intent 1 to 4) or a toxic effect (T51-T65) the code of the substance comes first, then all
that it caused, then any abuse or dependence. Codes of pregnancy keep their priority.

Examples:
    ed 2025-11-03, F 27
    dx R40.20     ! icd10cm/poisoning_order
    dx T40.1X1A

    ed 2025-11-03, F 27
    dx T40.1X1A
    dx R40.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, intent, of, seventh
from chartcode.validate.rule import rule

SUBSTANCES = tuple(f"T{number}" for number in range(36, 66))
CAUSED = ("E", "F", "G", "I", "J", "K", "L", "N", "R")
"""Chapters whose conditions a poisoning brings about; injuries, sepsis, and pregnancy have orders of their own."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.e.5.b and I.C.19.e.5.d")
def poisoning_order(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the first diagnosis, if a current poisoning or toxic effect stands behind it."""
    diagnoses = coded(case)
    poisons = [d for d in of(diagnoses[1:], *SUBSTANCES) if intent(d) in tuple("1234") and seventh(d) == "A"]
    if poisons and diagnoses[0] in of(diagnoses, *CAUSED):
        d, poison = diagnoses[0], poisons[0].code
        move = Remedy("move", (poison,), (d.code,), say=f"put {poison} first")
        yield Finding(f"{poison} is a poisoning or toxic effect and comes before {d.code}, if it caused it", (d,), move)
