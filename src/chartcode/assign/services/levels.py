"""Levels of the spine that a title names: how many discs or vertebrae an operation or injection reaches."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\b([CTLS])\s?-?(\d{1,2})\s*(?:-|/|\u2013|to|through)\s*([CTLS])?\s?-?(\d{1,2})\b", re.IGNORECASE)
_BONE = re.compile(r"\b([CTLS])\s?-?(\d{1,2})\b", re.IGNORECASE)
_FIRST = {"C": 0, "T": 7, "L": 19, "S": 24}
_LAST = {"C": 7, "T": 12, "L": 5, "S": 5}


def discs(text: str) -> set[int]:
    """Return the disc spaces that a text names; C4-C7 are three, L5-S1 is one.

    >>> len(discs("C4-C7 fusion")), len(discs("L4-5 and L5-S1")), len(discs("laminectomy"))
    (3, 2, 0)
    """
    found: set[int] = set()
    for match in _SPACE.finditer(text):
        upper, lower = _place(match[1], match[2]), _place(match[3] or match[1], match[4])
        if upper is not None and lower is not None and upper < lower <= upper + 8:
            found.update(range(upper, lower))
    return found


def bones(text: str) -> set[int]:
    """Return the vertebrae that a text names, those of ranges included."""
    found = {place for m in _BONE.finditer(text) if (place := _place(m[1], m[2])) is not None}
    for match in _SPACE.finditer(text):
        upper, lower = _place(match[1], match[2]), _place(match[3] or match[1], match[4])
        if upper is not None and lower is not None and upper < lower <= upper + 8:
            found.update(range(upper, lower + 1))
    return found


def _place(region: str, number: str) -> int | None:
    letter = region.upper()
    return _FIRST[letter] + int(number) if 1 <= int(number) <= _LAST[letter] else None
