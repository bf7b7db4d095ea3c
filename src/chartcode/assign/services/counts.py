"""Services whose number, or units, go by a count: nerves tested, regions set by hand, allergens, limbs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.services.line import Line
from chartcode.assign.services.passages import Reading

_NUMBER = re.compile(
    r"\b(\d{1,3})\s+(?:\w+ ){0,2}?(?:allergens?|antigens?|extracts?|pricks?|tests?|patches|doses|units)\b",
    re.IGNORECASE,
)

_CONDUCTED = ("95907", "95908", "95909", "95910", "95911", "95912", "95913")
"""Nerve conduction by studies: one or two, then two more each; the last from thirteen on."""
_STUDIES = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+nerve conduction stud", re.IGNORECASE
)
_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_KIND = re.compile(r"\b(motor|sensory)\b", re.IGNORECASE)
_NERVES = re.compile(
    r"\b(median|ulnar|radial|musculocutaneous|axillary|peroneal|fibular|tibial|sural|saphenous|femoral|plantar|antebrachial"
    r"|facial|spinal accessory)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bbilateral(?:ly)?\b|\bboth (?:sides|arms|legs|upper|lower)|\b(?:right and left|left and right)\b", re.IGNORECASE)  # fmt: skip
_LIMB = re.compile(r"\b(right|left|bilateral|both)\s+(upper|lower|arms?|legs?|hands?|feet|foot|extremit\w+|limbs?)", re.IGNORECASE)  # fmt: skip
_NEEDLE = ("95885", "95886")

_REGIONS = (
    ("head", re.compile(r"\bhead\b|\bcranial\b|\bsuboccipital", re.IGNORECASE)),
    ("cervical", re.compile(r"\bcervical\b|\bneck\b|\bc-spine", re.IGNORECASE)),
    ("thoracic", re.compile(r"\bthoracic\b|\bmid[- ]?back\b|\bt-spine", re.IGNORECASE)),
    ("lumbar", re.compile(r"\blumbar\b|\blow(?:er)? back\b|\bl-spine", re.IGNORECASE)),
    ("sacral", re.compile(r"\bsacral\b|\bsacrum\b|\bsacroiliac", re.IGNORECASE)),
    ("pelvic", re.compile(r"\bpelvi\w+|\binnominate", re.IGNORECASE)),
    ("leg", re.compile(r"\blower extremit|\bknees?\b|\bankles?\b|\bhips?\b", re.IGNORECASE)),
    ("arm", re.compile(r"\bupper extremit|\bshoulders?\b|\belbows?\b|\bwrists?\b", re.IGNORECASE)),
    ("ribs", re.compile(r"\bribs?\b|\brib cage", re.IGNORECASE)),
    ("abdomen", re.compile(r"\babdom\w+|\bvisceral", re.IGNORECASE)),
)
_SPINE = frozenset(("cervical", "thoracic", "lumbar", "sacral", "pelvic"))
_BY_OSTEOPATH = ("98925", "98926", "98927", "98928", "98929")
_BY_CHIROPRACTOR = ("98940", "98940", "98941", "98941", "98942")


def counted(lines: Iterable[Line], reading: Reading) -> list[Line]:
    """Return lines with the number or the units that what they count makes, in place; what is not said stays one."""
    every = list(lines)
    for one in every:
        if one.code in _CONDUCTED:
            _conducted(one, reading)
        elif one.code in _NEEDLE:
            _limbs(one)
        elif one.code in _BY_OSTEOPATH or one.code in _BY_CHIROPRACTOR:
            _set_by_hand(one)
        elif "each" in one.marks and (found := _NUMBER.search(" ".join(p.text for p in one.passages))):
            one.units = max(1, int(found[1]))
            one.reasons.append(f"{found[1]} counted")
    first = next((one for one in every if one.code in _CONDUCTED), None)
    return [one for one in every if one is first or one.code not in _CONDUCTED]


def _conducted(one: Line, reading: Reading) -> None:
    """Set the number of nerve conduction by its studies: each nerve once a side and kind, as the sentences name them."""
    if stated := _STUDIES.search(reading.document.text):
        word = stated[1].lower()
        count = int(word) if word.isdigit() else _WORDS.index(word)
    else:
        count = _nerves(reading)
    if not count:
        one.sure = False
        one.reasons.append("the record does not list the nerves tested: ask how many studies")
        return
    one.code = _CONDUCTED[min(len(_CONDUCTED) - 1, (count - 1) // 2)]
    one.reasons.append(f"{count} nerve conduction studies")


def _nerves(reading: Reading) -> int:
    """Return how many nerves the sentences on motor and sensory conduction name, both sides apart."""
    found: set[tuple[str, str, str]] = set()
    for passage in reading.passages:
        kinds = list(_KIND.finditer(passage.text))
        for at, kind in enumerate(kinds):
            end = kinds[at + 1].start() if at + 1 < len(kinds) else len(passage.text)
            part = passage.text[kind.end() : end]
            named = {m[1].lower() for m in _NERVES.finditer(part)}
            if not named or "muscle" in part:
                continue
            sides = {m.group().lower() for m in re.finditer(r"\b(?:right|left)\b", part, re.IGNORECASE)}
            sides = {"right", "left"} if _BOTH.search(part) else sides or {""}
            found |= {(kind[1].lower(), side, nerve) for side in sides for nerve in named}
    return len(found)


def _limbs(one: Line) -> None:
    """Set the units of needle tests beside nerve conduction: one a limb."""
    limbs: set[tuple[str, str]] = set()
    for m in _LIMB.finditer(" ".join(p.text for p in one.passages)):
        part = "lower" if m[2].lower().startswith(("lower", "leg", "foot", "feet")) else "upper"
        limbs |= {
            (side, part) for side in (("right", "left") if m[1].lower() in ("both", "bilateral") else (m[1].lower(),))
        }
    if len(limbs) > 1:
        one.units = len(limbs)
        one.reasons.append(f"{len(limbs)} limbs")


def _set_by_hand(one: Line) -> None:
    """Set the number of manipulation by the regions that the sentence names."""
    regions = {name for name, pattern in _REGIONS if pattern.search(" ".join(p.text for p in one.passages))}
    if one.code in _BY_CHIROPRACTOR:
        regions &= _SPINE
        if regions:
            one.code = _BY_CHIROPRACTOR[min(len(regions), 5) - 1]
    elif regions:
        one.code = _BY_OSTEOPATH[min(len(_BY_OSTEOPATH) - 1, (len(regions) - 1) // 2)]
    if regions:
        one.reasons.append(f"{len(regions)} regions: {', '.join(sorted(regions))}")
    else:
        one.sure = False
        one.reasons.append("the record does not name the regions: ask which")
