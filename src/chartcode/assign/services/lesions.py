"""Excision of skin lesions: benign or malignant, by site, by the lesion's width with its narrowest margins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import TITLE, VISIT, Passage, Reading

_EXCISION = re.compile(
    r"\b(?:re-?|wide |wide local |elliptical |local |full-thickness )*excis(?:ion|ional|ed)\b(?P<what>[^.;\n]{0,110})",
    re.IGNORECASE,
)
_LESION = re.compile(
    r"\blesions?\b|\bnev(?:us|i)\b|\bmoles?\b|\b(?:sebaceous|epiderm\w+|inclusion|pilar|skin) cysts?\b|\bkeratos\w+|\bgranuloma\b|\bdermatofibroma|\bbasal cell|\bsquamous cell|\bmelanoma|\bskin cancer|\bkeloid|\bscar\b|\bhemangioma|\bbcc\b|\bscc\b|\bkeratoacanthoma|\bneurofibroma|\bskin (?:neoplasm|tumou?r|mass)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bbone|\bbreast|\btongue|\boral|\bbuccal|\bmucosa|\blaryn|\bvocal|\bcolon|\brectal|\banal|\bcervi(?:x|cal cone)|\bbrain|\bspin|\bovar|\bvagin|\bconjunctiv|\beyelid|\bcornea|\bgingiv|\bpalat|\blymph|\bnail|\bkidney|\blung|\bliver|\bbladder|\burethr|\bmandib|\bmaxill|\bsynovial|\bganglion|\bbursa|\bpilonidal|\bthyroglossal|\bbranchial|\bbaker|\bdeep\b|\bsubcutaneous mass|\bpeni|\bscrotal contents|\btonsil|\bmass\b",
    re.IGNORECASE,
)
_MALIGNANT = re.compile(
    r"\bbasal cell|\bsquamous cell|\bmelanoma|\bcarcinoma|\bmalignan|\bskin cancer|\bbcc\b|\bscc\b|\bsarcoma",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:x|by)\s*(\d+(?:\.\d+)?))?\s*-?\s*(cm|centimeters?|mm|millimeters?)\b", re.IGNORECASE
)
_SITES = (
    ("face", re.compile(r"\bface\b|\bfacial|\bnose\b|\bnasal|\bears?\b|\bhelix|\blips?\b|\bcheek|\bforehead|\bchin\b|\btemple|\beyebrow|\bperiorbital|\bpreauricular|\bcanthus|\bpostauricular", re.IGNORECASE)),
    ("hand", re.compile(r"\bscalp|\bneck\b|\bhand\b|\bfinger|\bfoot\b|\btoe\b|\bgenital|\bscrot|\bheel\b", re.IGNORECASE)),
    ("trunk", re.compile(r"\btrunk|\bback\b|\bchest|\babdom|\barm\b|\bforearm|\bleg\b|\bthigh|\bshoulder|\bbuttock|\bflank|\bcalf|\bknee|\bextremity|\bshin|\bclavicle|\bgroin|\baxilla", re.IGNORECASE)),
)  # fmt: skip
_WIDTHS = (0.5, 1.0, 2.0, 3.0, 4.0)
_FIRST = {
    ("benign", "trunk"): 11400, ("benign", "hand"): 11420, ("benign", "face"): 11440,
    ("malignant", "trunk"): 11600, ("malignant", "hand"): 11620, ("malignant", "face"): 11640,
}  # fmt: skip


def excisions(reading: Reading) -> Iterator[Line]:
    """Yield the excisions of skin lesions that a record tells, at most ``MOST``."""
    yield from islice(_excisions(reading, _diagnoses(reading)), MOST)


MOST = 20


def _excisions(reading: Reading, diagnoses: str) -> Iterator[Line]:
    for passage in reading.passages:
        if passage.zone not in (TITLE, VISIT) or not _EXCISION.search(passage.text):
            continue
        if passage.planned or (passage.zone == VISIT and not passage.done):
            continue
        for match in _EXCISION.finditer(passage.text):
            what = match["what"]
            if not _LESION.search(what) or _ELSEWHERE.search(passage.text):
                continue
            site = _site(passage.text) or _site(diagnoses)
            if site is None:
                continue
            width = _width(passage.text) or _width(_described(reading))
            kind = "malignant" if _MALIGNANT.search(passage.text + diagnoses) else "benign"
            step = next((n for n, most in enumerate(_WIDTHS) if (width or 0) <= most), 6)
            code = str(_FIRST[kind, site] + step)
            reason = f"{kind} lesion, {width:g} cm" if width else f"{kind} lesion; its width is not given: the smallest"
            yield line(
                code, passage, (passage.start + match.start(), passage.start + match.end()), reason, sure=bool(width)
            )


def _site(text: str) -> str | None:
    return next((site for site, pattern in _SITES if pattern.search(text)), None)


def _width(text: str) -> float | None:
    found = _SIZE.search(text)
    if found is None:
        return None
    size = max(float(found[1]), float(found[2] or 0))
    return size / 10 if found[3].lower().startswith("m") else size


def _diagnoses(reading: Reading) -> str:
    text = reading.document.text
    names = ("preoperative diagnosis", "postoperative diagnosis")
    return " ".join(text[s.body : s.end] for s in reading.document.sections if s.name in names)


def _described(reading: Reading) -> str:
    """Return the sentences of the body that measure the lesion."""
    told: list[Passage] = [
        p for p in reading.passages if re.search(r"\blesion|\bmargin|\bmeasur|\bdefect", p.text, re.IGNORECASE)
    ]
    return " ".join(p.text for p in told if _SIZE.search(p.text))
