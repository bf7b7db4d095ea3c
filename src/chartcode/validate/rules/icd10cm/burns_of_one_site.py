"""Two degrees of burn are reported for one site.

Burns of the same site and side are coded once, by the highest degree.

Examples:
    ed 2025-11-03, F 27
    dx T24.311A
    dx T24.211A    ! icd10cm/burns_of_one_site

    ed 2025-11-03, F 27
    dx T24.311A
    dx T24.212A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

BURNS = ("T20", "T21", "T22", "T23", "T24", "T25")
DEGREE = 4
"""Place of the degree in a code: 1 to 3 of a burn, 5 to 7 of a corrosion."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.d.2")
def burns_of_one_site(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each burn of a lesser degree than another one of its site."""
    burns = [d for d in of(coded(case), *BURNS) if len(d.code.value) > DEGREE and d.code.value[DEGREE] in "123567"]
    for d in burns:
        worse = next(
            (
                o
                for o in burns
                if _site(o.code.value) == _site(d.code.value)
                and o.code.value[DEGREE] > d.code.value[DEGREE]
                and (o.code.value[DEGREE] > "3") == (d.code.value[DEGREE] > "3")
            ),
            None,
        )
        if worse:
            yield Finding(
                f"{worse.code} is of the same site and a higher degree", (d,), Remedy("drop", (d.code,), safe=True)
            )


def _site(code: str) -> str:
    """Return a code of a burn without its degree."""
    return code[:DEGREE] + code[DEGREE + 1 :]
