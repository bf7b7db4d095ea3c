"""One visit in the notation: ``moderate 99214 -25 office established problems moderate data low risk moderate mdm``."""

from __future__ import annotations

import re
from dataclasses import replace

from chartcode.model.case import ELEMENTS, LEVELS, MDM, TIME, Visit
from chartcode.model.notation.line import Line

_NUMBER = re.compile(r"\d{4}[0-9A-Z]|[A-V]\d{4}")
_PLACE = re.compile(r"\d\d")


def read(plain: str, line: Line) -> Visit:
    """Return the visit of one line, without its evidence.

    Raises:
        NotationError: a word is none of these.
    """
    level, *words = plain.split()
    found = Visit(level)
    rest = iter(words)
    for word in rest:
        if word in (MDM, TIME):
            found = replace(found, basis=word)
        elif word == "minutes":
            found = replace(found, minutes=line.count(next(rest, ""), "whole minutes after minutes"))
        elif word == "place":
            found = replace(found, place=_place(next(rest, ""), line))
        elif word in ELEMENTS:
            found = replace(found, **{word: _level(next(rest, ""), line)})  # type: ignore[arg-type]
        elif word.startswith("-"):
            found = replace(found, modifiers=(*found.modifiers, word[1:]))
        elif _NUMBER.fullmatch(word):
            found = replace(found, code=word)
        elif word.replace("_", "").isalpha():
            found = replace(found, **{"status" if found.service else "service": word})  # type: ignore[arg-type]
        else:
            raise line.error(
                "a number, -MODIFIER, SERVICE STATUS, problems, data or risk LEVEL, mdm, time, minutes N, place NN",
                word,
            )
    return found


def _level(word: str, line: Line) -> str:
    if word not in LEVELS:
        raise line.error(f"a level ({', '.join(LEVELS)})", word)
    return word


def _place(word: str, line: Line) -> str:
    if _PLACE.fullmatch(word) is None:
        raise line.error("a place of service, two digits", word)
    return word


def write(visit: Visit) -> str:
    """Return a visit in the notation, without its evidence."""
    given = zip(ELEMENTS, (visit.problems, visit.data, visit.risk), strict=True)
    words = (
        visit.level,
        visit.code,
        *(f"-{modifier}" for modifier in visit.modifiers),
        visit.service,
        visit.status,
        *(f"{name} {level}" for name, level in given if level),
        visit.basis,
        f"minutes {visit.minutes}" if visit.minutes is not None else "",
        f"place {visit.place}" if visit.place else "",
    )
    return " ".join(word for word in words if word)
