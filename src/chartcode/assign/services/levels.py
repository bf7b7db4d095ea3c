"""What is counted beyond the first: levels of the spine, square centimeters of skin, stages of micrographic surgery."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import ceil

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


_SQUARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:sq(?:uare|\.)?\s*(?:cm|centimeters?)|cm2|cm\u00b2)", re.IGNORECASE)
_SIDES = re.compile(r"(\d+(?:\.\d+)?)\s*(?:cm\s*)?(?:x|by)\s*(\d+(?:\.\d+)?)\s*-?\s*(?:cm|centimeters?)", re.IGNORECASE)
_STAGES = re.compile(r"\b(\d|two|three|four|five)\s+(?:stages|layers)\b", re.IGNORECASE)
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5}


def area(text: str) -> float:
    """Return the square centimeters that a text gives, all added up; 0 where it gives none.

    >>> area("split-thickness skin graft, 150 sq cm"), area("a wound of 6 x 5 cm")
    (150.0, 30.0)
    """
    squares = [float(m[1]) for m in _SQUARE.finditer(text)]
    return sum(squares) if squares else sum(float(m[1]) * float(m[2]) for m in _SIDES.finditer(text))


def stages(text: str) -> int:
    """Return the stages that a text gives, 0 where it gives none."""
    found = _STAGES.search(text)
    return (_WORDS.get(found[1].lower()) or int(found[1])) if found else 0


def further(code: str, named_by: Mapping[str, str], text: str) -> Iterator[tuple[str, int, str]]:
    """Yield (add-on code, units, what was counted) for what a text names beyond the first.

    Args:
        code: the number of the first.
        named_by: the add-on codes by what counts them: ``next`` and ``then`` (levels), ``area``, ``stage``.
        text: what names the levels, the size or the stages.
    """
    if "next" in named_by:
        count = len(bones(text)) if code in _BY_BONE else len(discs(text)) or len(bones(text))
        more = min(count - 1, _MOST_LEVELS)
        first = 1 if "then" in named_by else more
        if more >= 1:
            yield named_by["next"], first, f"{count} levels"
        if more > first:
            yield named_by["then"], more - first, f"{count} levels"
    if "area" in named_by and (size := area(text)) > _AREAS.get(code, 20):
        yield named_by["area"], ceil(size / _AREAS.get(code, 20)) - 1, f"{size:g} sq cm"
    if "stage" in named_by and (count := stages(text)) > 1:
        yield named_by["stage"], count - 1, f"{count} stages"


_AREAS = {"15100": 100, "15120": 100}
"""Square centimeters that the first number covers, where they are not twenty."""

_BY_BONE = frozenset(("22510", "22511", "22513", "22514", "63081"))
_MOST_LEVELS = 6
