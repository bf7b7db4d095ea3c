"""How far a pregnancy or a newborn is: completed weeks, from the ways in which records say them.

"28 weeks 3 days", "28 3/7 weeks", "28w3d", "28+3", "twenty-eight weeks", "EDC 07/21/2026" on a known day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_ONES = {w: n for n, w in enumerate(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 1
)}  # fmt: skip
_NUMBER = rf"(?P<n>\d{{1,2}})|(?P<word>(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(list(_ONES)[3:])})"
_SAID = re.compile(
    rf"""(?<![\d./])\b(?:{_NUMBER})(?:st|nd|rd|th)?(?:
        (?P<short>\s?w(?:ks?)?\s?\d\s?d\b)
      | (?P<sevenths>[\s,+-]*(?:and\s+)?\d\s?/\s?7(?:ths)?(?:[\s-]*(?:weeks?|wks?)\b)?)
      | (?P<plain>(?:\.\d)?[\s-]*(?:(?:plus|\+)\s?)?(?:weeks?|wks?)\b'?(?:[\s,]*(?:and|plus|\+)?[\s,]*(?:\d|one|two|three|four|five|six)(?:\s?/\s?7|[\s-]*days?\b))?)
      | (?P<plus>\s?\+\s?[0-6]\b(?!\s?/))
    )""",
    re.VERBOSE,
)
_OF_PREGNANCY = re.compile(
    r"\b(?:pregnan\w*|gravida|para|g\s?\d+\s?[,/]?\s?p\s?\d|intrauterine|iups?|gestation\w*|prenatal|antepartum|trimester|ega|fetus|fetal|edc|edd|lmp|"
    r"preterm|premature|prematurity|term|deliver\w+|labor|abortion|cesarean|c-section|twins?|born|neonate|newborn|infant|abruption|previa|pre-?eclampsia|obstetric\w*|ultrasound)\b"
)
_NOT_THIS = re.compile(
    r"(?:\b(?:in|for|every|over|past|last|within|another|next|about|after|each|x|times|prior)\s+(?:the\s+)?(?:(?:past|last|next|about|approximately)\s+)?$)"
)
_NOT_AFTER = re.compile(
    r"\s*(?:(?:of\s+)?(?:ago|post\w*|p\.?p\b|s/p|status\s+post|later|old|after|since|following|out\b|from\s+(?:now|delivery)|duration|prior|earlier|before|history|supply|course|apart|time))"
)
_PAST = re.compile(
    r"\b(?:previous|prior|history of|last pregnancy|first pregnancy|first child|h/o|sister|delivered at|lost|miscarr\w+ at|before|until|return\w*|follow[- ]?up|will|plan\w*|if)\b[^.;\n]{0,40}$"
)
_NEAR = 70
_DUE = re.compile(
    r"\b(?:edc|edd|estimated (?:date of (?:confinement|delivery)|due date)|due date)\b[^\d\n]{0,25}(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b"
)
_TERM_WEEKS = 40
_FEWEST, _MOST = 4, 43
_TRIMESTER = re.compile(r"\b(first|second|third|1st|2nd|3rd) trimester")
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd"}


class Weeks(NamedTuple):
    """Completed weeks, and the place in the text that says them."""

    weeks: int
    start: int
    end: int


def weeks_said(text: str) -> Iterator[Weeks]:
    """Yield the weeks of gestation that a text in small letters says, in order of their place; linear in its length."""
    for match in _SAID.finditer(text):
        weeks = _value(match)
        if not _FEWEST <= weeks <= _MOST:
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() : match.end() + _NEAR]
        if _NOT_AFTER.match(after) or _PAST.search(before) or _NOT_THIS.search(before):
            continue
        near = before[before.rfind("\n\n") + 1 :] + text[match.start() : match.end()] + after.partition("\n\n")[0]
        if _OF_PREGNANCY.search(near):
            yield Weeks(weeks, match.start(), match.end())


def _value(match: re.Match[str]) -> int:
    if match["n"]:
        return int(match["n"])
    first, _, second = match["word"].replace("-", " ").partition(" ")
    return _TENS[first] + _ONES.get(second, 0) if first in _TENS else _ONES[first]


def weeks_by_due_date(text: str, on: date | None) -> Iterator[Weeks]:
    """Yield the completed weeks on a day that the due dates in a text in small letters give."""
    if on is None:
        return
    for match in _DUE.finditer(text):
        month, day, year = (int(part) for part in match.groups())
        try:
            due = date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
        weeks = (_TERM_WEEKS * 7 - (due - on).days) // 7
        if _FEWEST <= weeks <= _MOST:
            yield Weeks(weeks, match.start(), match.end())


def trimester_of(weeks: int) -> str:
    """Return ``1st``, ``2nd`` or ``3rd`` (Guidelines, chapter 15: from 14 weeks 0 days and from 28 weeks 0 days)."""
    return "1st" if weeks < 14 else "2nd" if weeks < 28 else "3rd"


def trimester_said(text: str) -> str | None:
    """Return the trimester that a text in small letters names first, or None."""
    named = _TRIMESTER.search(text)
    return _ORDINALS.get(named[1], named[1]) if named else None
