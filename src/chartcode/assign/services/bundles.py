"""What one service includes of another: NCCI's edits where they are installed, else our own short table."""

from __future__ import annotations

from collections.abc import Iterable

from chartcode.assign.services.line import Line
from chartcode.books import Books, starter
from chartcode.books.ncci import ANY_PRIMARY, DENIED, PRACTITIONER

_DISTINCT = ("59", "XE", "XS", "XP", "XU")
_PLACES = frozenset(("LT", "RT", "E1", "E2", "E3", "E4", "LC", "LD", "RC", "LM", "RI", "TA", "FA")) | {f"{letter}{n}" for letter in "FT" for n in range(1, 10)}  # fmt: skip
_APART = ((45378, 45398), (43235, 43270), (45330, 45350), (12000, 13153))
"""Endoscopies and repairs of which several are reported where each had a lesion or wound of its own, the lesser with 59."""


def unbundle(lines: list[Line], books: Books) -> None:
    """Say of each line that another one includes why it is not reported, in place."""
    own = starter.bundles()
    for line in lines:
        for other in lines:
            if line is other or line.why or other.why or _elsewhere(line, other):
                continue
            if why := own.get(other.code, {}).get(line.code):
                line.why = f"included in {other.code}: {why}"
    pairs = books.ncci.pairs
    if pairs is None:
        return
    for line in (one for one in lines if not one.why):
        for other in (one for one in lines if not one.why and one is not line):
            edit = pairs.edit(other.code, line.code, PRACTITIONER, books.day)
            if edit is None or edit.modifier not in ("0", "1"):
                continue
            if edit.modifier == DENIED or not (_elsewhere(line, other) or _own_lesion(line, other)):
                line.why = f"included in {other.code} by NCCI's edits in force on {books.day.isoformat()}"
                break


def orphans(lines: list[Line], books: Books) -> None:
    """Say of each add-on code that stands without a service it goes with why it is not reported, in place."""
    standing = {line.code for line in lines if not line.why}
    for line in lines:
        if line.why or "add" not in line.marks:
            continue
        listed = books.ncci.addons.primaries(line.code, books.day) if books.ncci.addons else frozenset()
        if not (listed or starter.addons().get(line.code)) or ANY_PRIMARY in listed:
            continue
        if not any(_goes_with(line.code, other, listed) for other in standing - {line.code}):
            line.why = "an add-on code: the record names no service that it goes with"


def _goes_with(addon: str, primary: str, listed: frozenset[str]) -> bool:
    """Tell whether an add-on code goes with a number: by CMS's list where it has the code, else by ours."""
    if listed:
        return primary in listed
    return primary.isdigit() and any(int(primary) in numbers for numbers in starter.addons()[addon])


def parted(lines: Iterable[Line]) -> None:
    """Mark the lesser of two endoscopies or repairs that had a lesion or wound of their own as distinct (59), in place.

    The least is what is named last of one family, a biopsy or an injection before all.
    """
    seen: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.code in _LEAST, one.code)):
        if any(_own_lesion(line, other) for other in seen) and not set(line.modifiers) & set(_DISTINCT):
            line.modifiers = (*line.modifiers, "59")
            line.reasons.append("59: a lesion or wound of its own beside the other service")
        seen.append(line)


_LEAST = frozenset(("45380", "45381", "43239", "45331", "45335", "12001", "12002", "12004"))


def _elsewhere(line: Line, other: Line) -> bool:
    """Tell whether two lines are of different sides, digits or vessels."""
    one, two = set(line.modifiers) & _PLACES, set(other.modifiers) & _PLACES
    return bool(one and two and not one & two)


def _own_lesion(line: Line, other: Line) -> bool:
    """Tell whether two endoscopies of one family were named by words of their own."""
    if not (line.code.isdigit() and other.code.isdigit()):
        return False
    return any(a < int(line.code) <= b and a < int(other.code) <= b for a, b in _APART)
