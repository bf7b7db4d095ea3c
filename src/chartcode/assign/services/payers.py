"""What Medicare names otherwise: screenings that have numbers of their own where the payer is Medicare."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.services.line import Line
from chartcode.assign.services.passages import Reading
from chartcode.books import Books

_WORDS = {
    "wellness": re.compile(r"\bwellness\b|\bannual (?:visit|exam|physical|depression)", re.IGNORECASE),
    "screening": re.compile(r"\bscreening\b", re.IGNORECASE),
    "high risk": re.compile(r"\bhigh[- ]risk\b|\b(?:family |personal )?history of (?:\w+ ){0,2}(?:colon|colorectal|polyp)|\bsurveillance\b", re.IGNORECASE),
}  # fmt: skip


def renamed(lines: Iterable[Line], reading: Reading, books: Books, *, medicare: bool) -> list[Line]:
    """Return lines with Medicare's number for a screening where the note's words and the payer ask for it."""
    every = list(lines)
    for row in books.parameters.get("services.of_medicare", ()) if medicare else ():
        if all(_WORDS[words].search(reading.document.text) for words in row["words"]):
            for one in every:
                if one.code == row["code"] and books.hcpcs.valid(row["instead"]):
                    one.reasons.append(f"Medicare's number for the screening, in the place of {one.code}")
                    one.code = row["instead"]
    return every
