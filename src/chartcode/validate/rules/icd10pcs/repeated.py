"""A procedure code is reported twice for one day.

The same root operation is coded again only for another body part of the same value, for distinct sites of it, or if it
was repeated. Show which of these holds.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K63.5
    px 0DBK8ZZ @2025-11-04
    px 0DBK8ZZ @2025-11-04    ! icd10pcs/repeated

    inpatient 2025-11-03 2025-11-07, F 67
    dx K63.5
    px 0DBK8ZZ @2025-11-04
    px 0DBK8ZZ @2025-11-06
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-PCS Official Guidelines FY2026, B3.2")
def repeated(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each further line with the code and day of an earlier one."""
    seen = set()
    for line in case.procedures if case.inpatient else ():
        if line.code.system == ICD10PCS and (line.code, line.on) in seen:
            yield Finding(f"{line.code} is reported twice for one day", (line,), Remedy("ask", (line.code,)))
        seen.add((line.code, line.on))
