"""An injury is reported both as acute and as the cause of a sequela.

The code for the acute phase is never used together with the code for its late effect. Decide which of the two the
encounter is for.

Examples:
    outpatient 2025-11-03, F 67
    dx M24.531
    dx S52.501S    ! icd10cm/sequela_with_acute
    dx S52.501A

    outpatient 2025-11-03, F 67
    dx M24.531
    dx S52.501S
    dx S62.101A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.10")
def sequela_with_acute(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each injury code for a sequela whose acute form is reported too."""
    injuries = of(coded(case), "S", "T")
    acute = {d.code.value[:-1]: d.code for d in injuries if seventh(d) not in ("", "S")}
    for d in injuries:
        other = acute.get(d.code.value[:-1])
        if seventh(d) == "S" and other:
            drop = Remedy("drop", (d.code, other), say="keep the one that this encounter is for")
            yield Finding(f"{d.code} and {other} are the late and the acute phase of one injury", (d,), drop)
