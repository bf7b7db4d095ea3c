"""The body mass index is 40 or more, and no diagnosis of weight is documented.

The index is coded only beside a diagnosis of weight by the provider. Ask for it, and for the class.

Examples:
    outpatient 2025-11-03, F 67    ! clinical/obesity_indicators
    fact vital body mass index; name: body mass index; value: 43.1
    dx I10

    outpatient 2025-11-03, F 67
    fact vital body mass index; name: body mass index; value: 43.1
    dx E66.813
    dx Z68.41
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import sign
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

INDEX = 40


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14 and I.C.21.c.3")
def obesity_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a case with such an index, without a diagnosis of weight."""
    values = sign(case, "body mass index", 8, 99)
    if values and min(values) >= INDEX and coded(case) and not of(coded(case), "E66", "O99.21", "E88.82"):
        yield Finding(
            f"body mass index of {min(values):g}, and no diagnosis of weight is documented",
            (),
            Remedy("ask", say="ask for the diagnosis of weight"),
        )
