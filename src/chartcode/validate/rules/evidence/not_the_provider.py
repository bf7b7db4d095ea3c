"""A diagnosis rests only on what others than the provider wrote.

A diagnosis is coded from what the accountable provider documents. Nurses, dietitians, medics and other clinicians may
be the source only for body mass index, depth of ulcers, stage of pressure ulcers, coma and stroke scales, social
circumstances, side, blood alcohol, immunization status and intent of firearm injuries. Ask the provider.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9    "pneumonia"
    dx E43      "severe malnutrition" by dietitian    ! evidence/not_the_provider

    inpatient 2025-11-03 2025-11-07, F 67
    dx E43      "severe malnutrition" by dietitian "severe malnutrition" in discharge diagnosis
    dx Z68.1    "BMI 17.2" by dietitian
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule

BY_OTHERS = (
    *("L89", "L97", "L98.4", "R29.7", "R40.2", "Y90", "Z28.3", "Z68"),
    *("Z55", "Z56", "Z57", "Z58", "Z59", "Z60", "Z62", "Z63", "Z64", "Z65"),
)
"""What other clinicians may document; the disease that these belong to is still the provider's to name."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14")
def not_the_provider(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis all of whose evidence others wrote."""
    for d in coded(case):
        authors = {mention.author for mention in d.evidence}
        if authors and "provider" not in authors and not d.code.value.startswith(BY_OTHERS):
            ask = Remedy("ask", (d.code,), say="ask the provider whether the patient has this condition")
            yield Finding(f"{d.code} is documented by {', '.join(sorted(authors))}, not by the provider", (d,), ask)
