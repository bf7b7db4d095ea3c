"""A Z code that may only stand first stands among the secondary diagnoses.

Examinations, supervision of a normal pregnancy, liveborn infants, encounters for chemotherapy and some others are the
reason for the encounter or are not reported. Two encounters of one day whose records are combined are the exception:
override the rule then.

Examples:
    outpatient 2025-11-03, F 67
    dx I10
    dx Z00.00    ! icd10cm/first_only

    outpatient 2025-11-03, F 67
    dx Z51.11
    dx C50.911
    dx Z00.6
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, place
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.15")
def first_only(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each such code after the first place, unless another of them holds that place."""
    listed = books.parameters["sequence.first_only"]
    codes, exceptions = tuple(listed["codes"]), tuple(listed["except"])
    for at, d in enumerate(coded(case)):
        only = d.code.value.startswith(codes) and not d.code.value.startswith(exceptions)
        if at and only and not coded(case)[0].code.value.startswith(codes):
            move = Remedy("move", (d.code,), say="put it first if it is the reason for the encounter, else drop it")
            yield Finding(f"{d.code} may only be the {place(case)} diagnosis", (d,), move)
