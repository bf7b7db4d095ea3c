"""The same operation on the right and the left is coded apart, where one value stands for both.

If the table has a bilateral body part, an identical procedure on both sides is one code. Where it has none, each side
is coded.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx N64.82
    px 0HRT0JZ @2025-11-04    ! icd10pcs/both_sides
    px 0HRU0JZ @2025-11-04    ! icd10pcs/both_sides

    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.0
    px 0SRC0J9 @2025-11-04
    px 0SRD0J9 @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule

PART = 3
"""Place of the body part in a code."""


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B4.3")
def both_sides(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each pair of right and left with a bilateral value of the same name."""
    lines = {line.code.value: line for line in operations(case)}
    for (code, line), (other, second) in permutations(lines.items(), 2):
        if other[:PART] != code[:PART] or other[PART + 1 :] != code[PART + 1 :] or second.on != line.on:
            continue
        name, comma, side = _part(code, books).rpartition(", ")
        if not comma or side != "Right" or _part(other, books) != f"{name}, Left":
            continue
        values = books.icd10pcs.complete(f"{code[:PART]}?{code[PART + 1 :]}")
        both = next((value for value in values if _part(value, books) == f"{name}, Bilateral"), None)
        if both:
            ask = Remedy("ask", (line.code, second.code), say=f"report {both} once")
            yield Finding(f"{code} and {other} are both sides: {both}", (line, second), ask)


def _part(code: str, books: Books) -> str:
    """Return the words of a code's body part, or the empty string."""
    labels = books.icd10pcs.labels(code) if books.icd10pcs.valid(code) else ()
    return labels[PART][2] if len(labels) > PART else ""
