"""A procedure takes longer than the stay lasted.

Mechanical ventilation for more than 96 hours in a row needs a stay of at least four days. Count the hours of
ventilation again, or correct the dates.

Examples:
    inpatient 2025-11-03 2025-11-06, F 67
    dx J96.01 poa Y
    px 5A1955Z @2025-11-03    ! mce/length_of_stay

    inpatient 2025-11-03 2025-11-09, F 67
    dx J96.01 poa Y
    px 5A1955Z @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import CODE_EDITOR, rule

LEAST = 4


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, procedure inconsistent with length of stay",
    url=CODE_EDITOR,
)
def length_of_stay(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure with the editor's flag in a stay of known dates that is shorter than four days."""
    first, last = case.chart.encounter.first, case.chart.encounter.last
    if not case.inpatient or first is None or last is None or not 0 <= (last - first).days < LEAST:
        return
    for line in case.procedures:
        if line.code.system == ICD10PCS and "length of stay" in books.icd10pcs.flags(line.code.value):
            yield Finding(f"{line.code} needs a stay of {LEAST} days; this one had {(last - first).days}", (line,))
