"""Sepsis is reported, and fewer than two signs of an inflammatory response are in the record.

The signs: temperature above 38 or below 36 degrees, pulse above 90, more than 20 breaths a minute, white cells above 12
or below 4 thousand. The provider's statement is enough to code it; a payer will ask by one definition or the other.
Cases where fewer than three signs were measured, or with organ dysfunction (R65.2), are left aside. A site that goes by
Sepsis-3 ignores this rule in its profile.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    fact vital pulse; name: pulse; value: 78
    fact vital respirations; name: respirations; value: 16
    fact lab white blood cells; name: white blood cells; value: 8.1
    dx A41.9    ! clinical/sepsis_unsupported

    inpatient 2025-11-03 2025-11-07, F 67
    fact vital pulse; name: pulse; value: 118
    fact vital respirations; name: respirations; value: 26
    fact lab white blood cells; name: white blood cells; value: 18.1
    dx A41.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab, sign
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

MEASURED = 3
"""How many of the four signs have to be known."""
ENOUGH = 2
FAHRENHEIT = 60


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, I.A.19; "
        "Bone et al., Chest 1992;101:1644 (the signs of an inflammatory response)"
    ),
    url="https://doi.org/10.1378/chest.101.6.1644",
)
def sepsis_unsupported(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of sepsis with fewer than two signs."""
    heat = [(t - 32) / 1.8 if t > FAHRENHEIT else t for t in sign(case, "temperature", 30, 112)]
    cells = [w / 1000 if w > 200 else w for w in lab(case, "white blood cells", 0.1, 100_000)]
    limits = (
        (heat, 36.0, 38.0),
        (sign(case, "pulse", 20, 300), 0, 90),
        (sign(case, "respirations", 4, 90), 0, 20),
        (cells, 4, 12),
    )
    known = [(values, low, high) for values, low, high in limits if values]
    met = sum(min(values) < low or max(values) > high for values, low, high in known)
    if len(known) >= MEASURED and met < ENOUGH and not of(coded(case), "R65.2"):
        for d in of(coded(case), "A40", "A41")[:1]:
            ask = Remedy("ask", (d.code,), say="ask for the indicators of the sepsis")
            yield Finding(
                f"{d.code}, and {met} of {len(known)} signs of an inflammatory response that were measured", (d,), ask
            )
