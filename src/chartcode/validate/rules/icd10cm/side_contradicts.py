"""The code names one side of the body, and its words name the other.

The words behind the code name a side, and none of them the code's. A slip here sends the claim, and sometimes the
surgeon, to the wrong side.

Examples:
    outpatient 2025-11-03, F 67
    dx M25.562    "pain in the right knee"    ! icd10cm/side_contradicts

    outpatient 2025-11-03, F 67
    dx M25.561    "pain in the right knee"
    dx M25.521    "elbow pain"
    dx I63.312    "right-sided weakness" "left MCA infarct"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, sides_said
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.13")
def side_contradicts(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code for the right or the left whose evidence names only the other side."""
    for d in coded(case):
        side = books.icd10cm.side(d.code.value)
        other = {"right": "left", "left": "right"}.get(side or "")
        if other and sides_said(d) == {other}:
            sibling = books.icd10cm.with_side(d.code.value, other)
            remedy = Remedy("replace", (d.code,), cm(sibling) if sibling else (), "look up the side in the record")
            yield Finding(f"{d.code} is for the {side} side, but its words say {other}", (d,), remedy)
