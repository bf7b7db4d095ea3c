"""A procedure on one side points to a diagnosis of the other side.

The line's modifier says right or left, and every diagnosis with a side that it points to is of the other one.

Examples:
    outpatient 2025-11-03, F 67
    dx M17.12
    px 73562 -RT -> M17.12    ! claim/side_of_procedure

    outpatient 2025-11-03, F 67
    dx M17.11
    dx M17.12
    px 73562 -RT -> M17.11 M17.12

    outpatient 2025-11-03, F 67
    dx M17.0
    px 73562 -RT -> M17.0
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.rule import rule

SIDES = {"RT": "right", "LT": "left"}


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, I.B.13; HCPCS modifiers LT and RT",
)
def side_of_procedure(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line whose side is that of none of its diagnoses that have one."""
    for line in case.procedures:
        done = {SIDES[modifier] for modifier in line.modifiers if modifier in SIDES}
        reasons = {books.icd10cm.side(code) for code in line.pointers} - {None, "unspecified"}
        if len(done) == 1 and reasons and "bilateral" not in reasons and not done & reasons:
            yield Finding(f"{line.code} is on the {done.pop()} side, its diagnoses are not", (line,))
