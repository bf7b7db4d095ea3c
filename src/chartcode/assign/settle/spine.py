"""The region of the spine: words that leave it open take the one that the record's other spinal conditions name.

Codes of chapter 13 carry the region as a character of their own ("M54.1-"); "radiculopathy" beside a lumbar disc is
lumbar radiculopathy (Guidelines I.C.13.a: the site is what the record documents, I.B.2: to the highest specificity).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.settle.assertions import supports
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case

_OPEN = re.compile(r"(M43\.[01]|M47\.(?:1|2|81|89)|M48\.0|M53\.2X|M54\.1|M51\.9)([09])?$")
"""Codes whose last character leaves the region open."""
_NAMED = re.compile(r"M(?:43\.[01]|47\.(?:1|2|81|89)|48\.0|51\.[0-3]|53\.2X|54\.1)([1-8])")
_OF_CATEGORY = (("M50", "2"), ("M54.2", "2"), ("M54.6", "4"), ("M54.3", "6"), ("M54.4", "6"), ("M54.5", "6"))
_LUMBAR = {"6", "7"}


def of_one_region(candidates: Iterable[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return the candidates with spinal codes of no region under the one region that the others name."""
    found = {c.code: c for c in candidates}
    named = {r for c in found.values() if (r := _region(c.code)) and any(supports(m, c.code, case) for m in c.mentions)}
    region = max(named) if len(named) == 1 or named == _LUMBAR else None
    if region is None:
        return list(found.values())
    for code, candidate in list(found.items()):
        vague = _OPEN.fullmatch(code)
        own = f"{vague[1]}{region}" if vague else code
        own = own if book.valid(own) else next((c for c in book.children(own) if book.valid(c)), "") if vague else code
        if own and own != code:
            moved = [recoded(p, own, "the region that the record names", book) for p in candidate.proposals]
            found.setdefault(own, Candidate(own, [])).proposals.extend(moved)
            del found[code]
    return list(found.values())


def _region(code: str) -> str | None:
    direct = _NAMED.match(code)
    return direct[1] if direct else next((region for start, region in _OF_CATEGORY if code.startswith(start)), None)
