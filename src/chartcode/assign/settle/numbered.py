"""The first item of the provider's numbered list of diagnoses comes first (Guidelines II and IV.G).

Who numbers diagnoses begins with what the encounter was chiefly about. The model weighs section, place and likelihood;
the number settles it, unless an examination or a course of treatment is what the patient came for (I.C.21.c.16), or,
for a stay, the model holds the item for much less likely to be the reason after study (II).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.listed import LISTS
from chartcode.model.case import Case
from chartcode.model.chart import AFFIRMED

_FIRST = re.compile(r"(?:^|[\s,:])\(?1[.)]\s*(?:[\w'-]+[\s/]+){0,3}$")
"""What stands before the first item: its number and at most three words that qualify it."""
_BEFORE = 60
_NEVER = ("Z3", "Z6", "Z7", "Z8", "Z9")
"""Weeks, habits, drugs, history and status, which are said beside what was treated."""
_PURPOSES = ("Z00", "Z02", "Z38", "Z51.0", "Z51.1")
"""What an encounter is for by itself: it leads before any finding."""
_OPERATIONS = frozenset(("operative note", "procedure note"))
_AFTER_STUDY = 0.2
_BY_A_HAIR = 1.01


def by_number(leads: Mapping[str, float], reported: Sequence[Candidate], case: Case) -> dict[str, float]:
    """Return how well each candidate would stand first, the first item of the assessment's list before the others.

    Args:
        leads: the scores so far, by code.
        reported: the candidates that are reported.
        case: the record; the diagnoses of an operation are told by what was done.
    """
    found = dict(leads)
    if not found or any(d.kind in _OPERATIONS for d in case.chart.documents):
        return found
    best = max(found, key=lambda code: found[code])
    if best.startswith(_PURPOSES):
        return found
    able = [c.code for c in reported if c.code in found and not c.code.startswith(_NEVER) and _numbered(c, case)]
    first = max(able, key=lambda code: (found[code], code), default=None)
    if first is not None and (not case.inpatient or found[first] >= _AFTER_STUDY * found[best]):
        found[first] = max(found[first], found[best] * _BY_A_HAIR)
    return found


def _numbered(candidate: Candidate, case: Case) -> bool:
    """Tell whether a mention of a candidate is the first item of a numbered list of diagnoses."""
    for mention in candidate.mentions:
        if mention.assertion == AFFIRMED and mention.section in LISTS:
            text = case.chart.document(mention.span.document).text
            if _FIRST.search(text, max(0, mention.span.start - _BEFORE), mention.span.start):
                return True
    return False
