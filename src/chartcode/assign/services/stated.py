"""Numbers that the record states: "closure of a fistula, CPT 57307". They stand where a title's own words name nothing.

What the words of the same item say outranks the number beside them: a number is the surgeon's opinion, perhaps of
another year, and the description is what is billed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import TITLE, Passage, Reading

_STATED = re.compile(r"\bCPT(?:-?4)?\s*(?:codes?|numbers?|#)?\W{0,12}(?:is |are )?(?=\d{5}\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{5})\b(?:[- ](?:RT|LT|50)\b)?(?:\s*(?:times|x)\s*(\d{1,2}|two|three|four)\b)?")
_NEXT = re.compile(r"[\s,;]*(?:and\s+)?(?=\d{5}\b)")
_TIMES = {"two": 2, "three": 3, "four": 4}


def stated(reading: Reading, named: Iterable[Line]) -> Iterator[Line]:
    """Yield the numbers that the titles state for what no line of ``named`` stands for."""
    text = reading.document.text
    taken = sorted(m.span.start for one in named if one.titled for m in one.mentions)
    begun = 0
    for start in (m.end() for m in _STATED.finditer(text)):
        passage = _title_at(reading, start)
        if passage is None:
            continue
        words_named = any(begun <= at < start or passage.start <= at < passage.end for at in taken)
        at, begun = start, start
        while not words_named and (number := _NUMBER.match(text, at)):
            told = number[2] or "1"
            yield line(
                number[1], passage, (number.start(1), number.end(1)), "the number that the record states",
                units=_TIMES.get(told) or int(told), sure=False,
            )  # fmt: skip
            after = _NEXT.match(text, number.end())
            at = after.end() if after else number.end()


def _title_at(reading: Reading, at: int) -> Passage | None:
    return next((p for p in reading.passages if p.zone == TITLE and p.start <= at < p.end), None)
