"""Anesthesia: one number for the operation it was given for, in minutes, with the patient's physical status.

Only a record of the anesthesia itself is coded so; an operative note that names its anesthesia is not the
anesthesiologist's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line, mention
from chartcode.assign.services.passages import Reading
from chartcode.books import starter

_RECORD = re.compile(r"\s*anesthe(?:sia|tic) (?:record|report|note|procedure note)\b", re.IGNORECASE)
_MINUTES = re.compile(r"anesthesia (?:time|minutes)[^.\n]{0,20}?(\d{2,3})(?:\s*(?:minutes|min))?", re.IGNORECASE)
_STATUS = re.compile(
    r"\bASA(?: (?:physical )?(?:status|class|score))?:?\s*(?:is )?(?:class )?(IV|V|I{1,3}|[1-5])\b", re.IGNORECASE
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_SURGERY = range(10004, 69991)


def is_record(reading: Reading) -> bool:
    """Tell whether a document is a record of anesthesia."""
    return _RECORD.match(reading.document.text) is not None


def given_for(operations: Iterable[Line], reading: Reading) -> Iterator[Line]:
    """Yield the anesthesia of the first operation that the record names and our table knows."""
    known = starter.anesthesia()
    text = reading.document.text
    for one in operations:
        number = known.get(one.code) if one.code.isdigit() and int(one.code) in _SURGERY else None
        if number is None:
            continue
        passage, words = one.passages[0], one.mentions[0].span
        made = Line(
            number, [mention(passage, words.start, words.end, number)], [passage], titled=one.titled, sure=one.sure
        )
        made.reasons.append(f"anesthesia for {one.code}")
        if minutes := _MINUTES.search(text):
            made.units = int(minutes[1])
            made.reasons.append(f"{minutes[1]} minutes, billed as minutes")
        else:
            made.sure = False
            made.reasons.append("the minutes of anesthesia are not given: ask for start and end")
        if status := _STATUS.search(text):
            made.modifiers = (f"P{_ROMAN.get(status[1].upper(), status[1])}",)
        yield made
        return
