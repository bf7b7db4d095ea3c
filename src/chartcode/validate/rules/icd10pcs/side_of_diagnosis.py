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


@rule(
    severity=WARNING,
    authority=("ICD-10-CM Official Guidelines FY2026, I.B.13; the side in the body part of the ICD-10-PCS tables"),
)
def side_of_diagnosis(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each such line where the diagnoses of its system have only the other side."""
    for line in operations(case):
        labels = books.icd10pcs.labels(line.code.value) if books.icd10pcs.valid(line.code.value) else ()
        said = labels[3][2].rpartition(", ")[2].lower() if labels else ""
        related = of(coded(case), *SYSTEMS.get(line.code.value[1], ("-",)))
        sides = {side for d in related if (side := books.icd10cm.side(d.code.value))}
        if said in OTHER and sides == {OTHER[said]}:
            yield Finding(
                f"{line.code} is on the {said}, and the diagnoses are on the {OTHER[said]}",
                (line,),
                Remedy("ask", (line.code,)),
            )
