"""A superficial injury is reported beside a graver one of the same region and side.

Abrasions and contusions at the site of a more severe injury are not coded. The region and the side are the same here;
if the site is not, keep both.

Examples:
    ed 2025-11-03, F 67
    dx S82.001A
    dx S80.211A    ! icd10cm/superficial_injury

    ed 2025-11-03, F 67
    dx S82.001A
    dx S80.212A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

GRAVER = tuple("12345678")
"""Fourth characters of injuries that are more than superficial: wounds, fractures, dislocations, vessels, ..."""


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.b.1")
def superficial_injury(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each superficial injury with a graver one of its region and side."""
    current = [d for d in of(coded(case), "S") if seventh(d) in ("A", "B", "C")]
    for d in current:
        if d.code.value[2] != "0":
            continue
        side = books.icd10cm.side(d.code.value)
        for other in current:
            same = other.code.value[1] == d.code.value[1] and books.icd10cm.side(other.code.value) == side
            if same and side and other.code.value[2] in GRAVER:
                drop = Remedy("drop", (d.code,), say="drop it, if the site is the same")
                yield Finding(f"{d.code} is superficial, and {other.code} is of the same region and side", (d,), drop)
                break
