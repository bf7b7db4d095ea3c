"""A dietitian's note: nutrition told of as the whole of an encounter, first or again, in units of fifteen minutes.

"Dietary counseling was given" in a physician's plan is part of the visit: a line needs a note that is about eating.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import VISIT, Passage
from chartcode.model.chart import Document

_FIRST, _AGAIN = "97802", "97803"
_NAMED = re.compile(
    r"\b(?:dietary|nutrition(?:al)?|dietitian|nutritionist) (?:consult\w*|assessment|evaluation|visit)\b|\bmedical nutrition therapy\b",
    re.IGNORECASE,
)
_EATING = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bmeal (?:plan|pattern)", r"\bcalorie", r"\bfood (?:diary|journal|record|choices)", r"\bcarbohydrate count",
        r"\bbasal energy expenditure", r"\b24-hour recall", r"\bdiet(?:ary)? history", r"\bdiabetic exchange|\bexchange list",
        r"\bportion", r"\blow-?fat (?:eating|food)", r"\bdietary guidelines", r"\bgrams of (?:fat|carbohydrate|protein)|\bfat grams",
        r"\bsnacks?\b",
    )
)  # fmt: skip
_LEAST, _LEAST_NAMED = 4, 2
_TREATED = re.compile(r"\bprescri\w+|\brefill|\bphysical exam|\blungs\b|\breview of systems", re.IGNORECASE)
_SEEN_BEFORE = re.compile(
    r"\bfollow-?up (?:dietary|nutrition\w*)|\bsince (?:I|we) last saw|\bsince (?:his|her|the) last (?:visit|consult)|\b(?:brings?|brought) in (?:\w+ )?(?:\w+ )?food (?:diary|journal|record)|\bkeeping a food (?:diary|journal)|\breassess",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(\d{1,3})[- ]?(?:minutes?|mins?)\b|\b(one|1|two|2)[- ]hour\b", re.IGNORECASE)
_UNIT, _LAST, _HOUR = 15, 8, 60
_KINDS = frozenset(("office visit", "consult", "other", "letter", ""))


def nutrition(document: Document) -> Iterator[Line]:
    """Yield the nutrition therapy of a note that is about eating and treats nothing else."""
    text = document.text
    if document.kind not in _KINDS or _TREATED.search(text):
        return
    told = [found for words in _EATING if (found := words.search(text))]
    named = _NAMED.search(text)
    if len(told) < (_LEAST_NAMED if named else _LEAST):
        return
    first = named or told[0]
    again = _SEEN_BEFORE.search(text)
    spent = _MINUTES.search(text)
    minutes = (int(spent[1]) if spent[1] else _HOUR * (2 if spent[2].lower() in ("two", "2") else 1)) if spent else 0
    units = max(1, (minutes + _UNIT - _LAST) // _UNIT)
    passage = Passage(document, VISIT, document.section_at(first.start()), *first.span(), (), [], {})
    why = f"{minutes} minutes" if minutes else "the minutes are not told: ask for them; one unit of fifteen stands in"
    yield line(_AGAIN if again else _FIRST, passage, first.span(), why, units=units, sure=bool(minutes))
