"""Durable medical equipment is reported without saying whether it was bought or rented.

A claim for equipment (HCPCS E codes) carries NU (new), UE (used), RR (rental), or RA, RB, MS for replacement, repair
and servicing. Without one it cannot be priced.

Examples:
    professional 2025-11-03, F 67
    dx G82.20
    px E0143 -> G82.20    ! hcpcs/equipment_modifier

    professional 2025-11-03, F 67
    dx G82.20
    px E0143 -NU -> G82.20
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.services import has, services
from chartcode.validate.sources import CLAIMS_MANUAL

TOLD = ("NU", "UE", "RR", "RA", "RB", "MS", "BP", "BR", "BU")


@rule(
    severity=INFO,
    authority="Medicare Claims Processing Manual, chapter 20, 30 and 130: new, used or rented equipment",
    url=CLAIMS_MANUAL,
)
def equipment_modifier(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each line of equipment without any of these modifiers."""
    for line in services(case):
        if re.fullmatch(r"E\d{4}", line.code.value) and not has(line, *TOLD):
            ask = Remedy("ask", (line.code,), say="add NU, UE or RR by the order and the delivery")
            yield Finding(f"{line.code} does not say whether it is new, used or rented", (line,), ask)
