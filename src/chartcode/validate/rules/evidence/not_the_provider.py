"""A diagnosis rests only on what others than the provider wrote.

A diagnosis is coded from what the accountable provider documents. Nurses, dietitians, medics and other clinicians may
be the source only for body mass index, depth of ulcers, stage of pressure ulcers, coma and stroke scales, social
circumstances, side, blood alcohol, since FY2023 underimmunization, and since FY2026 the intent of a firearm injury. Ask
the provider.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9    "pneumonia"
    dx E43      "severe malnutrition" by dietitian    ! evidence/not_the_provider

    inpatient 2022-09-03 2022-09-07, F 67
    dx J18.9    "pneumonia"
    dx Z28.3    "no vaccines yet" by nurse    ! evidence/not_the_provider

    inpatient 2025-11-03 2025-11-07, F 67
    dx S71.101A "wound of the thigh"
    dx W34.00XA "shot by accident" by medic

    inpatient 2025-11-03 2025-11-07, F 67
    dx E43      "severe malnutrition" by dietitian "severe malnutrition" in discharge diagnosis
    dx Z68.1    "BMI 17.2" by dietitian
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule

BY_OTHERS = (
    *("L89", "L97", "L98.4", "R29.7", "R40.2", "Y90", "Z68"),
    *("Z55", "Z56", "Z57", "Z58", "Z59", "Z60", "Z62", "Z63", "Z64", "Z65"),
)
"""What other clinicians may document; the disease that these belong to is still the provider's to name."""
LATER = (
    (date(2022, 10, 1), ("Z28.3",)),
    (date(2025, 10, 1), ("W32", "W33", "W34", "X72", "X73", "X74", "X93", "X94", "X95", "Y22", "Y23", "Y24")),
)
"""What was added to them: underimmunization with FY2023, the intent of a firearm injury with FY2026."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14")
def not_the_provider(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each diagnosis all of whose evidence others wrote."""
    allowed = (*BY_OTHERS, *(code for since, codes in LATER if since <= books.day for code in codes))
    for d in coded(case):
        authors = {mention.author for mention in d.evidence}
        if authors and "provider" not in authors and not d.code.value.startswith(allowed):
            ask = Remedy("ask", (d.code,), say="ask the provider whether the patient has this condition")
            yield Finding(f"{d.code} is documented by {', '.join(sorted(authors))}, not by the provider", (d,), ask)
