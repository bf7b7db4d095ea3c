"""A diagnosis of an inpatient has no present-on-admission indicator.

Every diagnosis of a stay in an acute hospital says whether it was present at the time of the order to admit: Y, N, U
(the record does not tell) or W (it cannot be told); codes that are always present, or are circumstances, are exempt.
Which codes are exempt is CMS's list of the fiscal year, where it is installed ('chartcode books install poa').
Without it this rule leaves alone all codes that may be exempt: Z codes, external causes, congenital conditions,
sequelae and healing injuries, and a few more.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y
    dx N17.9    ! claim/poa_missing
    dx Z79.4

    outpatient 2025-11-03, F 67
    dx J18.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Diagnosis, Finding, Remedy
from chartcode.validate.questions import coded, seventh
from chartcode.validate.rule import rule

PERHAPS_EXEMPT = (
    *("B90", "B91", "B92", "B94", "E64", "E68", "G09", "I25.2", "I69", "O09", "O66.5", "O80", "O94", "P00"),
    *("Q", "R29.7", "R40.2", "T07", "T14", "V", "W", "X", "Y", "Z"),
)
ACUTE = ("", "A", "B", "C", *"0123456789")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, Appendix I")
def poa_missing(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each diagnosis of an inpatient that has no indicator and is surely not exempt."""
    if case.inpatient:
        for d in coded(case):
            if not d.poa and not _exempt(d, books):
                ask = Remedy("ask", (d.code,), say="say whether it was present on admission: Y, N, U or W")
                yield Finding(f"{d.code} has no present-on-admission indicator", (d,), ask)


def _exempt(diagnosis: Diagnosis, books: Books) -> bool:
    """Tell whether a diagnosis is exempt by the list of the year, or may be where no list is installed."""
    code = diagnosis.code.value
    if books.poa is not None:
        return books.poa.exempt(code)
    return code.startswith(PERHAPS_EXEMPT) or seventh(diagnosis) not in ACUTE
