"""Where an injury happened (Y92): a place that the words "in", "at" or "on" make the place of the event.

The place of the event is not the place to which somebody was brought or where somebody lives.
"""

from __future__ import annotations

import re

from chartcode.assign.causes.phrases import table

_ROOMS = {
    "kitchen": "0",
    "dining": "1",
    "bathroom": "2",
    "bedroom": "3",
    "driveway": "4",
    "garage": "5",
    "yard": "7",
    "other": "8",
}
_UNSPECIFIED = {"0": "0", "1": "1", "2": "2", "3": "3", "7": "7", "8": "8"}
"""Rooms of a home of unspecified kind (Y92.00-); a driveway and a garage are a house's (Y92.01-)."""
_OF_A_HOUSE = ("4", "5")
_APARTMENT = {"0": "0", "1": "8", "2": "1", "3": "2"}
_HOMES = ("Y92.00", "Y92.01", "Y92.02", "Y92.03", "Y92.12", "Y92.13", "Y92.14", "Y92.16", "Y92.19")
_BEFORE = re.compile(
    r"\b(?:in|at|on|onto|inside|into|of|across|off|down|through|along|around|while crossing|crossing|behind)"
    r"(?: the| an?| his| her| their| our| my| local| busy| public| own| crowded| wet| icy)*[ \n](?:[\w'-]+[ \n])?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:brought|taken|transport\w*|lives?|living|resid\w+|seen|evaluated|treated|admitted|presents?|presented|arriv\w+|discharged|"
    r"referred|followed|stay\w*|works|attends?|student|grader|returned|returning|went|going|drove|driving|walked|walking|way|transferred)"
    r"(?: \w+){0,3}?[ \n](?:in|at|on|to|from)?(?: the| an?| his| her| their)*[ \n]$"
)
_GOING_ON = re.compile(r"\b(?:walking|walked|driving|drove)\b")
_BACK = 45


def place(text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the place code that a stretch of text in small letters tells, with the offsets of its words, or None."""
    home: tuple[str, int, int] | None = None
    room: tuple[str, int, int] | None = None
    for row in table("places.tsv"):
        for found in row.said.finditer(text, first, last):
            if not _is_place(text, first, found):
                continue
            if row.code in _ROOMS:
                room = room or (_ROOMS[row.code], *found.span())
            elif row.code in _HOMES:
                home = home or (row.code, *found.span())
            else:
                return row.code, *found.span()
            break
    if home is None and room is None:
        return None
    kind = home[0] if home else "Y92.00"
    start, end = (home or room or ("", 0, 0))[1:]
    if room:
        start, end = min(start, room[1]), max(end, room[2])
    if kind == "Y92.00" and room and room[0] in _OF_A_HOUSE:
        kind = "Y92.01"
    return f"{kind}{_room(kind, room[0] if room else None)}", start, end


def _room(kind: str, room: str | None) -> str:
    if room is None:
        return "9"
    if kind == "Y92.00":
        return _UNSPECIFIED[room]
    if kind in ("Y92.01", "Y92.02"):
        return room
    if kind == "Y92.03":
        return _APARTMENT.get(room, "8")
    return {"2": "1", "3": "2", "0": "0"}.get(room, "9") if kind in ("Y92.12", "Y92.13", "Y92.14", "Y92.16") else "9"


def _is_place(text: str, first: int, found: re.Match[str]) -> bool:
    """Tell whether a word is the place of the event: "in the kitchen", not "was brought to the hospital"."""
    before = text[max(first, found.start() - _BACK) : found.start()]
    if not _BEFORE.search(before):
        return False
    away = _ELSEWHERE.search(before)
    return away is None or (
        _GOING_ON.match(before, away.start()) is not None and not before.endswith(("to the ", "home "))
    )
