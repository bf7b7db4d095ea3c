"""The extent of a burn stands before the burn.

T31 and T32 tell how much of the body is burnt. Where the sites are coded, they add to them, and the burn of the highest
degree comes first.

Examples:
    ed 2025-11-03, F 27
    dx T31.20    ! icd10cm/burn_extent_first
    dx T24.311A

    ed 2025-11-03, F 27
    dx T24.311A
    dx T31.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.d.6")
def burn_extent_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed extent, if a burn of a site stands behind it."""
    diagnoses = coded(case)
    site = next(iter(of(diagnoses[1:], "T20", "T21", "T22", "T23", "T24", "T25")), None)
    for d in of(diagnoses[:1], "T31", "T32"):
        if site:
            move = Remedy("move", (site.code,), (d.code,), safe=True)
            yield Finding(f"{site.code} tells the site and degree, and comes before {d.code}", (d,), move)
