"""Two levels of use of one substance are reported.

Of use, abuse and dependence of the same substance only the gravest is reported: dependence before abuse, abuse before
use.

Examples:
    outpatient 2025-11-03, F 47
    dx F10.10    ! icd10cm/substance_levels
    dx F10.20

    outpatient 2025-11-03, F 47
    dx F10.20
    dx F11.10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

LEVELS = {"9": 0, "1": 1, "2": 2}
"""The fourth character: use, abuse, dependence."""
PLACE = 4


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.5.b.2")
def substance_levels(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each level below the gravest of the same substance."""
    used = [d for d in of(coded(case), *(f"F1{n}" for n in (*range(7), 8, 9))) if len(d.code.value) > PLACE]
    for d in used:
        level = LEVELS.get(d.code.value[PLACE], 0)
        same = [o for o in used if o.code.value[:3] == d.code.value[:3]]
        gravest = max(same, key=lambda o: LEVELS.get(o.code.value[PLACE], 0))
        if level < LEVELS.get(gravest.code.value[PLACE], 0):
            yield Finding(f"{gravest.code} is graver than {d.code} and stands alone", (d,), Remedy("drop", (d.code,)))
