"""A burn of a lesser degree stands before one of a higher degree.

Where several burns are the reason for the encounter, the one of the highest degree comes first.

Examples:
    ed 2025-11-03, F 27
    dx T22.111A    ! icd10cm/highest_burn_first
    dx T24.311A

    ed 2025-11-03, F 27
    dx T24.311A
    dx T22.111A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
DEGREES = dict(zip("0123456 7".replace(" ", ""), (0, 1, 2, 3, 0, 1, 2, 3), strict=True))
"""The fourth character of a burn or corrosion, and its degree; 0 where it is not told."""
PLACE = 4


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.d.1")
def highest_burn_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed burn with a current one of a higher degree behind it."""
    burns = [d for d in of(coded(case), *BURNS) if seventh(d) == "A" and d.code.value[PLACE] in DEGREES]
    for d in burns[:1]:
        worst = max(burns, key=lambda burn: DEGREES[burn.code.value[PLACE]])
        if d == coded(case)[0] and DEGREES[worst.code.value[PLACE]] > DEGREES[d.code.value[PLACE]]:
            move = Remedy("move", (worst.code,), (d.code,), safe=True)
            yield Finding(f"{worst.code} is the burn of the highest degree and comes before {d.code}", (d,), move)
