"""An examination is reported as without abnormal findings, beside an abnormal finding.

If a general examination brings a new finding, or shows that a known disease got worse, the code is that with abnormal
findings, and the finding follows.

Examples:
    professional 2025-11-03, F 67
    dx Z00.00    ! icd10cm/examination_findings
    dx R73.03

    professional 2025-11-03, F 67
    dx Z00.01
    dx R73.03

    professional 2025-11-03, F 67
    dx Z00.00
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

WITH = {
    "Z00.00": "Z00.01",
    "Z00.129": "Z00.121",
    "Z01.00": "Z01.01",
    "Z01.10": "Z01.118",
    "Z01.411": "",
    "Z01.419": "Z01.411",
}
FOUND = ("R70", "R71", "R73", "R74", "R76", "R77", "R78", "R79", "R80", "R81", "R82", "R87", "R9")
"""Abnormal findings of blood, urine, smears, images and function."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, IV.P and I.C.21.c.12")
def examination_findings(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield an examination without abnormal findings, if one is reported."""
    finding = next(iter(of(coded(case), *FOUND)), None)
    for d in coded(case) if finding else ():
        instead = WITH.get(d.code.value)
        if finding and instead:
            replace = Remedy("replace", (d.code,), cm(instead))
            yield Finding(f"{finding.code} is an abnormal finding: {instead}, if it is new", (d,), replace)
