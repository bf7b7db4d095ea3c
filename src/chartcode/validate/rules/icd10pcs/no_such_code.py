"""A procedure code has never existed.

An ICD-10-PCS code has seven characters, each from the row of its table; I and O are not used. Build it again from the
table.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80 poa Y
    px 0DTJ4Z9 @2025-11-03    ! icd10pcs/no_such_code

    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80 poa Y
    px 0DTJ4ZZ @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import rule


@rule(severity=ERROR, authority="ICD-10-PCS Official Guidelines, A1 and A5: a code is built from the rows of a table")
def no_such_code(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure code that is in no edition."""
    for line in case.procedures:
        if line.code.system == ICD10PCS and not books.icd10pcs.validity(line.code.value):
            yield Finding(f"there is no ICD-10-PCS code {line.code}", (line,))
