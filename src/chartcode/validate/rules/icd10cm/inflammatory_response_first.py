"""A non-infectious inflammatory response stands first.

The condition that set it off, such as pancreatitis or trauma, is coded before R65.10 or R65.11.

Examples:
    outpatient 2025-11-03, F 67
    dx R65.10    ! icd10cm/inflammatory_response_first
    dx K85.90

    outpatient 2025-11-03, F 67
    dx K85.90
    dx R65.10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.g")
def inflammatory_response_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed R65.1."""
    for d in of(coded(case)[:1], "R65.1"):
        yield Finding(f"the condition that set off {d.code} comes first", (d,), Remedy("move", (d.code,)))
