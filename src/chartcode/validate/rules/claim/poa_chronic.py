"""A chronic or congenital condition is reported as not present on admission.

Chronic conditions are present on admission even if they are found only later; so are congenital ones. Look at the
indicator.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y
    dx I10 poa N    ! claim/poa_chronic

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y
    dx N17.9 poa N
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

CHRONIC = (
    "E08",
    "E09",
    "E10",
    "E11",
    "E13",
    "E78",
    "I10",
    "I12",
    "I25.1",
    "J43",
    "J44",
    "N18",
    "G20",
    "G30",
    "G35",
    "M05",
    "M06",
    "C",
    "K74",
    "Q",
    "F20",
    "F01",
    "F02",
    "F03",
    "N40",
    "H40",
    "M15",
    "M16",
    "M17",
)
"""Diseases that do not begin within a stay."""
ACUTE_PARTS = (
    "E08.0",
    "E08.1",
    "E09.0",
    "E09.1",
    "E10.1",
    "E11.0",
    "E11.1",
    "E13.0",
    "E13.1",
    "E08.64",
    "E09.64",
    "E10.64",
    "E11.64",
    "E13.64",
    "J44.0",
    "J44.1",
)
"""Combinations with an acute part, which may arise in the stay: then the whole is N."""


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, Appendix I: chronic conditions, congenital conditions",
)
def poa_chronic(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each such condition with the indicator N."""
    for d in of(coded(case), *CHRONIC) if case.inpatient else ():
        if d.poa == "N" and not d.code.value.startswith(ACUTE_PARTS):
            yield Finding(
                f"{d.code} is chronic or congenital, and reported as not present on admission",
                (d,),
                Remedy("ask", (d.code,), say="look at the indicator: it is Y"),
            )
