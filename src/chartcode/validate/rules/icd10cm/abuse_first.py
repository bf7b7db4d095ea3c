"""An injury stands before the abuse or neglect that it comes from.

T74 (confirmed) or T76 (suspected) comes first, then injuries and mental disorders.

Examples:
    ed 2025-11-03, F 7
    dx S52.501A    ! icd10cm/abuse_first
    dx T74.12XA

    ed 2025-11-03, F 7
    dx T74.12XA
    dx S52.501A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.f")
def abuse_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed injury or mental disorder before a current abuse."""
    diagnoses = coded(case)
    abuse = next((d for d in of(diagnoses[1:], "T74", "T76") if seventh(d) == "A"), None)
    for d in of(diagnoses[:1], "S", "F"):
        if abuse:
            move = Remedy("move", (abuse.code,), (d.code,), say=f"put {abuse.code} first")
            yield Finding(f"{abuse.code} comes before {d.code}", (d,), move)
