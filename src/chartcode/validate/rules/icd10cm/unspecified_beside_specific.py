"""An unspecified code is reported beside a specific code of the same disease.

Codes for the unspecified form, or the form without complications, are for records that tell no more. Where a more
specific code of the same disease is reported, the vague one adds nothing, or contradicts it. The list of pairs is short
(`books/parameters/vague.toml`).

Examples:
    outpatient 2025-11-03, F 67
    dx E11.9    ! icd10cm/unspecified_beside_specific
    dx E11.42

    outpatient 2025-11-03, F 67
    dx E11.22
    dx E11.42
    dx I48.91
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.9.b, I.B.2 and I.B.18")
def unspecified_beside_specific(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each vague code of the list whose specific sibling is reported."""
    diagnoses = coded(case)
    for pair in books.parameters["vague.pairs"]:
        vague = of(diagnoses, *pair["vague"])
        specific = of(diagnoses, *pair["specific"]) if vague else ()
        for d in vague if specific else ():
            drop = Remedy("drop", (d.code,), say=f"keep {specific[0].code}")
            yield Finding(f"{d.code} adds nothing to {specific[0].code}", (d,), drop)
