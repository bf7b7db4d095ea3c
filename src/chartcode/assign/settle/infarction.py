"""A heart attack of which the record tells nothing acute is an old one (Guidelines I.C.9.e.1, I25.2).

I21 is for a myocardial infarction of the last four weeks. Lists of problems and impressions carry the bare words for years;
where nothing in the record is of an acute infarction, they mean the old one.
"""

from __future__ import annotations

import re

from chartcode.assign.circumstances import surroundings
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case
from chartcode.model.chart import CODED_ENTRIES

_BARE = ("I21.9", "I21.3")
_OLD = "I25.2"
_SAID_ACUTE = re.compile(
    r"\b(?:acute|stemi|nstemi|st[- ]elevation|evolving|recent|subendocardial|transmural|q[- ]?wave)\b"
)
_ACUTE = re.compile(
    r"\b(?:acute (?:\w+ ){0,3}(?:mi|infarct\w*|coronary)|stemi|nstemi|st[- ](?:segment )?elevation|troponins?|cardiac enzymes?|cpk|ck-?mb|"
    r"evolving|recent (?:\w+ ){0,2}(?:mi|infarct\w*|heart attack)|thromboly\w+|(?:days?|weeks?) (?:ago|after|post|status)|"
    r"(?:had|suffered|sustained|diagnosed with|admitted (?:with|for)|ruled in for) (?:an? |a massive |a small )?(?:mi|myocardial infarction|heart attack)|myocardial infarction (?:on|this)|post-?mi day)\b"
)
_WHY = "nothing in the record is of an acute infarction (Guidelines I.C.9.e.1)"


def old_infarctions(found: list[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return old infarctions in the place of standing bare ones that the record tells nothing acute of; those fall."""
    bare = [c for c in found if c.code in _BARE and not c.why]
    said = any(_SAID_ACUTE.search(m.span.text.lower()) for c in bare for m in c.mentions)
    if not bare or said or not book.valid(_OLD) or any(map(_acute, _texts(case))):
        return []
    proposals = [recoded(p, _OLD, "an old infarction", book, _WHY) for c in bare for p in c.proposals]
    for candidate in bare:
        candidate.why = _WHY
    known = next((c for c in found if c.code == _OLD), None)
    if known is not None:
        known.proposals.extend(proposals)
        known.why = ""
        return []
    return [Candidate(_OLD, proposals)]


def _texts(case: Case) -> list[str]:
    return [surroundings(d).context.small for d in case.chart.documents if d.kind != CODED_ENTRIES]


def _acute(text: str) -> bool:
    return _ACUTE.search(text) is not None
