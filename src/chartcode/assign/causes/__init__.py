"""What happened, where, doing what and as whom: the codes of chapter 20 beside an injury (Guidelines I.C.20).

The official index of external causes reads from what happened (fall, struck, bitten) to how; so do the tables of this
room, in our own words. Only the parts of a record that tell the event are read. One cause is reported, what was meant
before what was not and what is named before what is vague; place, activity and status only where the words stand with
it, and only at the initial encounter (I.C.20.b, c, k).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcode.assign.causes.phrases import table
from chartcode.assign.causes.place import place
from chartcode.assign.causes.vehicles import accident, crashes
from chartcode.assign.circumstances import REASONS, surroundings
from chartcode.assign.context import Context
from chartcode.books import ICD10CM
from chartcode.model.case import Case
from chartcode.model.chart import (
    AFFIRMED,
    CODED_ENTRIES,
    FAMILY,
    HISTORICAL,
    NEGATED,
    OTHER_PERSON,
    Document,
    Span,
)

_SILENT = frozenset(
    ("past medical history", "past surgical history", "obstetric history", "gynecologic history", "developmental history",
     "social history", "allergies", "immunizations", "family history", "review of systems", "physical exam", "vitals",
     "labs", "findings", "technique", "comparison", "specimens", "anesthesia", "complications",
     "estimated blood loss", "medications", "discharge medications", "discharge instructions", "plan", "objective")
)  # fmt: skip
"""Parts of a record that do not tell how an injury came about."""
_VAGUE = 0
_HEADS = 60
_WORD = re.compile(r"[a-z0-9]+")
_OPERATION = "procedure description"
_OPENING = 500
_OF_A_HISTORY = ("V", "W0", "W1", "W5", "X9", "Y0")
"""What nobody does in an operating room."""
_NOT_WORN = re.compile(r"\W*(?:been )?(?:wear\w+|restrain\w+|belt\w+|helmet\w*|using|a (?:helmet|seat))")
_TOLD = re.compile(r"\b(?:he|she|patient|pt|child|infant|baby|toddler|boy|girl|son|daughter)\b")
_RECENT = re.compile(r"\b(?:hours?|days?|weeks?|months?)\b|^(?:status|s/p)")
_AT_WORK = re.compile(
    r"\b(?:(?<!off )(?<!out of )(?:while |was |when |been )?(?:at|on the) (?:his |her |their )?(?:work|job)(?!-? ?(?:up|out))(?: site)?|while working|work[- ]related|"
    r"on duty|on[- ]the[- ]job|at (?:his|her) (?:job|workplace)|(?:injur\w+|accident|fell|hurt|incident) at work|industrial (?:accident|injury))\b"
)
_NOT_THE_EVENT = re.compile(
    r"\b(?:return\w*|(?:is|was|been|got|went|go|already) back|missed|(?:is|was|been|days?|time|stay\w*) off|unable|absent|stay\w*|go\w*|restrict\w*|not|released|excuse\w*)\W(?:\w+\W){0,3}$"
)
_SERVING = re.compile(
    r"\bmilitary (?:duty|training|exercise|operation)|\bwhile deployed\b|\bactive[- ]duty (?:soldier|marine|military)"
)
_VOLUNTEER = re.compile(r"\b(?:while volunteering|as a volunteer|volunteer (?:work|firefighter))\b")
_LEISURE = re.compile(r"\b(?:recreational(?:ly)?|leisure activity|pick-?up game|as a hobby)\b")


_WHERE = "where it happened, once, at the initial encounter (Guidelines I.C.20.b)"
_DOING = "what the person was doing, once, at the initial encounter (Guidelines I.C.20.c)"


class Circumstance(NamedTuple):
    """One code of chapter 20, as it is reported, with the words that say it and what the proof shall say."""

    code: str
    span: Span
    reason: str


class _Told(NamedTuple):
    """An event that a document tells: its code without the seventh character, its weight and its place."""

    code: str
    weight: int
    start: int
    end: int


def circumstances(case: Case, book: ICD10CM, phase: str, *, cause: bool = True) -> list[Circumstance]:
    """Return the circumstances of the injuries of a case, in the order of the guideline.

    Args:
        case: the record.
        book: ICD-10-CM of the day.
        phase: the seventh character of the encounter, ``A``, ``D`` or ``S``.
        cause: whether a cause is wanted; the code of a poisoning tells it itself, and only its place is reported.
    """
    told = [
        (document, event)
        for document in case.chart.documents
        if document.kind != CODED_ENTRIES
        for event in sorted(_events(document, phase), key=lambda e: (-e.weight, e.start, -e.end))
    ]
    if not told:
        return list(_unexplained(case, book, phase)) if cause else []
    document, best = max(told, key=lambda t: t[1].weight)  # of equals the first
    found: list[Circumstance] = []
    if cause and (code := reportable(best.code, phase, book)):
        found.append(
            _found(code, document, best.start, best.end, "the record tells what happened (Guidelines I.C.20.a)")
        )
    if phase != "A" or not (found or not cause):
        return found
    return [*found, *_beside(document, [event for other, event in told if other is document], book)]


def happened(case: Case) -> bool:
    """Tell whether a record tells an event of this encounter that may injure."""
    return any(next(_events(d, "A"), None) for d in case.chart.documents if d.kind != CODED_ENTRIES)


def came_for_it(case: Case) -> bool:
    """Tell whether a record names an event as the reason for the visit."""
    for document in case.chart.documents:
        for section in document.sections if document.kind != CODED_ENTRIES else ():
            if section.name in REASONS and any(
                event.weight != _VAGUE
                for event in _events(document, "A", section.start, min(section.end, section.body + _HEADS))
            ):
                return True
    return False


def _found(code: str, document: Document, start: int, end: int, reason: str) -> Circumstance:
    return Circumstance(code, document.span(start, end), reason)


def reportable(code: str, phase: str, book: ICD10CM) -> str | None:
    """Return a code of chapter 20 with its seventh character, or what of it is in force on the day, or None."""
    while len(code) >= 3:
        bare = code.replace(".", "").ljust(6, "X")
        for whole in (f"{bare[:3]}.{bare[3:]}{phase}", code):
            if book.valid(whole):
                return whole
        code = code[:-1].rstrip(".")
    return None


def _events(document: Document, phase: str, first: int = 0, last: int | None = None) -> Iterator[_Told]:
    """Yield what a document, or a stretch of it, tells of events to the patient that the encounter is about."""
    context = surroundings(document).context
    text = context.small
    last = len(text) if last is None else last
    for found in crashes(text, first, last):
        told = accident(text, found, *_stretch(context, found.start(), found.end()))
        if (
            told
            and _happened(document, context, told.start, told.end, phase)
            and _opens(document, told.code, told.start)
        ):
            yield _Told(*told)
    words = frozenset(_WORD.findall(text, first, last))
    for row in table("causes.tsv"):
        for found in row.said.finditer(text, first, last) if row.may_say(words) else ():
            if _opens(document, row.code, found.start()) and _happened(document, context, *found.span(), phase):
                yield _Told(row.code, row.weight, found.start(), found.end())


def of_the_patient(context: Context, cue: str, start: int, end: int) -> bool:
    """Tell whether words that name somebody else still tell of the patient: "his mother says that he fell"."""
    first, _ = context.sentence(start)
    at = context.small.rfind(cue, first, start)
    return at >= 0 and _TOLD.search(context.small, at + len(cue), end) is not None


def _opens(document: Document, code: str, start: int) -> bool:
    """Tell whether a passage may tell an event by its place: an operation's description does so only where it opens."""
    section = next((s for s in document.sections if s.start <= start < s.end and s.name == _OPERATION), None)
    return section is None or (start - section.body < _OPENING and code.startswith(_OF_A_HISTORY))


def _stretch(context: Context, start: int, end: int) -> tuple[int, int]:
    """Return the sentence of a passage with the one before and the one after it."""
    first, _ = context.sentence(start)
    _, last = context.sentence(end - 1)
    before, _ = context.sentence(max(0, first - 1))
    _, after = context.sentence(min(last, len(context.small) - 1))
    return before, after


def _happened(document: Document, context: Context, start: int, end: int, phase: str) -> bool:
    """Tell whether a passage tells of something that happened to the patient and that the encounter is about."""
    section = document.section_at(start)
    if section in _SILENT:
        return False
    meant, cue = context.assertion(start, end, section)
    if meant == AFFIRMED:
        return True
    if meant == HISTORICAL:
        return phase == "S" or _RECENT.search(cue) is not None
    first, last = context.sentence(start)
    if meant in (FAMILY, OTHER_PERSON):
        return of_the_patient(context, cue, start, end)
    if meant == NEGATED:  # "was not wearing a helmet when he fell"
        at = context.small.rfind(cue, first, start)
        return at >= 0 and _NOT_WORN.match(context.small, at + len(cue), last) is not None
    return False


def _beside(document: Document, told: Sequence[_Told], book: ICD10CM) -> Iterator[Circumstance]:
    """Yield the place, the activity and the status that are told with an event, in its sentence or the one before."""
    context = surroundings(document).context
    text = context.small
    stretches: list[tuple[int, int]] = []
    for event in told:
        first, last = context.sentence(event.start)
        before, _ = context.sentence(max(0, first - 1))
        stretches += [s for s in ((first, last), (before, first)) if s not in stretches]
    for reader, reason in ((place, _WHERE), (_activity, _DOING)):
        said = next((found for a, b in stretches if (found := reader(text, a, b))), None)
        if said and book.valid(said[0]):
            yield _found(said[0], document, said[1], said[2], reason)
    yield from _status(document, _parts(document, context), book)


def _parts(document: Document, context: Context) -> Sequence[tuple[int, int]]:
    """Return the stretches of a document that may tell an event."""
    if not document.sections:
        return [(0, len(context.small))]
    starts = [0, *(s.start for s in document.sections)]
    ends = [*(s.start for s in document.sections), len(context.small)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b and document.section_at(a) not in _SILENT]


def _status(document: Document, parts: Sequence[tuple[int, int]], book: ICD10CM) -> Iterator[Circumstance]:
    text = surroundings(document).context.small
    for code, said in (("Y99.1", _SERVING), ("Y99.2", _VOLUNTEER), ("Y99.0", _AT_WORK), ("Y99.8", _LEISURE)):
        for first, last in parts:
            for found in said.finditer(text, first, last):
                if not _NOT_THE_EVENT.search(text, max(first, found.start() - 40), found.start()) and book.valid(code):
                    yield _found(code, document, found.start(), found.end(), "as whom, once (Guidelines I.C.20.k)")
                    return


def _activity(text: str, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the activity that a stretch of text tells, the first of its words."""
    hits = [
        (m.start(), m.end(), row.code) for row in table("activities.tsv") if (m := row.said.search(text, first, last))
    ]
    if not hits:
        return None
    start, end, code = min(hits)
    return code, start, end


_INJURED = re.compile(
    r"\b(?:injur\w+|hurt|twist\w+|felt a pop|popped|broke|fractur\w+|dislocat\w+|tore|torn|sprained|strained|pain|burn\w*|splash\w*|flew|cut|caught|crush\w*|something in)\b"
)


def _unexplained(case: Case, book: ICD10CM, phase: str) -> Iterator[Circumstance]:
    """Yield activity, place and status of an injury whose cause is not told: hurt while playing soccer, hurt at work."""
    if phase != "A":
        return
    for document in case.chart.documents:
        if document.kind == CODED_ENTRIES:
            continue
        context = surroundings(document).context
        for said in (*(row.said for row in table("activities.tsv")), _AT_WORK):
            for found in said.finditer(context.small):
                hurt = _INJURED.search(context.small, *context.sentence(found.start()))
                if hurt and _happened(document, context, *found.span(), phase):
                    yield from _beside(document, [_Told("", 0, *found.span())], book)
                    return
