"""Repairs of wounds: simple, intermediate or complex, by site, by the length of all wounds of one class together.

Lengths of wounds of the same class and the same group of sites are added up (CPT's own rule for repairs).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import TITLE, Passage, Reading

_WOUND = re.compile(r"\blacerat\w+|\bwound(?! vac| infection| debrid)|\bcuts?\b|\bgash", re.IGNORECASE)
_CLOSED = re.compile(
    r"\bsutur\w+|\bclos(?:ed|ure)\b|\brepair\w*|\bstapl\w+|\bstitch\w*|\bsteri-?strip|\bdermabond|\breapproximat\w+",
    re.IGNORECASE,
)
_GLUE = re.compile(r"\bdermabond|\btissue (?:adhesive|glue)|\bskin glue", re.IGNORECASE)
_THREAD = re.compile(
    r"\bsutur\w+|\bstitch|\bstapl|\bnylon|\bvicryl|\bprolene|\bethilon|\bchromic|\bgut\b", re.IGNORECASE
)
_LENGTH = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:x|by)\s*\d+(?:\.\d+)?)?\s*-?\s*(cm|centimeters?|mm|inch(?:es)?)\b", re.IGNORECASE
)
_COMPLEX = re.compile(r"\bcomplex\b|\bundermin\w+|\bretention sutur|\bplastic closure", re.IGNORECASE)
_LAYERED = re.compile(r"\blayer(?:ed|s)\b|\btwo-?\s?layer|\bsubcutaneous(?:ly)? (?:sutur|clos|tissue was (?:clos|approx))|\bdeep (?:layer|sutur|dermal)|\bintermediate\b|\bvicryl\b.*\b(?:nylon|prolene|ethilon)", re.IGNORECASE)  # fmt: skip
_SITES = (
    ("lid", re.compile(r"\beyelid|\bnose\b|\bnasal\b|\bear\b|\bauric\w+|\bearlobe|\blips?\b|\bvermilion|\beyebrow", re.IGNORECASE)),
    ("face", re.compile(r"\bface\b|\bfacial|\bforehead|\bcheek|\bchin\b|\bperiorbital|\bmalar|\btemple\b|\bzygoma", re.IGNORECASE)),
    ("hand", re.compile(r"\bhand\b|\bfinger|\bthumb|\bfoot\b|\bfeet\b|\btoe\b|\bpalm|\bheel|\bgenital|\bscrot|\bpeni|\bknuckle", re.IGNORECASE)),
    ("scalp", re.compile(r"\bscalp|\bneck\b|\bparietal|\bocciput|\boccipital|\bfronto|\baxilla|\bhead\b", re.IGNORECASE)),
    ("trunk", re.compile(r"\barm\b|\bforearm|\bleg\b|\bthigh|\bknee|\belbow|\bshin|\bcalf|\bwrist|\btrunk|\bback\b|\bchest|\babdom|\bankle|\bshoulder|\bbuttock|\bextremit", re.IGNORECASE)),
)  # fmt: skip

_STEPS = {
    ("simple", "face"): ((2.5, "12011"), (5.0, "12013"), (7.5, "12014"), (12.5, "12015"), (20.0, "12016"), (30.0, "12017"), (999, "12018")),
    ("simple", "trunk"): ((2.5, "12001"), (7.5, "12002"), (12.5, "12004"), (20.0, "12005"), (30.0, "12006"), (999, "12007")),
    ("intermediate", "trunk"): ((2.5, "12031"), (7.5, "12032"), (12.5, "12034"), (20.0, "12035"), (30.0, "12036"), (999, "12037")),
    ("intermediate", "hand"): ((2.5, "12041"), (7.5, "12042"), (12.5, "12044"), (20.0, "12045"), (30.0, "12046"), (999, "12047")),
    ("intermediate", "face"): ((2.5, "12051"), (5.0, "12052"), (7.5, "12053"), (12.5, "12054"), (20.0, "12055"), (30.0, "12056"), (999, "12057")),
    ("complex", "trunk"): ((2.5, "13100"), (999, "13101")),
    ("complex", "scalp"): ((2.5, "13120"), (999, "13121")),
    ("complex", "face"): ((2.5, "13131"), (999, "13132")),
    ("complex", "lid"): ((2.5, "13151"), (999, "13152")),
}  # fmt: skip
_GROUP = {
    "simple": {"lid": "face", "face": "face", "hand": "trunk", "scalp": "trunk", "trunk": "trunk"},
    "intermediate": {"lid": "face", "face": "face", "hand": "hand", "scalp": "trunk", "trunk": "trunk"},
    "complex": {"lid": "lid", "face": "face", "hand": "face", "scalp": "scalp", "trunk": "trunk"},
}
"""Which sites are counted together, by how the wound is closed; limbs and scalp part for complex repairs."""


def repairs(reading: Reading) -> Iterator[Line]:
    """Yield the repairs of wounds that a record tells, one line a class and group of sites."""
    closing = [p for p in reading.passages if _closes(p)]
    if not closing:
        return
    told = " ".join(p.text for p in closing)
    kind = "complex" if _COMPLEX.search(told) else "intermediate" if _LAYERED.search(told) else "simple"
    if _GLUE.search(told) and not _THREAD.search(told):
        kind = "simple"
    sums: dict[str, float] = defaultdict(float)
    where: dict[str, Passage] = {}
    for passage in _measured(reading, closing):
        for site, length in _wounds(passage.text):
            group = _GROUP[kind][site]
            sums[group] += length
            where.setdefault(group, passage)
    closed = closing[0]
    span = _span(closed, _CLOSED)
    for group, length in sums.items():
        code = next(code for most, code in _STEPS[kind, group] if length <= most)
        reason = (
            f"{kind} repair, {length:g} cm in all"
            if length
            else f"{kind} repair; its length is not given: the shortest"
        )
        made = line(code, closed, span, reason, sure=bool(length))
        if where[group] is not closed:
            made.mentions.append(line(code, where[group], _span(where[group], _WOUND)).mentions[0])
        yield made


def _closes(passage: Passage) -> bool:
    text = passage.text
    if not _CLOSED.search(text) or passage.planned:
        return False
    if passage.zone == TITLE:
        return re.search(r"\blacerat", text, re.IGNORECASE) is not None and not re.search(
            r"tendon|nerve|liver|spleen|eyelid|canalicul|cornea|nail|perineal|vaginal|cervical|globe|artery|bladder",
            text,
            re.IGNORECASE,
        )
    said = re.search(r"\b(?:was|were|we|i)\b", text, re.IGNORECASE)
    return (
        passage.zone == "visit"
        and said is not None
        and (_THREAD.search(text) is not None or _GLUE.search(text) is not None or "lacer" in text.lower())
        and re.search(r"\blacerat|\bwounds?\b|\bthey\b|\bit\b|\binterrupted", text, re.IGNORECASE) is not None
    )


def _measured(reading: Reading, closing: list[Passage]) -> Iterable[Passage]:
    """Return the sentences that tell site and length: those that close, else those that name a laceration."""
    with_size = [p for p in closing if _LENGTH.search(p.text) and any(pattern.search(p.text) for _, pattern in _SITES)]
    if with_size:
        return with_size
    named = [p for p in reading.passages if "lacer" in p.text.lower() and not p.planned]
    sized = [p for p in named if _LENGTH.search(p.text)]
    return sized or named[:1] or closing[:1]


def _wounds(text: str) -> Iterator[tuple[str, float]]:
    """Yield (site, length in cm) of each wound of a sentence; 0 for a length that is not given."""
    lengths = list(_LENGTH.finditer(text))
    if not lengths:
        site = next((s for s, pattern in _SITES if pattern.search(text)), None)
        if site:
            yield site, 0.0
        return
    for n, match in enumerate(lengths):
        low = lengths[n - 1].end() if n else 0
        high = lengths[n + 1].start() if n + 1 < len(lengths) else len(text)
        near = [
            (min(abs(m.start() - match.end()), abs(match.start() - m.end())), site)
            for site, pattern in _SITES
            for m in pattern.finditer(text, low, high)
        ]
        if near:
            unit = match[2].lower()
            size = float(match[1]) * (0.1 if unit == "mm" else 2.54 if unit.startswith("inch") else 1.0)
            yield min(near)[1], size


def _span(passage: Passage, pattern: re.Pattern[str]) -> tuple[int, int]:
    found = pattern.search(passage.text)
    return (passage.start + found.start(), passage.start + found.end()) if found else (passage.start, passage.end)
