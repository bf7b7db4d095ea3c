"""A cancer is reported as active in words that say it is behind the patient.

A cancer is coded as active while it is treated, or while there is evidence of it. Words such as "status post", "no
evidence of disease" or "completed treatment" speak of a history (Z85): ask which holds.

Examples:
    professional 2025-11-03, F 67
    note assessment: Breast cancer, status post mastectomy in 2015, no evidence of disease.
    dx C50.911 "Breast cancer"    ! risk/cancer_without_treatment

    professional 2025-11-03, F 67
    note assessment: Breast cancer, continues letrozole.
    dx C50.911 "Breast cancer"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

BEHIND = re.compile(
    r"no evidence of (?:disease|recurrence)|\bNED\b|cancer[- ]free|in (?:full )?remission since"
    r"|(?:complet|finish)ed (?:treatment|chemotherapy|radiation|therapy)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"chemotherapy (?:cycle|today|ongoing)|continues|on (?:letrozole|tamoxifen|anastrozole|exemestane)"
    r"|metasta|recurrent|adjuvant|progress",
    re.IGNORECASE,
)
BESIDE = 120
"""Characters after the words of the cancer in which the statement is looked for."""


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, I.C.2.m and I.C.21.c.4; "
        "OIG Toolkit for high-risk diagnosis codes, A-07-23-01213"
    ),
    url="https://oig.hhs.gov/reports/all/",
)
def cancer_without_treatment(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each solid cancer of an outpatient whose words are followed by the end of it."""
    documents = {document.id: document.text for document in case.chart.documents}
    for d in of(coded(case), "C0", "C1", "C2", "C3", "C4", "C5", "C6", "C7") if not case.inpatient else ():
        behind = [
            documents[m.span.document][m.span.start : m.span.end + BESIDE].partition("\n")[0]
            for m in d.evidence
            if m.span.document in documents
        ]
        if behind and all(BEHIND.search(words) and not AHEAD.search(words) for words in behind):
            ask = Remedy("ask", (d.code,), say="ask whether the cancer is present or a history")
            yield Finding(f"{d.code} is reported as active, in words that call it past", (d,), ask)
