"""Right and left are reported apart, where one code stands for both sides.

If the book has a bilateral code, a condition of both sides is reported by it alone. Where there is none, right and left
are reported each by its own code.

Examples:
    outpatient 2025-11-03, F 67
    dx M17.11    ! icd10cm/both_sides
    dx M17.12    ! icd10cm/both_sides

    outpatient 2025-11-03, F 67
    dx M17.0

    outpatient 2025-11-03, F 67
    dx M25.561
    dx M25.562
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.13")
def both_sides(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each pair of right and left codes that have a valid bilateral sibling."""
    by_code = {d.code.value: d for d in coded(case)}
    for code, d in by_code.items():
        if books.icd10cm.side(code) != "right":
            continue
        left = by_code.get(books.icd10cm.with_side(code, "left") or "")
        both = books.icd10cm.with_side(code, "bilateral") if left else None
        if left and both and books.icd10cm.valid(both):
            remedy = Remedy("replace", (d.code, left.code), cm(both), safe=True)
            yield Finding(f"{code} and {left.code} are both sides of one condition: {both}", (d, left), remedy)
