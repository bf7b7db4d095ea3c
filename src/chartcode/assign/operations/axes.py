"""What the record says of each axis: the side, the approach (B5), what was left in place (B6), the body part (B4).

An axis that the record leaves open stays open: ``?``. The words that decided an axis are kept beside its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from chartcode.assign.operations.durations import ventilated
from chartcode.assign.operations.reading import Found, nearest
from chartcode.books.icd10pcs import OPEN
from chartcode.books.operations import APPROACH, CUES, LITERAL, PART, SIDE, Element, Operations

_SIDES = ("right", "left", "bilateral")
_WORDS = {
    "converted": r"converted? to (?:an )?open|conversion to (?:an )?open|open conversion",
    "4": r"laparoscop(?!ic (?:sponge|pad|pack|tape))|thoracoscop|"
    r"arthroscop|\brobot|da ?vinci|\bvats\b|video.assisted|pneumoperitoneum|"
    r"\blap(?= (?:chole|app))",
    "8": r"endoscop|cystoscop|hysteroscop|bronchoscop|transurethral|colonoscop|ureteroscop",
    "7": r"transvaginal|vaginal(?:ly)? (?:approach|removed)|per vagina|transrectal",
    "0": r"\bopen\b|laparotomy|thoracotomy|craniotomy|celiotomy|sternotomy|midline incision|pfannenstiel|"
    r"retropubic|abdominal hysterectomy|transverse incision|incision was (?:made|carried)",
    "3": r"percutaneous|needle|(?:ct|ultrasound|image|fluoroscop\w+)[- ]guid",
    "X": r"\bexternal approach",
}
_APPROACHES = [("0" if v == "converted" else v, re.compile(words, re.IGNORECASE)) for v, words in _WORDS.items()]
"""The approaches in the order in which they are believed: what was converted from a scope to open is open (B5.2)."""
_WIDE = ("0", "4")
_APPROACH = 4
"""The place of the approach in a code, counted from nought."""
_CUT = re.compile(
    r"\bopen\b(?! (?:fracture|wound|reduction))|thoracotomy|laparotomy|mini-?open|arthrotomy", re.IGNORECASE
)
_DEEPER = {"bone": re.compile(r"\bbone|\bbony|ostect", re.IGNORECASE), "muscle": re.compile(r"\bmuscle", re.IGNORECASE)}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a procedure's words make of a pattern: seven characters, some of them open, and the words for each axis.

    ``sides`` are the characters that an axis may have whose side is open, empty for the other axes.
    """

    code: str
    words: tuple[str, ...] = field(repr=False)
    sides: tuple[str, ...] = ("",) * 7


def drafts(found: Found, operations: Operations) -> list[Draft]:
    """Return what a procedure's words make of each of its patterns; both sides make two."""
    return [draft for pattern in found.operation.patterns for draft in _drafts(found, pattern, operations)]


def _drafts(found: Found, pattern: tuple[Element, ...], operations: Operations) -> list[Draft]:
    part = _part(found) if any(e.kind == PART for e in pattern) else None
    made: list[tuple[str, ...]] = []
    words: list[str] = []
    sides: list[str] = []
    for at, element in enumerate(pattern):
        if element.kind == PART:
            value, said = (part[0][0] if at == 1 else part[0][1:], part[1]) if part else (OPEN, "")
        else:
            value, said = _value(found, element, at, operations)
        sides.append(value[1:3] if value.startswith("[") else "")
        made.append(_by_side(value, found) if value.startswith("[") else (value or OPEN,))
        words.append(said or (found.side or "" if value.startswith("[") else ""))
    several = max(map(len, made))
    codes = ["".join(values[min(n, len(values) - 1)] for values in made) for n in range(several)]
    return [Draft(code, tuple(words), tuple(sides)) for code in dict.fromkeys(codes)]


def _value(found: Found, element: Element, at: int, operations: Operations) -> tuple[str, str]:
    """Return an element's value and the words that chose it; a value in brackets is then chosen by side."""
    if element.kind in (LITERAL, SIDE):
        value = element.values[0][1]
        return value, found.mention.span.text if at in (2, 3) or (at > 3 and value != "Z") else ""
    if element.kind == APPROACH:
        return approach(found, element.values[0][1] if element.values else OPEN)
    if element.kind == CUES:
        return _by_cue(found, element, at, operations)
    return ventilated(found) if at == 4 else (OPEN, "")


def _by_cue(found: Found, element: Element, at: int, operations: Operations) -> tuple[str, str]:
    """Return the value of the first cue that the sentence says, or, for wide ones, the whole operative note."""
    cues = [(cue, value, *_cue(cue, operations)) for cue, value in element.values if cue and cue not in _SIDES]
    said = next(((value, match) for _, value, e, _ in cues if (match := e.search(found.text))), None)
    cut = _CUT.search(found.text) if at == _APPROACH and any(v == "0" for _, v in element.values) else None
    if cut and (said is None or _gap(cut, found) < _gap(said[1], found)):
        return "0", cut.group()
    if said is None:
        beside = next((value for cue, value in element.values if cue in _SIDES and cue == found.side), None)
        if beside is not None:
            return beside, found.side or ""
        if found.page.operative:
            wide = ((value, e) for _, value, e, everywhere in cues if everywhere)
            said = next(((value, match) for value, e in wide if (match := found.page.first(e))), None)
    if said is not None:
        return said[0], said[1].group()[:60]
    return next((value for cue, value in element.values if not cue), OPEN), ""


def _gap(match: re.Match[str], found: Found) -> int:
    """Return the characters between words of a procedure's sentence and the procedure's own."""
    start, end = found.mention.span.start - found.sentence[0], found.mention.span.end - found.sentence[0]
    return max(match.start() - end, start - match.end(), 0)


def _cue(name: str, operations: Operations) -> tuple[re.Pattern[str], bool]:
    """Return a cue's expression, and whether the whole of an operative note may say it."""
    return operations.cues.get(name) or (_beginning(name), False)


@cache
def _beginning(cue: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(cue)}", re.IGNORECASE)


def approach(found: Found, otherwise: str) -> tuple[str, str]:
    """Return the approach that the record says and its words: a sentence, else the titles, else an operative note.

    Where the procedure is an open one unless said otherwise, other sentences tell no more than whether it was: a scope
    through an opening, or a needle, was another step.
    """
    order = _APPROACHES if otherwise == OPEN else sorted(_APPROACHES, key=lambda one: one[0] not in _WIDE)
    said = next(((value, match) for value, e in order if (match := e.search(found.text))), None)
    if said is None and found.page.operative:
        wide = [(v, e) for v, e in _APPROACHES if otherwise == OPEN or v in _WIDE]
        titles = found.page.titles
        said = next(((value, match) for value, e in wide if (match := e.search(titles))), None)
        said = said or next(((value, match) for value, e in wide if (match := found.page.first(e))), None)
    return (said[0], said[1].group()) if said else (otherwise, "")


def _part(found: Found) -> tuple[str, str] | None:
    """Return body system and body part from the words for places near by, as ``J8`` or ``Q[89]``, with those words."""
    classes = found.operation.options.get("part", "").split(",")
    if "deepest" in found.operation.options:  # B3.5: of overlapping layers the deepest is coded
        classes.sort(key=lambda name: name not in _DEEPER or not _DEEPER[name].search(found.text))
    for value, place in nearest(found, classes):
        return value, found.document.text[place[0] : place[1]]
    default = found.operation.options.get("default", "")
    return (default, "") if default else None


def _by_side(value: str, found: Found) -> tuple[str, ...]:
    """Return the character of a side; two for both sides where no value says both; open where no side is said."""
    characters, side = value[1:-1], found.side
    if side == "bilateral":
        return (characters[2],) if len(characters) > 2 else (characters[0], characters[1])
    return (characters[_SIDES.index(side)],) if side else (OPEN,)
