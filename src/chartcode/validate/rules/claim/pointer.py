"""A service line points to a diagnosis that is not on the claim, or to more than four.

Each line of a professional claim points to the diagnoses that justify it: at least one, at most four, all of them among
the claim's diagnoses.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 73562 -RT -> M17.12    ! claim/pointer

    professional 2025-11-03, F 67
    dx M17.11
    px 73562 -RT -> M17.11
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule


@rule(
    severity=ERROR,
    authority="ASC X12 837, 005010X222A1, SV107 (adopted by 45 CFR 162.1102)",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def pointer(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line whose pointers the claim cannot carry."""
    most = books.parameters["claim.pointers"]
    for line in case.procedures:
        strays = [code for code in line.pointers if code not in case.diagnosis_codes]
        if strays:
            yield Finding(f"{line.code} points to {strays[0]}, which is not among the diagnoses", (line,))
        elif len(line.pointers) > most:
            yield Finding(f"{line.code} points to {len(line.pointers)} diagnoses; a line carries {most}", (line,))
