"""Who saw the patient, and how: modifiers of a visit that the words around it make, each with its words.

FS split or shared, GC and GE teaching physician and resident, 95, 93, GT and GQ by telecommunication (with the place of
service 10 or 02), AI the physician who admits; and what to check where a visit is billed as incident to another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chartcode.assign.visits.category import CRITICAL_CARE, EMERGENCY, HOME, HOSPITAL, INITIAL, NURSING, OFFICE
from chartcode.assign.visits.record import Record
from chartcode.assign.visits.told import told, words
from chartcode.model.case import Mention, Visit


class Circumstance(NamedTuple):
    """A modifier ('' for a remark alone), why in words, the words of the record, and a place of service."""

    modifier: str
    reason: str
    words: Mention | None = None
    place: str = ""


_FACILITY = (HOSPITAL, EMERGENCY, NURSING, CRITICAL_CARE)
_SHARED = words(
    r"\bsplit[ /-]*(?:or )?shared\b|\bshared visit\b|\bsubstantive portion\b",
    "shared",
    "substantive",
)
_EXCEPTION = words(
    r"\bprimary care exception\b",
    "exception",
)
_TAUGHT = words(
    r"\b(?:I|attending)\b[^.]{0,80}\b(?:saw|seen|examined|evaluated|interviewed|was present|personally)\b[^.]{0,120}\b(?:resident(?! of\b)|fellow|house ?staff)(?:'s)?\b"
    r"|\b(?:I|attending)\b[^.]{0,60}\bwith the (?:resident|fellow)\b[^.]{0,80}\b(?:saw|seen|examined|evaluated|agree)",
    "resident",
    "fellow",
    "staff",
)
_INCIDENT = words(
    r"\bincident[- ]to\b(?! (?:the )?(?:accident|injury|fall))",
    "incident",
)
_AUDIO = words(
    r"\baudio[- ]only\b|\b(?:tele)?phone (?:visit|encounter|consultation|evaluation)\b|\b(?:visit|encounter|evaluation) (?:was )?(?:done |conducted |performed )?(?:by|via|over the) (?:tele)?phone\b",
    "audio",
    "phone",
)
_VIDEO = words(
    r"\btele(?:health|medicine|visit)\b|\bvideo (?:visit|encounter|conferenc\w+|consultation)\b|\b(?:by|via|over|through) (?:a )?(?:secure |live |two-way |real[- ]time )*(?:audio(?:-| and )?)?video\b",
    "tele",
    "video",
)
_STORED = words(
    r"\bstore[- ]and[- ]forward\b|\basynchronous\b",
    "store",
    "asynchronous",
)
_ACCESS = words(
    r"\bcritical access hospital\b",
    "access",
)
_AT_HOME = words(
    r"\b(?:is|was|located|remains?|being) (?:located |seen |currently )?(?:at|in) (?:his |her |their |the )?(?:own )?(?:home|house|residence)\b|\bfrom (?:his |her |their )?home\b|\bat home (?:and|during|with)\b",
    "home",
    "house",
    "residence",
)


def circumstances(record: Record, visit: Visit) -> Iterator[Circumstance]:
    """Yield the circumstances of a visit that is found."""
    if visit.service in _FACILITY and (said := told(record, _SHARED)):
        yield Circumstance("FS", "FS: split or shared with another practitioner of the group; the substantive portion bills", said.mention)  # fmt: skip
    if said := told(record, _EXCEPTION):
        yield Circumstance("GE", "GE: a resident alone, under the primary care exception", said.mention)
    elif said := told(record, _TAUGHT):
        yield Circumstance("GC", "GC: a resident took part under a teaching physician who was there", said.mention)
    if said := told(record, _INCIDENT):
        yield Circumstance("", "incident to is stated: it needs a known patient, a physician's plan, and the physician in the suite", said.mention)  # fmt: skip
    if visit.service in (OFFICE, HOME):
        yield from _afar(record)
    admits = (
        visit.service == HOSPITAL and visit.status == INITIAL and "consult" not in {d.kind for d in record.documents}
    )
    if admits and record.case.chart.encounter.medicare:
        yield Circumstance("AI", "AI: the physician of record of a Medicare admission")


def _afar(record: Record) -> Iterator[Circumstance]:
    """Yield how a visit was held from afar, and where the patient was."""
    ways = (
        ("GQ", "recorded and judged later", told(record, _STORED, now=True)),
        ("93", "by voice alone", told(record, _AUDIO, now=True)),
        ("95", "by video", told(record, _VIDEO, now=True)),
    )
    for modifier, how, said in ways:
        if said is None:
            continue
        if modifier == "95" and told(record, _ACCESS):
            modifier, how = "GT", "by video, billed by a critical access hospital"  # noqa: PLW2901 - the way's other name
        at_home = told(record, _AT_HOME)
        place, where = ("10", "at home") if at_home else ("02", "elsewhere than at home")
        reason = f"{modifier}: {how}; place of service {place}, the patient {where}"
        yield Circumstance(modifier, reason, said.mention, place)
        return
