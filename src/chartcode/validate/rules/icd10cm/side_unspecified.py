"""The code leaves the side open, and its words name it.

Codes for an unspecified side are for records that do not tell the side. This one does, and the book has a code for it.

Examples:
    outpatient 2025-11-03, F 67
    dx M25.569    "pain in the right knee"    ! icd10cm/side_unspecified

    outpatient 2025-11-03, F 67
    dx M25.569    "knee pain"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, sides_said
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.13 and I.B.18")
def side_unspecified(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code for an unspecified side whose evidence names one side."""
    for d in coded(case):
        said = sides_said(d)
        if books.icd10cm.side(d.code.value) == "unspecified" and len(said) == 1:
            side = next(iter(said))
            sibling = books.icd10cm.with_side(d.code.value, side)
            if sibling and books.icd10cm.valid(sibling):
                remedy = Remedy("replace", (d.code,), cm(sibling))
                yield Finding(f"{d.code} leaves the side open, but its words say {side}: {sibling}", (d,), remedy)
