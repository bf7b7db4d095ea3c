"""The total time that a record states for a visit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.visits.record import Record
from chartcode.model.case import Mention

_NUMBER = r"(?P<n>\d{1,3})(?:\s?(?:-|to)\s?(?P<m>\d{1,3}))?[\s-]"
_UNIT = r"(?P<u>minutes?|mins?\b|hours?)"
_SPENT = re.compile(
    rf"""(?:\b(?:(?:total|face[\s-]to[\s-]face)\s+time|time\s+spent|spent|spending|encounter\s+time
    |visit\s+(?:lasted|took)|(?:spoke|talked|met|visited|was)\s+with\s+(?:the\s+patient|her|him|them))\b
    (?:(?!\.\s)[^\n;]){{0,240}}?\b{_NUMBER}\s?{_UNIT})""",
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
_MOST = 300
_FOLLOWING = 25
_AN_HOUR = 60


def minutes(record: Record) -> tuple[int, Mention] | None:
    """Return the total minutes stated for the visit with their words, or None where none are.

    Of a range the lower end counts; of several statements the longest, which is the total.
    """
    return max(_stated(record), key=lambda found: found[0], default=None)


def _stated(record: Record) -> Iterator[tuple[int, Mention]]:
    for document in record.documents:
        if _HINT.search(document.text) is None:
            continue
        for pattern in (_SPENT, _AFTER):
            for match in pattern.finditer(document.text):
                number = int(match["n"]) * (_AN_HOUR if match["u"].lower().startswith("hour") else 1)
                if 0 < number <= _MOST and not _NOT_ALL.search(match.group() + _behind(document.text, match.end())):
                    section = document.section_at(match.start())
                    yield number, Mention(document.span(*match.span()), "total time", section=section)


def _behind(text: str, at: int) -> str:
    """Return the words that follow in the sentence: they may say that the minutes went into something else."""
    return re.split(r"[.;\n]", text[at : at + _FOLLOWING], maxsplit=1)[0]
