"""Whether somebody lost consciousness, and for how long: the sixth character of an intracranial injury (S06).

By the subdivisions of S06: without loss 0, up to 30 minutes 1, to 59 minutes 2, to 5 hours 59 minutes 3, to 24 hours 4,
longer 5, duration not stated 9, and A where it is not known whether consciousness was lost.
"""

from __future__ import annotations

import re

_LOSS = r"(?:loss of consciousness|l\.?o\.?c\.?)"
_TOLD = re.compile(
    rf"\b(?P<none>(?:no|without|den(?:y|ies|ied)(?: any)?|negative for|not have(?: any)?)(?: [a-z]+){{0,4}}? (?:{_LOSS})|(?:not|never|n't) (?:lose|lost|losing) consciousness"
    rf"|{_LOSS} ?(?:was |is )?[(:,]? ?(?:negative|denied|none|no)\b|remained (?:awake|conscious|alert)|(?:not|never) (?:knocked out|unconscious))"
    rf"|\b(?P<unknown>(?:unknown|unclear|unsure|uncertain|questionable|possible|unwitnessed|\?)(?: [a-z]+){{0,3}}? {_LOSS}|unknown (?:if|whether)(?: [a-z]+){{0,4}}? (?:lost )?consciousness)"
    rf"|\b(?P<lost>(?:brief|momentary|transient)? ?{_LOSS}|(?:lost|losing|loses) consciousness|knocked (?:out|unconscious)|(?:was|rendered|found|became) unconscious|blacked out)\b",
)
_LENGTH = re.compile(
    r"(?P<number>\d+|an?|one|two|three|few|several|couple(?: of)?|some) ?(?:to \d+ |- ?\d+ )?(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?)\b"
)
_BRIEF = re.compile(r"\b(?:brief\w*|moment\w*|transient\w*|few seconds)\b")
_SIGNS = ("conscious", "loc", "l.o.c", "knocked out", "blacked out", "alert")
_NEAR = 60
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_MINUTES = ((30, "1"), (59, "2"), (359, "3"), (1440, "4"))


def consciousness(text: str) -> str | None:
    """Return the sixth character by what a text in small letters tells first, None where it tells nothing.

    >>> [consciousness(t) for t in ("no loss of consciousness", "brief loc", "was knocked out", "he fell")]
    ['0', '1', '9', None]
    """
    told = _TOLD.search(text) if any(sign in text for sign in _SIGNS) else None
    if told is None:
        return None
    if told.lastgroup == "none":
        return "0"
    if told.lastgroup == "unknown":
        return "A"
    near = text[max(0, told.start() - _NEAR) : told.end() + _NEAR].replace("\n", " ")
    length = _LENGTH.search(text[told.start() : told.end() + _NEAR])
    if length is not None:
        return _by_length(length["number"], length["unit"])
    return "1" if _BRIEF.search(near) else "9"


def _by_length(number: str, unit: str) -> str:
    count = int(number) if number.isdigit() else _WORDS.get(number, 5)
    minutes = count * (1440 if unit[0] == "d" else 60 if unit[0] == "h" else 1 if unit[0] == "m" else 0)
    return next((character for most, character in _MINUTES if minutes <= most), "5")
