"""How long a patient was ventilated, as axis 5 of section 5 asks: under 24 consecutive hours, 24 to 96, or more."""

from __future__ import annotations

import re

from chartcode.assign.operations.reading import Found
from chartcode.books.icd10pcs import OPEN

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_FOR = re.compile(
    r"\b(?:for|after|x|approximately|about)\s+(?:a total of |approximately |about |nearly |over |the (?:first|next) )?"
    r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]*(hours?|hrs?|days?|weeks?)",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\bfrom\s+(\d{1,2})[/-](\d{1,2})(?:[/-]\d{2,4})?\s+(?:to|until|through)\s+(\d{1,2})[/-](\d{1,2})", re.IGNORECASE
)
_DAY = re.compile(r"\b(?:on|extubated)\s+(?:on\s+)?(\d{1,2})[/-](\d{1,2})\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\bextubated (?:the )?(?:same day|next (?:morning|day)|following (?:morning|day)|later that day|that evening|"
    r"overnight|in the (?:operating|recovery) room)|\bovernight\b",
    re.IGNORECASE,
)
_EXTUBATED = re.compile(r"\bextubat\w+", re.IGNORECASE)
_MONTH = 30.4


def band(hours: float) -> str:
    """Return the value of the axis: ``3`` under 24 hours, ``4`` for 24 to 96, ``5`` for more.

    >>> band(6), band(24), band(96), band(97)
    ('3', '4', '4', '5')
    """
    return "3" if hours < 24 else "4" if hours <= 96 else "5"


def ventilated(found: Found) -> tuple[str, str]:
    """Return the duration's value and the words that say it; open where the record does not."""
    sentence = found.text
    for passage in (sentence, _after(found)):
        if match := _DATES.search(passage):
            return band(24 * _days(match)), match.group()
        if match := _FOR.search(passage):
            number = _NUMBERS.get(match.group(1).lower()) or int(match.group(1))
            unit = {"h": 1, "d": 24, "w": 168}[match.group(2)[0].lower()]
            return band(number * unit), match.group()
        if match := _SHORT.search(passage):
            return "3", match.group()
    begun, ended = _DAY.search(sentence), _ended(found)
    if begun and ended:
        days = (int(ended.group(1)) - int(begun.group(1))) * _MONTH + int(ended.group(2)) - int(begun.group(2))
        if 0 <= days < 90:
            return band(24 * days), f"{begun.group()} ... {ended.group()}"
    return OPEN, ""


def _after(found: Found) -> str:
    """Return what follows the sentence up to 200 characters past a word of extubation."""
    text, end = found.document.text, found.sentence[1]
    match = _EXTUBATED.search(text, end, end + 500)
    return text[end : match.end() + 60] if match else ""


def _ended(found: Found) -> re.Match[str] | None:
    match = found.page.first(_EXTUBATED)
    return _DAY.search(found.document.text, match.start(), match.start() + 80) if match else None


def _days(match: re.Match[str]) -> float:
    a, b, c, d = map(int, match.groups())
    days = (c - a) * _MONTH + d - b
    return days if days >= 0 else days + 365
