"""An operation on a bone, joint or eye is on one side, and every diagnosis of them is on the other.

Look at the operative report: the side of the procedure and the side of the disease that it treats are the same.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.12
    px 0SRC0J9 @2025-11-04    ! icd10pcs/side_of_diagnosis

    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.11
    px 0SRC0J9 @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, operations
from chartcode.validate.rule import rule

SYSTEMS = {
    "P": ("M", "S4", "S5", "S6", "S2"),
    "Q": ("M", "S7", "S8", "S9"),
    "R": ("M", "S4", "S5", "S6"),
    "S": ("M", "S7", "S8", "S9"),
    "8": ("H",),
}
"""Body systems of limbs and eyes, and the diagnoses that belong to them."""
OTHER = {"right": "left", "left": "right"}
PART = 3
"""Place of the body part in a code."""


@rule(
    severity=WARNING,
    authority=("ICD-10-CM Official Guidelines FY2026, I.B.13; the side in the body part of the ICD-10-PCS tables"),
)
def side_of_diagnosis(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each such line where the diagnoses of its system have only the other side."""
    for line in operations(case):
        code = line.code.value
        related = of(coded(case), *SYSTEMS[code[1]]) if code[1] in SYSTEMS else ()
        sides = {side for d in related if (side := books.icd10cm.side(d.code.value))}
        if len(sides) != 1 or not books.icd10pcs.valid(code):
            continue
        (other,) = sides
        labels = books.icd10pcs.labels(code)
        said = labels[PART][2].rpartition(", ")[2].lower() if len(labels) > PART else ""
        if OTHER.get(said) == other:
            ask = Remedy("ask", (line.code,), say="look which side the operative report tells")
            yield Finding(f"{line.code} is on the {said}, and the diagnoses are on the {other}", (line,), ask)
