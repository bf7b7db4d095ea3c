"""A code says that the place, the activity or the status is not known.

Y92.9, Y93.9 and Y99.9 are not used where the record is silent: leave them out.

Examples:
    ed 2025-11-03, F 27
    dx S93.401A
    dx Y92.9    ! icd10cm/place_not_stated

    ed 2025-11-03, F 27
    dx S93.401A
    dx Y92.009
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.b, I.C.20.c and I.C.20.k")
def place_not_stated(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each such code."""
    for d in of(coded(case), "Y92.9", "Y93.9", "Y99.9"):
        yield Finding(f"{d.code} tells nothing; leave it out", (d,), Remedy("drop", (d.code,), safe=True))
