"""A perpetrator or an assault is reported for abuse that is only suspected.

An external cause of assault and the perpetrator (Y07) go with confirmed abuse or neglect (T74), not with suspected
(T76).

Examples:
    ed 2025-11-03, F 7
    dx T76.12XA
    dx Y07.11    ! icd10cm/suspected_abuse_perpetrator

    ed 2025-11-03, F 7
    dx T74.12XA
    dx Y07.11
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.f and I.C.20.g")
def suspected_abuse_perpetrator(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each perpetrator and assault, where abuse is suspected and none confirmed."""
    if of(coded(case), "T76") and not of(coded(case), "T74"):
        for d in of(
            coded(case),
            "Y07",
            "X92",
            "X93",
            "X94",
            "X95",
            "X96",
            "X97",
            "X98",
            "X99",
            "Y00",
            "Y01",
            "Y02",
            "Y03",
            "Y04",
            "Y08",
            "Y09",
        ):
            yield Finding(f"the abuse is suspected, so {d.code} is not reported", (d,), Remedy("drop", (d.code,)))
