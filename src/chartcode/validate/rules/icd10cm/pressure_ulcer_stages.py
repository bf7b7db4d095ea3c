"""Two stages of a pressure ulcer are reported for one site, and none of them arose in the stay.

One ulcer has one stage. Only an ulcer that gets worse during a stay has two: the stage on admission (present on
admission Y) and the highest one later (N). If there are two ulcers at the site, override this rule and say where.

Examples:
    inpatient 2025-11-03 2025-11-17, F 87
    dx L03.115 poa Y
    dx L89.152 poa Y    ! icd10cm/pressure_ulcer_stages
    dx L89.153 poa Y

    inpatient 2025-11-03 2025-11-17, F 87
    dx L03.115 poa Y
    dx L89.152 poa Y
    dx L89.153 poa N
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

SITE = -1
"""Characters at the end that tell the stage."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.12.a.2 and I.C.12.a.6")
def pressure_ulcer_stages(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the lesser of two stages of one site that have one indicator."""
    ulcers = sorted(of(coded(case), "L89"), key=lambda d: d.code.value)
    for d, other in itertools.pairwise(ulcers):
        if d.code.value[:SITE] == other.code.value[:SITE] and d.code != other.code and d.poa == other.poa:
            ask = Remedy("ask", (d.code,), say="keep the stage that is documented, or tell which arose in the stay")
            yield Finding(f"{d.code} and {other.code} are stages of one site", (d,), ask)
