"""What a record says of an operation as a whole, and so of each of its lines: the global period, surgeons, a stop.

58 staged, 78 a return for a complication, 79 unrelated to the operation before; 62 two surgeons, 80, 82 or AS where the
writer assisted; 53 stopped (52 for an unfinished scope with treatment); 63 an infant below 4 kg. Which operation is in
its global period is the biller's to check where the record tells the one before only in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chartcode.assign.services import assistants
from chartcode.assign.services.line import Line
from chartcode.assign.services.passages import OPERATION, TITLE, Reading
from chartcode.assign.stopped import stopped
from chartcode.model.case import Mention
from chartcode.model.chart import Patient

_STAGED = re.compile(
    r"\bstaged\b|\bsecond[- ]stage|\bstage (?:ii|2)\b(?! (?:\w+ )?(?:ulcer|decubitus|pressure|cancer|carcinoma))|\bdelayed primary|\bplanned (?:return|second)|\bsecond[- ]look",
    re.IGNORECASE,
)
_RETURN = re.compile(
    r"\b(?:return(?:ed|s)?|taken back|brought back) to the operating room (?:for|because|due|with|secondary)|\bre-?explor\w+ for (?:post-?operative )?(?:bleeding|hematoma|infection|leak)|\bpost-?operative (?:bleeding|hemorrhage|hematoma|wound infection)",
    re.IGNORECASE,
)
_UNRELATED = re.compile(
    r"\bunrelated (?:procedure|operation|surgery)\b|\b(?:un|not )related to (?:the|his|her|that|any) (?:previous|prior|recent|earlier|first|initial|original|preceding) (?:procedure|operation|surgery)|\bunrelated\b[^.;]{0,60}\bglobal period|\bglobal period\b[^.;]{0,60}\bunrelated\b",
    re.IGNORECASE,
)
_NUMBERS = {name: n for n, name in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}  # fmt: skip
_AGO = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)}) (day|week|month)s? (?:ago|earlier|before|previously|status post|s/p|after|following|post-?op\w*)\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_GLOBAL = 90
"""The longest global period, in days."""
_DONE_BEFORE = re.compile(
    r"\b(?:surgery|operation|replace\w*|arthroplast\w+|extraction|phaco\w*|cataract|releas\w+|arthroscop\w*|repair\w*|fixat\w+|transplant\w*|blepharoplast\w+|mastectom\w+|lithotrips\w+|ureteroscop\w+)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"\b(right|left)\b", re.IGNORECASE)
_OPPOSITE = {"right": "LT", "left": "RT"}

_TOGETHER = re.compile(
    r"\bco-?\s?surgeons?\b(?!\s*(?:\([a-z]\))?\s*:[\s,]*(?:none|n/?a|no\b))|\btwo surgeons (?:were|are) (?:required|needed|necessary)|\b(?:acted|worked|performed|operated)(?: \w+)? as co-?surgeons?",
    re.IGNORECASE,
)
_ATTEMPTED = re.compile(r"\battempt(?:ed)?\b|\babort(?:ed)?\b|\bunsuccessful\b|\bincomplete\b", re.IGNORECASE)
_SCOPED = range(45379, 45399)
"""Colonoscopies with treatment: unfinished, they are reduced (52) and not discontinued."""
_WEIGHT = re.compile(r"\b(\d(?:\.\d+)?)[ -]?(?:kg|kilograms?)\b", re.IGNORECASE)
_SMALL = 4.0
_WHY = ("indications", "preoperative diagnosis", "postoperative diagnosis", "procedure", "history of present illness")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A modifier that an operation's lines take, why, and the words; ``of`` is the side of the lines, if of one."""

    modifier: str
    reason: str
    words: Mention
    of: str = ""

    def added(self, line: Line) -> Line:
        """Return a line with the modifier and its words."""
        return replace(
            line, modifiers=(*line.modifiers, self.modifier), reasons=[*line.reasons, self.reason],
            mentions=[*line.mentions, self.words],
        )  # fmt: skip


def circumstances(reading: Reading, patient: Patient) -> list[Circumstance]:
    """Return what the record of an operation says of all its lines; of the global period's modifiers one."""
    if reading.kind != OPERATION:
        return []
    return [*_global_period(reading), *_surgeons(reading), *_infant(reading, patient)]


def marked(line: Line, found: list[Circumstance], reading: Reading) -> Line:
    """Return a surgical line with the modifiers of its operation."""
    for one in found:
        if not one.of or one.of in line.modifiers:
            line = one.added(line)
    return _halted(line, reading) if reading.kind == OPERATION else line


def _global_period(reading: Reading) -> list[Circumstance]:
    text = reading.document.text
    told = [(s.start, s.end) for s in reading.document.sections if s.name in _WHY]
    for modifier, expression, why in (
        ("58", _STAGED, "the record calls it staged or planned before"),
        ("78", _RETURN, "a return to the operating room for a complication"),
        ("79", _UNRELATED, "unrelated to the operation before"),
    ):
        for start, end in told:
            if match := expression.search(text, start, end):
                reason = f"{modifier}: {why}; check the global period"
                return [Circumstance(modifier, reason, _mention(reading, *match.span(), modifier))]
    return list(_other_side(reading, told))


def _other_side(reading: Reading, told: list[tuple[int, int]]) -> Iterator[Circumstance]:
    """Yield 79 for the lines of one side where the other side was operated on within the longest global period."""
    text = reading.document.text
    for low, high in told:
        for ago in _AGO.finditer(text, low, high):
            days = (int(ago[1]) if ago[1].isdigit() else _NUMBERS[ago[1].lower()]) * _DAYS[ago[2].lower()]
            start = max(text.rfind(".", low, ago.start()), low)
            end = text.find(".", ago.end(), high) % (high + 1)
            sides = {m[1].lower() for m in _SIDE.finditer(text, start, end)}
            if days <= _GLOBAL and len(sides) == 1 and _DONE_BEFORE.search(text, start, end):
                side = sides.pop()
                yield Circumstance(
                    "79", f"79: the {side} side was operated on {ago[0].lower()}; check the global period",
                    _mention(reading, *ago.span(), "79"), _OPPOSITE[side],
                )  # fmt: skip
                return


def _surgeons(reading: Reading) -> Iterator[Circumstance]:
    text = reading.document.text
    if match := _TOGETHER.search(text):
        yield Circumstance("62", "62: two surgeons", _mention(reading, *match.span(), "62"))
    elif own := assistants.own_part(reading.document):
        modifier, why, span = own
        yield Circumstance(modifier, f"{modifier}: {why}", _mention(reading, *span, modifier))


def _infant(reading: Reading, patient: Patient) -> Iterator[Circumstance]:
    weight = _WEIGHT.search(reading.document.text) if patient.age == 0 else None
    if weight and float(weight[1]) < _SMALL:
        yield Circumstance("63", f"63: an infant of {weight[1]} kg", _mention(reading, *weight.span(), "63"))


def _halted(line: Line, reading: Reading) -> Line:
    """Return a line with 53 or 52 where its operation was stopped; of several titles that which says "attempted"."""
    stop = stopped(reading.document)
    if stop is None:
        return line
    titles = [p.text for p in reading.passages if p.zone == TITLE]
    if any(_ATTEMPTED.search(t) for t in titles) and not any(_ATTEMPTED.search(p.text) for p in line.passages):
        return line
    when = "before anesthesia began" if stop.before_anesthesia else "after anesthesia had begun, or with none"
    modifier = "52" if line.code.isdigit() and int(line.code) in _SCOPED else "53"
    reason = f"{modifier}: the record says that the procedure was stopped, {when}"
    words = _mention(reading, stop.words.start, stop.words.end, stop.term)
    return Circumstance(modifier, reason, words).added(line)


def _mention(reading: Reading, start: int, end: int, term: str) -> Mention:
    return Mention.told(reading.document, reading.document.span(start, end), term)
