"""Modifiers of a service line that the record shows: the side, digit, eyelid or coronary artery, and whose part it is.

Side LT, RT and 50 (both sides, one number); FA-F9 and TA-T9; E1-E4; LD, LC, RC, LM, RI; 26 where the physician reads
what the hospital's equipment made; PT where a screening colonoscopy became a treatment. The visit's 25 and 57 belong to
the visit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.circumstances import surroundings
from chartcode.assign.services.line import Line
from chartcode.assign.services.passages import IMAGING, OPERATION, TITLE, Passage, Reading
from chartcode.books import Books
from chartcode.model.chart import PROFESSIONAL

_SIDES = re.compile(
    r"\b(?:(right|rt|r\.)(?=[\s,.;:)-])|(left|lt|l\.)(?=[\s,.;:)-])|(bilateral\w*|both(?! bones?| of these| procedures| sites| lesions| components)|b/l|bilat))",
    re.IGNORECASE,
)
_EYES = re.compile(r"\b(?:(o\.?d\.?)|(o\.?s\.?)|(o\.?u\.?))(?=[\s,.;:)]|$)")
_OTHER_SIDE = re.compile(r"(?:opposite|contralateral|other|fellow) (?:side|eye|ear|eyelid|knee|lower extremity|upper extremity)\b|same (?:procedure )?(?:was )?(?:then )?(?:performed|repeated|done|carried out) on the (?:right|left|other|opposite)", re.IGNORECASE)  # fmt: skip
_FINGERS = (
    ("thumb", re.compile(r"\bthumb|\b1st (?:digit|finger)", re.IGNORECASE)),
    ("index", re.compile(r"\bindex\b|\b(?:2nd|second) (?:digit|finger)", re.IGNORECASE)),
    ("middle", re.compile(r"\bmiddle (?!phalanx|ear|meatal)|\blong (?:finger|and)|\b(?:3rd|third) (?:digit|finger)", re.IGNORECASE)),
    ("ring", re.compile(r"\bring\b|\b(?:4th|fourth) (?:digit|finger)", re.IGNORECASE)),
    ("little", re.compile(r"\blittle\b|\bsmall finger|\bpinky|\b(?:5th|fifth) (?:digit|finger)", re.IGNORECASE)),
)  # fmt: skip
_TOES = (
    ("great", re.compile(r"\bgreat toe|\bbig toe|\bhallux|\bhallucal|\b(?:1st|first) (?:digit|toe)", re.IGNORECASE)),
    ("second", re.compile(r"\b(?:2nd|second|#2)(?: and \w+)*,? (?:\w+ ){0,2}(?:digits?|toes?)|toe #?2\b", re.IGNORECASE)),
    ("third", re.compile(r"\b(?:3rd|third|#3)(?: and \w+)*,? (?:\w+ ){0,2}(?:digits?|toes?)|toe #?3\b", re.IGNORECASE)),
    ("fourth", re.compile(r"\b(?:4th|fourth|#4)(?: and \w+)*,? (?:\w+ ){0,2}(?:digits?|toes?)|toe #?4\b", re.IGNORECASE)),
    ("fifth", re.compile(r"\b(?:5th|fifth|#5)(?: and \w+)*,? (?:\w+ ){0,2}(?:digits?|toes?)|\blittle toe|toe #?5\b", re.IGNORECASE)),
)  # fmt: skip
_LEFT_DIGITS = {"digit": ("FA", "F1", "F2", "F3", "F4"), "toe": ("TA", "T1", "T2", "T3", "T4")}
_RIGHT_DIGITS = {"digit": ("F5", "F6", "F7", "F8", "F9"), "toe": ("T5", "T6", "T7", "T8", "T9")}
_LIDS = {("left", "upper"): "E1", ("left", "lower"): "E2", ("right", "upper"): "E3", ("right", "lower"): "E4"}
_ARTERIES = (
    ("LD", re.compile(r"\blad\b|left anterior descending|\bdiagonal", re.IGNORECASE)),
    ("LC", re.compile(r"circumflex|\blcx\b|obtuse marginal|\bom\d?\b", re.IGNORECASE)),
    ("RC", re.compile(r"right coronary|\brca\b|posterior descending|\bpda\b", re.IGNORECASE)),
    ("LM", re.compile(r"left main", re.IGNORECASE)),
    ("RI", re.compile(r"\bramus", re.IGNORECASE)),
)  # fmt: skip
_DIAGNOSES = ("preoperative diagnosis", "postoperative diagnosis")
_SCREENING = re.compile(r"\bscreening\b|surveillance|history of (?:\w+ ){0,2}polyps", re.IGNORECASE)
_COLON = range(45378, 45399)


def sided(line: Line, reading: Reading) -> list[tuple[str, ...]]:
    """Return the modifiers for side, digit, lid or artery of a line, one tuple a line that is to be written."""
    marks = line.marks
    if "digit" in marks or "toe" in marks:
        found = _digits(line, reading, "digit" if "digit" in marks else "toe")
        if found:
            return [(m,) for m in found]
    if "lid" in marks:
        lids = _lids(line, reading)
        if lids:
            return [(m,) for m in lids]
    if "artery" in marks:
        where = " ".join(p.text for p in line.passages)
        arteries = [m for m, pattern in _ARTERIES if pattern.search(where)]
        if not arteries:
            told = " ".join(
                p.text for p in reading.passages if "stent" in p.text.lower() or "balloon" in p.text.lower()
            )
            arteries = [m for m, pattern in _ARTERIES if pattern.search(told)][:1]
        return [(m,) for m in arteries] or [()]
    if "here" in marks:
        side = _near(line)
        return [{"right": ("RT",), "left": ("LT",)}.get(side or "", ())]
    if marks & {"side", "digit", "toe", "lid"}:
        side = _near(line) or side_of(line.passages, reading)
        if (
            side in ("right", "left")
            and line.passages[0].zone == TITLE
            and _BOTH_DONE.search(reading.document.text)
            and not _in(line.passages[0].text)
        ):
            side = "bilateral"
        return [{"right": ("RT",), "left": ("LT",), "bilateral": ("50",)}.get(side or "", ())]
    return [()]


def side_of(passages: Iterable[Passage], reading: Reading) -> str | None:
    """Return ``right``, ``left``, ``bilateral`` or None: by the sentences, else the titles, else the whole document."""
    listed = list(passages)
    for passage in listed:
        if side := _in(passage.text):
            if side != "bilateral" and passage.zone != TITLE and _OTHER_SIDE.search(_after(passage)):
                return "bilateral"
            return side
    text = reading.document.text
    titles = [p.text for p in reading.passages if p.zone == TITLE]
    titles += [text[s.body : s.end] for s in reading.document.sections if s.name in _DIAGNOSES]
    if side := _in(" ".join(titles)):
        return side
    if reading.kind == OPERATION and _OTHER_SIDE.search(text):
        return "bilateral"
    for passage in listed:
        at = surroundings(passage.document).at(passage.start, passage.end)
        if at.side:
            return at.side
    return None


def _near(line: Line) -> str | None:
    """Return the side that stands nearest to a line's own words in its sentence, or None where none stands there."""
    passage, words = line.passages[0], line.mentions[0].span
    sides = [
        (*m.span(), _NAMES[(m.lastindex or 1) - 1])
        for m in (*_SIDES.finditer(passage.text), *_EYES.finditer(passage.text))
    ]
    if not sides:
        return None
    if _PAIR.search(passage.text):
        return "bilateral"
    low, high = words.start - passage.start, words.end - passage.start
    inside = {s for a, b, s in sides if low <= a and b <= high}
    if len(inside) == 1:
        return inside.pop()
    if inside == {"right", "left"}:
        return "bilateral"
    return min(sides, key=lambda s: min(abs(s[1] - low), abs(s[0] - high)) + 25 * (s[0] > high))[2]


_NAMES = ("right", "left", "bilateral")
_PAIR = re.compile(r"\b(?:right and left|left and right)\b", re.IGNORECASE)
_BOTH_DONE = re.compile(r"\brepeated on the (?:opposite|other|contralateral|fellow)", re.IGNORECASE)


def _after(passage: Passage) -> str:
    return passage.document.text[passage.end : passage.end + 200]


def _in(text: str) -> str | None:
    found = {_NAMES[(m.lastindex or 1) - 1] for m in (*_SIDES.finditer(text), *_EYES.finditer(text))}
    if "bilateral" in found or found == {"right", "left"}:
        return "bilateral"
    return found.pop() if found else None


def _digits(line: Line, reading: Reading, kind: str) -> list[str]:
    names = _FINGERS if kind == "digit" else _TOES
    texts = [p.text for p in line.passages]
    texts += [p.text for p in reading.passages if p.zone == TITLE]
    for text in texts:
        numbers = [n for n, (_, pattern) in enumerate(names) if pattern.search(text)]
        if numbers:
            side = _in(text) or side_of(line.passages, reading)
            tables = {"left": (_LEFT_DIGITS,), "right": (_RIGHT_DIGITS,), "bilateral": (_LEFT_DIGITS, _RIGHT_DIGITS)}
            return [table[kind][n] for table in tables.get(side or "", ()) for n in numbers]
    return []


def _lids(line: Line, reading: Reading) -> list[str]:
    for passage in line.passages:
        text = passage.text.lower()
        side = _in(text) or side_of([passage], reading)
        lids = [lid for lid in ("upper", "lower") if lid in text]
        sides = ("left", "right") if side == "bilateral" else (side,)
        found = [_LIDS[s, lid] for s in sides if s for lid in lids if (s, lid) in _LIDS]
        if found:
            return found
    return []


def lawful(modifiers: Iterable[str], code: str, books: Books) -> tuple[str, ...]:
    """Return the modifiers that the fee schedule allows a code, where one is installed: by its indicators 50, 26, 62."""
    row = books.pfs.indicators(code) if books.pfs else None
    kept = dict.fromkeys(modifiers)
    if row and "50" in kept and row.bilateral not in ("1", "3"):
        del kept["50"]
    if row and "26" in kept and row.pctc != "1":
        del kept["26"]
    if row and "62" in kept and row.co not in ("1", "2"):
        del kept["62"]
    return tuple(kept)


def professional(line: Line, reading: Reading, setting: str) -> bool:
    """Tell whether a line is the physician's part alone (26): read where the equipment is a hospital's."""
    if "pc" not in line.marks:
        return False
    kind = reading.document.kind
    return (
        reading.kind in (OPERATION, IMAGING) or _report(reading) or (setting == PROFESSIONAL and kind != "office visit")
    )


_READ = frozenset(("findings", "impression", "technique"))
_STUDY = re.compile(r"\s*exam(?: performed)?\s*:", re.IGNORECASE)
_SEEN = frozenset(("subjective", "objective", "plan", "assessment and plan", "physical exam", "review of systems"))


def _report(reading: Reading) -> bool:
    """Tell whether a document of no certain kind is the report of a test: it says what was found, and sees nobody."""
    names = {s.name for s in reading.document.sections}
    seen = {s.name for s in reading.document.sections if s.start}  # "EXAM:" at the top names the study
    of_visits = _SEEN - {"plan", "assessment and plan"} if _STUDY.match(reading.document.text) else _SEEN
    return reading.document.kind in ("other", "") and bool(names & _READ) and not seen & of_visits


def waived(line: Line, reading: Reading, books: Books) -> bool:
    """Tell whether a line is a simple test of the office's own laboratory (QW), which needs a waiver alone."""
    return reading.document.kind == "office visit" and line.code in books.parameters.get("modifiers.waived", ())


def screened(line: Line, reading: Reading) -> bool:
    """Tell whether a colonoscopy began as a screening and became a treatment (PT for Medicare, 33 for others)."""
    if not line.code.isdigit() or int(line.code) not in _COLON or line.code == "45378":
        return False
    text = reading.document.text
    told = [
        text[s.body : s.end] for s in reading.document.sections if s.name in ("preoperative diagnosis", "indications")
    ]
    return any(_SCREENING.search(t) for t in told)
