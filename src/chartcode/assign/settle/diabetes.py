"""One type of diabetes a patient: what the record calls type 1 in one place is type 1 with all its complications.

Guidelines I.C.4.a: the type is documented; type 2 is the default only where the record does not say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Mention
from chartcode.model.chart import AFFIRMED, HISTORICAL

_FIRST = re.compile(r"\btype\W*(?:1|i|one)\b|juvenile|\bt1dm\b|\biddm type (?:1|i)\b|\bdm\W?1\b", re.IGNORECASE)
_SECOND = re.compile(r"\btype\W*(?:2|ii|two)\b|adult[- ]onset|non[- ]?insulin|\bniddm\b|\bt2dm\b|\bdm\W?2\b|\baodm\b", re.IGNORECASE)  # fmt: skip
_DEFAULT, _NAMED = "E11.", "E10."


def of_one_type(candidates: Iterable[Candidate], book: ICD10CM) -> list[Candidate]:
    """Return the candidates with the complications of a type 1 diabetes under its own category."""
    found = {c.code: c for c in candidates}
    meant = [m for c in found.values() if c.code.startswith((_DEFAULT, _NAMED)) for m in c.mentions if _patients(m)]
    if not any(_FIRST.search(m.span.text) for m in meant) or any(_SECOND.search(m.span.text) for m in meant):
        return list(found.values())
    for code, candidate in list(found.items()):
        own = code.replace(_DEFAULT, _NAMED, 1)
        if code.startswith(_DEFAULT) and book.valid(own):
            moved = [recoded(p, own, "type 1 by the record", book) for p in candidate.proposals]
            found.setdefault(own, Candidate(own, [])).proposals.extend(moved)
            del found[code]
    return list(found.values())


def _patients(mention: Mention) -> bool:
    return mention.assertion in (AFFIRMED, HISTORICAL)
