"""The total time that a record states for a visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.visits.record import Record
from chartcode.model.case import Mention
from chartcode.model.chart import Document

_NUMBER = r"(?<!\.)(?P<n>\d{1,3}(?:\.\d+)?)(?:\s?(?:-|to)\s?(?P<m>\d{1,3}))?[\s-]"
_UNIT = r"(?P<u>minutes?|mins?\b|hours?)"
_SPENT = re.compile(
    rf"""(?:\b(?:(?:total|face[\s-]to[\s-]face|critical\s+care)\s+time|time\s+spent|spent|spending|encounter\s+time
    |visit\s+(?:lasted|took)|(?:spoke|talked|met|visited|was)\s+with\s+(?:the\s+patient|her|him|them))\b
    (?:(?!\.\s|\n\s*\n)[^;]){{0,240}}?\b{_NUMBER}\s?{_UNIT})""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    rf"""\b{_NUMBER}\s?{_UNIT}(?:\s+(?:of|in|total|was|were|time|face[\s-]to[\s-]face|on|with)){{0,4}}
    \s+(?:spent|counseling|critical\s+care|with\s+(?:the\s+)?patient|face[\s-]to[\s-]face|total|of\s+(?:total\s+)?time)""",
    re.IGNORECASE | re.VERBOSE,
)
_HINT = re.compile(r"minutes?|mins?\b|hours?", re.IGNORECASE)
_NOT_ALL = re.compile(
    r"sleep|exercis|walk|surgery|operat|anesth|procedure time|fluoro|tourniquet|smok|shift|infus|awake|seizure"
    r"|dialysis|feeding|work|ago|every|daily",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:exclu\w+|not (?:including|counting)|apart from|separate from)\b[^.;\n]*", re.IGNORECASE)
"""What the minutes leave out, by the record's own words."""
_OF_ITS_OWN = re.compile(
    r"psychotherap|tobacco|cessation|advanced? care plan|living will|\bPOLST|\bMOLST", re.IGNORECASE
)
"""Talks that are billed by minutes of their own, which are none of the visit's."""
_MOST = 300
_FOLLOWING = 25
_AN_HOUR = 60


def minutes(record: Record) -> tuple[int, Mention] | None:
    """Return the total minutes stated for the visit with their words, or None where none are.

    Of a range the lower end counts; of several statements the longest, which is the total.
    """
    return max(_stated(record), key=lambda found: found[0], default=None)


def of_discharge(record: Record) -> tuple[int, Mention] | None:
    """Return the minutes that a record states for a discharge, which "more than thirty" are thirty-one of."""
    found = [minutes(record)]
    for document in record.documents:
        for match in _DISCHARGE.finditer(document.text):
            if "discharg" not in match.group().lower():
                continue
            number = int(match["n"]) + bool(match["more"])
            found.append((number, _words(document, match)))
    return max((one for one in found if one), key=lambda one: one[0], default=None)


_DISCHARGE = re.compile(
    r"""(?:\bdischarg\w+[^.;\n]{0,60}?\b)?(?P<more>more\s+than|greater\s+than|over|>|exceed(?:ed|ing))?\s*
    \b(?P<n>\d{1,3})\s?-?(?:minutes?|mins?\b)(?:[^.;\n]{0,60}?\bdischarg\w+)?""",
    re.IGNORECASE | re.VERBOSE,
)


def _stated(record: Record) -> Iterator[tuple[int, Mention]]:
    for document in record.documents:
        if _HINT.search(document.text) is None:
            continue
        for pattern in (_SPENT, _AFTER):
            for match in pattern.finditer(document.text):
                number = round(float(match["n"]) * (_AN_HOUR if match["u"].lower().startswith("hour") else 1))
                if _OF_ITS_OWN.search(_sentence(document.text, *match.span())):
                    continue
                told = _APART.sub("", match.group() + _behind(document.text, match.end()))
                if 0 < number <= _MOST and not _NOT_ALL.search(told):
                    yield number, _words(document, match)


def _words(document: Document, match: re.Match[str]) -> Mention:
    return Mention(document.span(*match.span()), "total time", section=document.section_at(match.start()))


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place; a line's end alone does not end it."""
    low = max(text.rfind(". ", 0, start), text.rfind("\n\n", 0, start)) + 1
    ends = [at for at in (text.find(". ", end), text.find("\n\n", end)) if at >= 0]
    return text[low : min(ends, default=len(text))]


def _behind(text: str, at: int) -> str:
    """Return the words that follow in the sentence: they may say that the minutes went into something else."""
    return re.split(r"[.;\n]", text[at : at + _FOLLOWING], maxsplit=1)[0]
