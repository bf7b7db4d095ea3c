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
_TOLD = re.compile(
    r"\b(?:(?P<kind>motor|sensory)|(?P<side>right|left|bilateral(?:ly)?|both)|(?P<nerve>median|ulnar|radial|musculocutaneous"
    r"|axillary|peroneal|fibular|tibial|sural|saphenous|femoral|plantar|antebrachial|facial|spinal accessory))\b",
    re.IGNORECASE,
)
Told = list[tuple[str, str]]
"""What a sentence names, in order: ``kind`` (motor, sensory), ``side`` or ``nerve``, each with its word."""
_SIDES_OF: dict[str, tuple[str, ...]] = dict.fromkeys(("bilateral", "bilaterally", "both"), ("right", "left"))
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
        told = [(m.lastgroup or "", m.group().lower()) for m in _TOLD.finditer(passage.text)]
        if any(kind == "nerve" for kind, _ in told) and "muscle" not in passage.text:
            found |= _after_nerve(told) if _nerve_first(told) else _after_kind(told)
    return len(found)


def _nerve_first(told: Told) -> bool:
    """Tell whether a sentence names nerves before what was tested of them: "left median motor"."""
    return next((kind for kind, _ in told if kind != "side"), "") == "nerve"


def _after_nerve(told: Told) -> set[tuple[str, str, str]]:
    """Return the studies of "left median motor and sensory, right ulnar motor"; the sural nerve is sensory alone."""
    found: set[tuple[str, str, str]] = set()
    sides: tuple[str, ...] = ("",)
    nerves: list[tuple[str, str]] = []
    closed = False
    for kind, word in told:
        if kind == "side":
            sides = _SIDES_OF.get(word, (word,))
        elif kind == "nerve":
            nerves = [] if closed else nerves
            nerves, closed = [*nerves, *((side, word) for side in sides)], False
        else:
            found |= {(word, side, nerve) for side, nerve in nerves}
            closed = True
    return found | {("sensory", *one) for one in nerves if not closed and one[1] == "sural"}


def _after_kind(told: Told) -> set[tuple[str, str, str]]:
    """Return the studies of "motor conduction of the right median and ulnar nerves"."""
    found: set[tuple[str, str, str]] = set()
    sides: tuple[str, ...] = ("",)
    kinds: list[str] = []
    closed = False
    for kind, word in told:
        if kind == "side":
            sides = _SIDES_OF.get(word, (word,))
        elif kind == "kind":
            kinds, closed = [*([] if closed else kinds), word], False
        else:
            found |= {(tested, side, word) for tested in kinds for side in sides}
            closed = True
    return found


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
