"""The extent of a burn is reported for a sequela.

T31 and T32 are for acute burns and corrosions, not for what they left behind.

Examples:
    outpatient 2025-11-03, F 27
    dx L90.5
    dx T24.311S
    dx T31.20    ! icd10cm/burn_extent_of_sequela

    ed 2025-11-03, F 27
    dx T24.311A
    dx T31.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

SITES = ("T20", "T21", "T22", "T23", "T24", "T25", "T26", "T27", "T28")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.d.6")
def burn_extent_of_sequela(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the extent where every burn is a sequela."""
    burns = of(coded(case), *SITES)
    if burns and all(seventh(d) == "S" for d in burns):
        for d in of(coded(case), "T31", "T32"):
            yield Finding(
                f"{d.code} is for acute burns, and {burns[0].code} is a sequela",
                (d,),
                Remedy("drop", (d.code,), safe=True),
            )
