"""Who saw the patient, and how: modifiers of a visit that the words around it make, each with its words.

FS split or shared, GC and GE teaching physician and resident, 95, 93, GT and GQ by telecommunication (with the place of
service 10 or 02), AI the physician who admits; and what to check where a visit is billed as incident to another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcode.assign.circumstances import surroundings
from chartcode.assign.visits.category import CRITICAL_CARE, EMERGENCY, HOME, HOSPITAL, INITIAL, NURSING, OFFICE
from chartcode.assign.visits.record import HISTORY, Record
from chartcode.model.case import Mention, Visit
from chartcode.model.chart import AFFIRMED


class Circumstance(NamedTuple):
    """A modifier ('' for a remark alone), why in words, the words of the record, and a place of service."""

    modifier: str
    reason: str
    words: Mention | None = None
    place: str = ""


def _of(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_FACILITY = (HOSPITAL, EMERGENCY, NURSING, CRITICAL_CARE)
_SHARED = _of(r"\bsplit[ /-]*(?:or )?shared\b|\bshared visit\b|\bsubstantive portion\b")
_EXCEPTION = _of(r"\bprimary care exception\b")
_TAUGHT = _of(
    r"\b(?:I|attending)\b[^.\n]{0,80}\b(?:saw|seen|examined|evaluated|interviewed|was present|personally)\b[^.\n]{0,120}\b(?:resident(?! of\b)|fellow|house ?staff)(?:'s)?\b"
    r"|\b(?:I|attending)\b[^.\n]{0,60}\bwith the (?:resident|fellow)\b[^.\n]{0,80}\b(?:saw|seen|examined|evaluated|agree)"
)
_INCIDENT = _of(r"\bincident[- ]to\b(?! (?:the )?(?:accident|injury|fall))")
_AUDIO = _of(
    r"\baudio[- ]only\b|\b(?:tele)?phone (?:visit|encounter|consultation|evaluation)\b|\b(?:visit|encounter|evaluation) (?:was )?(?:done |conducted |performed )?(?:by|via|over the) (?:tele)?phone\b"
)
_VIDEO = _of(
    r"\btele(?:health|medicine|visit)\b|\bvideo (?:visit|encounter|conferenc\w+|consultation)\b|\b(?:by|via|over|through) (?:a )?(?:secure |live |two-way |real[- ]time )*(?:audio(?:-| and )?)?video\b"
)
_STORED = _of(r"\bstore[- ]and[- ]forward\b|\basynchronous\b")
_ACCESS = _of(r"\bcritical access hospital\b")
_AT_HOME = _of(
    r"\b(?:is|was|located|remains?|being) (?:located |seen |currently )?(?:at|in) (?:his |her |their |the )?(?:own )?(?:home|house|residence)\b|\bfrom (?:his |her |their )?home\b|\bat home (?:and|during|with)\b"
)
_PLANNED = _of(r"\b(?:will|would|follow[- ]?up|next|schedul\w+|offer\w*|may|can|could|prefer\w*|available)\b")


def circumstances(record: Record, visit: Visit) -> Iterator[Circumstance]:
    """Yield the circumstances of a visit that is found."""
    if visit.service in _FACILITY and (words := _said(record, _SHARED)):
        yield Circumstance("FS", "FS: split or shared with another practitioner of the group; the substantive portion bills", words)  # fmt: skip
    if words := _said(record, _EXCEPTION):
        yield Circumstance("GE", "GE: a resident alone, under the primary care exception", words)
    elif words := _said(record, _TAUGHT):
        yield Circumstance("GC", "GC: a resident took part under a teaching physician who was there", words)
    if words := _said(record, _INCIDENT):
        yield Circumstance("", "incident to is stated: it needs a known patient, a physician's plan, and the physician in the suite", words)  # fmt: skip
    if visit.service in (OFFICE, HOME):
        yield from _afar(record)
    admits = (
        visit.service == HOSPITAL and visit.status == INITIAL and "consult" not in {d.kind for d in record.documents}
    )
    if admits and record.case.chart.encounter.medicare:
        yield Circumstance("AI", "AI: the physician of record of a Medicare admission")


def _afar(record: Record) -> Iterator[Circumstance]:
    """Yield how a visit was held from afar, and where the patient was."""
    audio, video, stored = (_said(record, words, held=True) for words in (_AUDIO, _VIDEO, _STORED))
    if not (audio or video or stored):
        return
    home = _said(record, _AT_HOME)
    place, where = ("10", "at home") if home else ("02", "elsewhere than at home")
    told = f"place of service {place}, the patient {where}"
    if stored:
        yield Circumstance("GQ", f"GQ: recorded and judged later; {told}", stored, place)
    elif audio:
        yield Circumstance("93", f"93: by voice alone; {told}", audio, place)
    elif _said(record, _ACCESS):
        yield Circumstance("GT", f"GT: by video, billed by a critical access hospital; {told}", video, place)
    else:
        yield Circumstance("95", f"95: by video; {told}", video, place)


def _said(record: Record, words: re.Pattern[str], *, held: bool = False) -> Mention | None:
    """Return the first affirmed words outside of history; ``held``: not in a sentence of what is to come."""
    for document in record.documents:
        for match in words.finditer(document.text):
            section = document.section_at(match.start())
            found, _ = surroundings(document).context.assertion(match.start(), match.end(), section)
            start = max(document.text.rfind(mark, 0, match.start()) for mark in (".", "\n")) + 1
            if section in HISTORY or found != AFFIRMED:
                continue
            if not (held and _PLANNED.search(document.text, start, match.start())):
                return Mention(document.span(*match.span()), match.group().lower(), section=section)
    return None
