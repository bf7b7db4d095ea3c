"""Equipment, orthotics and supplies handed over: new or rented (NU, RR), with its side, KX where the note says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.services.line import Line

_HANDED = re.compile(
    r"\b(?:dispens\w+|provided|fitted|fit with|placed (?:in|on|into)|put (?:in|on|into)|applied|given|gave|issued|supplied|prescribed|prescription for|was placed)\b",
    re.IGNORECASE,
)
_WORN = re.compile(
    r"\b(?:continue|uses?|using|has been|wears?|wearing|ambulat\w+|arriv\w+|removed|came|walks?|transfer\w*|remains?|number for|(?:information|instructions?|education) (?:for|on|about))\b",
    re.IGNORECASE,
)
_RENTED = re.compile(r"\brent(?:al|ed)\b", re.IGNORECASE)
_REQUIREMENTS = re.compile(
    r"\bKX\b|\bmeets? (?:all )?(?:the )?(?:medicare |coverage )?(?:criteria|requirements)", re.IGNORECASE
)
_AFTER = 120
"""Characters of the next sentence, in which the requirements may be told."""
_BOUGHT = re.compile(r"[EK]\d{4}")


def handed(lines: Iterable[Line]) -> list[Line]:
    """Return what a sentence says was handed to the patient, with its modifiers."""
    kept = []
    for one in lines:
        text = one.passages[0].text
        if not _HANDED.search(text) or _WORN.search(text):
            continue
        if _BOUGHT.fullmatch(one.code):
            one.modifiers = (*one.modifiers, "RR" if _RENTED.search(text) else "NU")
        if one.code[0] == "L":
            one.marks |= {"here"}
        passage = one.passages[0]
        if one.code[0] in "EKL" and _REQUIREMENTS.search(passage.document.text, passage.start, passage.end + _AFTER):
            one.modifiers = (*one.modifiers, "KX")
        kept.append(one)
    return kept
