"""The status of a transplanted organ is reported beside the complication of it.

The complication (T86) already says that the organ is a transplant, so the status code of that organ (Z94) is not added.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx T86.11
    dx Z94.0    ! icd10cm/transplant_status_with_complication

    inpatient 2025-11-03 2025-11-07, F 67
    dx T86.11
    dx Z94.1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

STATUS = {
    "T86.1": "Z94.0",
    "T86.2": "Z94.1",
    "T86.4": "Z94.4",
    "T86.81": "Z94.2",
    "T86.84": "Z94.7",
    "T86.85": "Z94.82",
    "T86.0": "Z94.81",
}
"""The complication of each organ, and the status of it."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.3 and I.C.19.g.3.a")
def transplant_status_with_complication(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the status of an organ whose complication is reported."""
    for complication, status in STATUS.items():
        found = next(iter(of(coded(case), complication)), None)
        for d in of(coded(case), status) if found else ():
            drop = Remedy("drop", (d.code,), safe=True)
            yield Finding(
                f"{found.code if found else complication} tells the transplant; {d.code} is not added", (d,), drop
            )
