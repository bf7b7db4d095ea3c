"""A seventh character is missing, or is none that the code takes.

Where the tabular list defines seventh characters, for a category or deeper, every code below needs one of them as its
seventh character. For injuries the character tells the phase of care: A while treatment is active, D while the
patient heals, S for a sequela; fractures have more.

Examples:
    ed 2025-11-03, F 67
    dx S52.501     ! icd10cm/seventh_character
    dx W19.XXXQ    ! icd10cm/seventh_character

    ed 2025-11-03, F 67
    dx S52.501A
    dx W19.XXXA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import SEVENTH_CHARACTER, fault


@rule(
    severity=ERROR,
    authority="ICD-10-CM Official Guidelines FY2026, I.A.5",
    modes=(BILLING, MENTIONS),
)
def seventh_character(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code whose only fault is its seventh character, with the characters that it takes."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == SEVENTH_CHARACTER:
            taken = ", ".join(code[-1] for code in found.instead)
            remedy = Remedy(
                "replace", (d.code,), cm(*found.instead), "choose the character that the phase of care asks for"
            )
            yield Finding(f"{d.code} needs one of these as its seventh character: {taken}", (d,), remedy)
