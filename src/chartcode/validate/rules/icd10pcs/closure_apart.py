"""Closing the wound of an operation is coded apart.

Opening a site, closing it, and joining the ends of a hollow part again belong to the operation. A repair of skin or
subcutaneous tissue on the day of an open operation is likely the closure of it; a repair of another wound is coded.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80
    px 0DTJ0ZZ @2025-11-04
    px 0JQ80ZZ @2025-11-04    ! icd10pcs/closure_apart

    inpatient 2025-11-03 2025-11-07, F 67
    dx S31.119A
    px 0JQ80ZZ @2025-11-04
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, operations
from chartcode.validate.rule import rule

CLOSURES = ("0JQ", "0HQ", "0KQ")


@rule(severity=INFO, authority="ICD-10-PCS Official Guidelines FY2026, B3.1b")
def closure_apart(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each repair of skin, fascia or muscle on the day of an open operation, where no wound is reported."""
    if any(re.fullmatch(r"[ST]\d[01]\..*|S[0-9]1.*|T81\.3.*", d.code.value) for d in coded(case)):
        return
    lines = operations(case)
    for line in lines:
        opened = next(
            (o for o in lines if o.code.value[4] == "0" and not o.code.value.startswith(CLOSURES) and o.on == line.on),
            None,
        )
        if line.code.value.startswith(CLOSURES) and opened:
            drop = Remedy("drop", (line.code,), say="drop it, if it is the closure of the operation")
            yield Finding(f"closing belongs to {opened.code}", (line,), drop)
