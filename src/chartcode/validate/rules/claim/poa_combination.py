"""A combination code was present on admission in part.

If a part of a combination code was not present on admission, such as an exacerbation that began later, the indicator is
N. Y is right only where all parts were. Here the same disease stands twice, with Y and with N.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K92.2 poa Y
    dx J44.1 poa Y    ! claim/poa_combination
    dx J44.9 poa N

    inpatient 2025-11-03 2025-11-07, F 67
    dx K92.2 poa Y
    dx J44.1 poa N
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(
    severity=INFO,
    authority="ICD-10-CM Official Guidelines FY2026, Appendix I: combination codes",
)
def poa_combination(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a combination code whose category stands twice with other indicators."""
    for d in of(coded(case), "J44", "J45", "E08", "E09", "E10", "E11", "E13") if case.inpatient else ():
        for other in of(coded(case), d.code.value[:3]):
            if d.poa == "Y" and other.poa == "N":
                yield Finding(
                    f"{d.code} is reported as present, and {other.code} as not",
                    (d,),
                    Remedy("ask", (d.code,), say="look which part was present"),
                )
                break
