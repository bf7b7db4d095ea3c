"""What is put in, taken out or cut off at this encounter is no status of it yet (Guidelines I.C.21.c.3).

A status code says what the patient brought along. Of a pacemaker that was implanted on this admission the procedure
tells; the next encounter reports Z95.0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcode.assign.circumstances import sentence_of
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention

_STATUS = ("Z89", "Z90", "Z93", "Z94", "Z95", "Z96", "Z97.1", "Z98.1", "Z98.2", "Z98.61", "Z98.84")
_NOW = re.compile(
    r"\b(?:(?:this|current|present) (?:admission|hospitali[sz]ation|stay|encounter)|(?:on|during) (?:this|the) (?:admission|hospitali[sz]ation)|"
    r"(?:post-?op(?:erative)?|hospital) day|pod ?#?\d|(?:placed|inserted|implanted|performed|done|removed) (?:\w+ ){0,3}?today|underwent placement)"
)
_PLANNED = re.compile(
    r"\b(?:proceed with|will (?:need|undergo|have|require|plan|be scheduled)|schedul\w+|recommend\w*|candidate for|handouts?|options?|plan(?:s|ned|ning)? (?:for|to|on)|"
    r"refer\w* (?:for|to)|(?:evaluat\w+|workup|consented|pursu\w+|await\w*|consider\w*) (?:for )?|benefit from|elect(?:s|ed)? to|wish(?:es)? to|risks)\b"
)
"""What is going to be done is no status either."""
_EARLIER = re.compile(
    r"\b(?:prior|previous\w*|history|existing|(?<!year-)(?<!years )(?<!year )old|chronic (?=pacemaker|defibrillator|indwelling)|in (?:19|20)\d\d|years? ago|months? ago|remote|failed|revision|removal|"
    r"remov\w+|replac\w+ of (?:the )?(?:old|previous|existing)|generator (?:change|replacement)|check|interrogat\w+|infected|malfunction\w*)\b"
)
_DONE = frozenset(("procedure", "procedure description"))


def reject_made_today(candidates: Sequence[Candidate], case: Case, book: ICD10CM) -> None:
    """Reject each status whose device or loss is of this encounter, in place."""
    for candidate in candidates:
        if candidate.why or not candidate.code.startswith(_STATUS):
            continue
        said = [_when(mention, case) for mention in candidate.mentions]
        if "now" in said and "earlier" not in said:
            title = book.title(candidate.code)
            candidate.why = f"of this encounter or planned, and so no status of it yet (Guidelines I.C.21.c.3): {title}"


def _when(mention: Mention, case: Case) -> str:
    """Return ``now`` where a mention tells what is done at this encounter, ``earlier`` where it was done before."""
    sentence = sentence_of(mention, case)
    if _EARLIER.search(sentence) or mention.section in ("past medical history", "past surgical history"):
        return "earlier"
    if mention.section in _DONE or _NOW.search(sentence) or _PLANNED.search(sentence):
        return "now"
    return ""
