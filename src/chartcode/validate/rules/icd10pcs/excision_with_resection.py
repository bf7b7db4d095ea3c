"""Part of a body part and all of it are both removed on one day.

Resection is all of a body part, Excision a portion of it. Where the whole was taken, the portion is in it; a biopsy
before it (qualifier X) is coded apart.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80
    px 0DTJ4ZZ @2025-11-04
    px 0DBJ4ZZ @2025-11-04    ! icd10pcs/excision_with_resection

    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80
    px 0DTJ4ZZ @2025-11-04
    px 0DBJ4ZX @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B3.8")
def excision_with_resection(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each Excision of the body part that is resected on its day."""
    lines = operations(case)
    resected = {(line.code.value[1], line.code.value[3], line.on) for line in lines if line.code.value[2] == "T"}
    for line in lines:
        code = line.code.value
        if code[2] == "B" and code[6] != "X" and (code[1], code[3], line.on) in resected:
            yield Finding(f"the whole body part of {line.code} is resected", (line,), Remedy("drop", (line.code,)))
