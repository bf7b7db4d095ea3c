"""The hemoglobin is very low, and no anemia is documented.

Below 8 g/dL the World Health Organization speaks of severe anemia in adults. Ask for the diagnosis, with its kind and
cause, such as acute blood loss.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! clinical/anemia_indicators
    fact lab hemoglobin; name: hemoglobin; value: 6.9; unit: g/dl
    dx K92.2

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab hemoglobin; name: hemoglobin; value: 6.9; unit: g/dl
    dx K92.2
    dx D62
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

SEVERE = 8
TOLD = (*(f"D{n}" for n in range(50, 65)), "O99.0", "O90.81", "P61", "C90", "C91", "C92", "D46")


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, III.B; "
        "hemoglobin below 8 g/dL, World Health Organization, WHO/NMH/NHD/MNM/11.1 (severe anemia)"
    ),
    url="https://www.who.int/publications/i/item/WHO-NMH-NHD-MNM-11.1",
)
def anemia_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay with a hemoglobin below 8 g/dL, without any anemia."""
    values = lab(case, "hemoglobin", 2, 25)
    if case.inpatient and values and min(values) < SEVERE and not of(coded(case), *TOLD):
        say = "ask for the kind and cause of the anemia"
        yield Finding(f"hemoglobin of {min(values):g} g/dL, and no anemia is documented", (), Remedy("ask", say=say))
