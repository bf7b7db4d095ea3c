"""The cause of a sequela stands first, and not the sequela itself.

A late effect takes two codes: first what the patient has now (the scar, the contracture, the weakness), then the code
of what it came from (a sequela code, or an injury code with S as its seventh character). Codes that name both, such
as I69, stand alone.

Examples:
    outpatient 2025-11-03, F 67
    dx S52.501S    ! icd10cm/sequela_first
    dx M24.531

    outpatient 2025-11-03, F 67
    dx M24.531
    dx S52.501S

    outpatient 2025-11-03, F 67
    dx I69.351
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import first, seventh
from chartcode.validate.rule import rule

CAUSES = ("B90", "B91", "B92", "B94", "E64", "E68", "G09", "O94")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.10 and I.C.19.a")
def sequela_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the first diagnosis, if it only tells what a sequela came from."""
    d = first(case)
    if d and (d.code.value.startswith(CAUSES) or (d.code.value.startswith(("S", "T")) and seventh(d) == "S")):
        move = Remedy("move", (d.code,), say="report the condition that is present now before it")
        yield Finding(f"{d.code} tells what a sequela came from; the sequela itself comes first", (d,), move)
