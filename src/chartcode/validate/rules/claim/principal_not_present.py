"""The principal diagnosis was not present on admission.

The principal diagnosis is the condition that, after study, occasioned the admission; what arose later did not. Births
and deliveries are the exception: what happens in labour may be the principal diagnosis.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa N    ! claim/principal_not_present
    dx I10 poa Y

    inpatient 2025-11-03 2025-11-05, F 29
    dx O70.1 poa N
    dx Z37.0
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import first
from chartcode.validate.rule import rule

OF_BIRTH = ("O", "P", "Z38")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, II and Appendix I")
def principal_not_present(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the principal diagnosis of a stay, if its indicator is N."""
    d = first(case)
    if d and case.inpatient and d.poa == "N" and not d.code.value.startswith(OF_BIRTH):
        move = Remedy("move", (d.code,), say="put first what occasioned the admission, or correct the indicator")
        yield Finding(f"{d.code} was not present on admission, so it did not occasion it", (d,), move)
