"""Acute respiratory failure is reported, and no value of the record speaks for it.

The provider's statement is enough to code it; a payer will ask for a saturation below 91 % on room air, a pO2 below 60,
a pCO2 above 50 with a low pH, or the work of breathing. Every saturation of this record is higher, and no blood gas is
there.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    fact vital oxygen saturation; name: oxygen saturation; value: 97; unit: %
    dx J96.01    ! clinical/respiratory_failure_unsupported

    inpatient 2025-11-03 2025-11-07, F 67
    fact vital oxygen saturation; name: oxygen saturation; value: 84; unit: %
    dx J96.01
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import sign
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

SATURATION = 91
GAS = ("po2", "pco2", "arterial ph", "arterial po2", "arterial pco2", "ph")
SUPPORT = re.compile(
    r"ventilat|intubat|bipap|high[- ]flow|work of breathing|accessory muscle|respiratory distress", re.IGNORECASE
)


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, I.A.19; oxygen saturation below 91 % on room air, or pO2 below 60 mm Hg"
    ),
)
def respiratory_failure_unsupported(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield acute respiratory failure, where only higher saturations are known and no support of breathing is told."""
    failures = of(coded(case), "J96.0", "J96.2")
    if not failures:
        return
    values = sign(case, "oxygen saturation", 30, 100)
    gas = any(fact.kind == "lab" and (fact.get("name") or fact.text).lower() in GAS for fact in case.chart.facts)
    helped = any(SUPPORT.search(document.text) for document in case.chart.documents)
    breathed = any(line.code.value.startswith("5A19") for line in case.procedures)
    if values and min(values) >= SATURATION and not (gas or helped or breathed):
        for d in failures:
            ask = Remedy("ask", (d.code,), say="ask for the indicators of the failure")
            yield Finding(f"{d.code}, and the lowest saturation is {min(values):g} %", (d,), ask)
