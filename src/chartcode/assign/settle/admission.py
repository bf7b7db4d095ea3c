"""Present on admission, as far as the words say (Guidelines, Appendix I)."""

from __future__ import annotations

import re

from chartcode.assign.circumstances import surroundings
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books
from chartcode.model.case import Case

_LATER = re.compile(
    r"hospital[- ]acquired|developed (?:during|while|in the hospital|on (?:hospital|postoperative) day)|during (?:the|this|his|her) (?:hospitalization|hospital stay|hospital course)|"
    r"post[- ]?operative(?:ly)? (?:course|day|fever|anemia|ileus|bleeding|infection|complication)|nosocomial",
    re.IGNORECASE,
)  # fmt: skip
_EXEMPT = ("Z", "V", "W", "X", "Y", "O80", "I25.2", "B90", "B91", "B94", "E64", "I69")
_ALWAYS = ("E0", "E1", "I10", "I11", "I12", "I13", "I25", "C", "F", "G", "J44", "J45", "M", "N18", "N40")


def present_on_admission(candidate: Candidate, case: Case, books: Books) -> str | None:
    """Return Y, N, 1 (exempt) for an inpatient diagnosis, None elsewhere.

    What is exempt is CMS's list of the fiscal year where it is installed, else what is exempt by its category.
    """
    if not case.inpatient:
        return None
    if books.poa is not None:
        if books.poa.exempt(candidate.code):
            return "1"
    elif candidate.code.startswith(_EXEMPT):
        return "1"
    if candidate.code.startswith(_ALWAYS):
        return "Y"
    for mention in candidate.mentions:
        document = case.chart.document(mention.span.document)
        first, last = surroundings(document).context.sentence(mention.span.start)
        if not _LATER.search(document.text[first:last]):
            return "Y"
    return "N"
