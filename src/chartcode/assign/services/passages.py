"""Where in a record services are told: the titles of an operation, its description, a report, what was done at a visit.

A service that is planned, denied or past is none. In a title everything was done; elsewhere a sentence must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from chartcode.assign.circumstances import Surroundings, surroundings
from chartcode.assign.services.imaging import contrast_and_views
from chartcode.assign.services.phrases import Phrases, tokens
from chartcode.assign.services.tense import DONE, NOT_DONE, OF_A_TEST, PLANNED
from chartcode.model.chart import AFFIRMED, HISTORICAL, HYPOTHETICAL, Document

TITLE, BODY, REPORT, VISIT = "title", "body", "report", "visit"
OPERATION, IMAGING, OTHER = "operation", "imaging", "other"

_OPERATIVE = frozenset(("operative note", "procedure note"))
_TITLES = frozenset(("procedure",))
_TOLD = frozenset(
    ("procedure description", "findings", "technique", "", "other", "impression", "anesthesia", "indications",
     "assessment", "specimens", "hospital course", "postoperative diagnosis", "medications", "imaging", "plan")
)  # fmt: skip
_REPORTED = frozenset(
    (
        "",
        "other",
        "procedure",
        "procedure description",
        "findings",
        "technique",
        "impression",
        "imaging",
        "assessment",
    )
)
_DONE_AT_VISIT = frozenset(
    ("plan", "assessment and plan", "assessment", "procedure", "procedure description", "emergency department course",
     "hospital course", "objective", "physical exam", "labs", "imaging", "other", "", "impression", "findings",
     "immunizations", "history of present illness", "subjective", "diagnosis", "vitals", "treatment", "technique")
)  # fmt: skip
_COMPARISON = "comparison"
"""The section of a report of imaging that names the studies of other days."""
_SILENT = frozenset(
    ("past medical history", "past surgical history", "family history", "social history", "allergies",
     "review of systems", "history of present illness", "discharge instructions", "obstetric history", _COMPARISON)
)  # fmt: skip
"""Sections that do not tell what was done now."""


@dataclass(frozen=True)
class Passage:
    """One sentence: its zone and section, its words with offsets, and the choices of words that they answer.

    ``plain`` are the words with the marks of contrast and views; ``places`` is what ``Phrases.places`` says of them.
    ``lent`` is how many of the words, the last, are those of the diagnosis.
    """

    document: Document
    zone: str
    section: str
    start: int
    end: int
    words: tuple[tuple[str, int, int], ...]
    plain: list[str]
    places: dict[int, list[int]]
    lent: int = 0

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return self.document.text[self.start : self.end]

    @cached_property
    def planned(self) -> bool:
        """Whether the sentence speaks of what is to come, was elsewhere, or is past; a title never does."""
        return self.zone != TITLE and PLANNED.search(self.text.lower()) is not None

    @cached_property
    def done(self) -> bool:
        """Whether the sentence says that something was done; a title always does."""
        return self.zone == TITLE or DONE.search(self.text.lower()) is not None

    @cached_property
    def _not_done(self) -> list[tuple[int, int]]:
        """Where the sentence says that something was not done."""
        return [m.span() for m in NOT_DONE.finditer(self.text)]

    def meant(self, start: int, end: int) -> bool:
        """Tell whether words of the sentence are affirmed.

        In an operation's title "status post" and "return for" tell what was done. What a title says to be "without" was
        blanked before its words were read: "without contrast and" denies nothing behind it. A test that is negative was
        made, and one that is called a test is no supposed disease.
        """
        if any(low < end - self.start and start - self.start < high for low, high in self._not_done):
            return False
        found, cue = surroundings(self.document).context.assertion(start, end, self.section)
        if found == AFFIRMED or (self.zone == TITLE and cue.lower().startswith("without")) or OF_A_TEST.search(cue):
            return True
        return self.zone == TITLE and found in (HISTORICAL, HYPOTHETICAL) and kind_of(self.document) == OPERATION


@dataclass(slots=True)
class Reading:
    """A document read for services: its passages, and the choices of words that its titles and all of it answer.

    ``named`` says whether it has titles of more than a heading; ``titled`` whether they name a service, ``scopes`` which
    kinds of endoscopy they name: both are set once the titles have been read.
    """

    document: Document
    kind: str
    passages: list[Passage] = field(default_factory=list)
    title: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()
    titled: bool = False
    named: bool = False
    scopes: frozenset[int] = frozenset()


def read(document: Document, phrases: Phrases) -> Reading:
    """Read a document's sentences by zone; one in which no services are written is not read at all."""
    kind = kind_of(document)
    reading = Reading(document, kind)
    if kind == OTHER and not clinic(document) and not any(s.name in _TITLES for s in document.sections):
        return reading
    around = surroundings(document)
    title: set[int] = set()
    whole: set[int] = set()
    images = _IMAGES.search(document.text) is not None
    for section, start, end in _sentences(document, around):
        zone = _zone(kind, section, start, document)
        if not zone and section in _SILENT:
            continue
        text = document.text[start:end]
        spoken = _WITHOUT.sub(_blank, text) if zone == TITLE else text
        words = tuple(tokens(spoken, start))
        if not words:
            continue
        plain = [w for w, _, _ in words] + (contrast_and_views(text) if images else [])
        places = phrases.places(plain)
        if section not in _SILENT or zone == REPORT:
            whole.update(_without_denied(places, text, words))
        if zone == TITLE:
            title.update(places)
        if zone:
            reading.passages.append(Passage(document, zone, section, start, end, words, plain, places))
    reading.title, reading.whole = frozenset(title), frozenset(whole)
    reading.named = any(p.zone == TITLE and len(p.words) > _HEADING for p in reading.passages)
    return reading


def _without_denied(places: dict[int, list[int]], text: str, words: tuple[tuple[str, int, int], ...]) -> Iterable[int]:
    """Return the choices of words that a sentence answers, without those that it says were not done or not reached."""
    denied = [m.span() for m in NOT_DONE.finditer(text)]
    if not denied or not words:
        return places
    start = words[0][1] - text.lower().find(words[0][0])
    out = {
        n for n, (_, a, b) in enumerate(words) if any(low <= a - start and b - start <= high for low, high in denied)
    }
    return (slot for slot, at in places.items() if not out.issuperset(at))


_HEADING = 3
"""Words of a title's heading."""

_IMAGES = re.compile(r"\b(?:ct|mri?|mra|x-?rays?|views?|scan|radiograph\w*|film)\b", re.IGNORECASE)


def kind_of(document: Document) -> str:
    """Return whether a document tells of an operation, is a report of imaging or another test, or something else."""
    names = {s.name for s in document.sections}
    if document.kind in _OPERATIVE or ("procedure" in names and "procedure description" in names):
        return OPERATION
    if document.kind == "radiology report" or _OF_NERVES.search(document.text):
        return IMAGING
    return OTHER


_OF_NERVES = re.compile(
    r"\b(?:nerve conduction stud(?:y|ies)|needle (?:emg|examination|electromyography))\s*:", re.IGNORECASE
)
"""Headings of a report of nerves and muscles, whatever else it tells."""
_BLANK = 4
"""Blank characters before a heading, with which its sentence begins."""


def clinic(document: Document) -> bool:
    """Tell whether a note is one in which the services of a clinic, an emergency department or a test are written."""
    return document.kind in ("ed note", "office visit", "procedure note", "other", "letter", "")


def consults(document: Document) -> bool:
    """Tell whether a note of no certain kind is written like a consultation, whose tests others did."""
    unsure = document.kind in ("other", "letter", "")
    return unsure and any(section.name in _OF_A_CONSULT for section in document.sections)


_OF_A_CONSULT = frozenset(
    ("past medical history", "family history", "social history", "review of systems", "hospital course")
)

_EXAM = re.compile(r"\W*(?:exam|examination|study|procedure|test)s?(?: performed| type)?\s*:", re.IGNORECASE)
_HEAD = re.compile(r"\s*[A-Z][A-Z0-9 /&()'-]{7,90}(?=[,:\n.])")
"""A title at the top of a document, in capitals."""

_REFERRED = frozenset(("reason for consultation", "reason for visit", "diagnosis"))
_DEATH = re.compile(r"\bautopsy\b|\bmanner of death|\bcause of death|\banatomical summary", re.IGNORECASE)

_SURE_OF_TITLES = frozenset(
    ("ed note", "office visit", "operative note", "procedure note", "radiology report", "other")
)
"""Kinds in which a section of procedures lists what was done; a consult's or a history's lists what is to be done."""


def _zone(kind: str, section: str, start: int, document: Document) -> str:
    if section in _TITLES and (kind == OPERATION or document.kind in _SURE_OF_TITLES):
        return TITLE
    if kind == OPERATION:
        if section == "" and start < _FIRST and not any(s.name in _TITLES for s in document.sections):
            return TITLE
        return BODY if section in _TOLD else ""
    if section == _COMPARISON:
        return ""
    if kind == IMAGING:
        heading = _OF_NERVES.search(document.text)
        top = start < _FIRST and not (start and section in _BENEATH) and heading is None
        if top or _EXAM.match(document.text, start):
            return TITLE
        first = section == document.sections[0].name and section not in _BENEATH
        if heading and start >= heading.start() - _BLANK:
            return REPORT
        return REPORT if heading is None and (section in _REPORTED or first) else ""
    if start == 0 and _HEAD.match(document.text):
        return TITLE
    if document.kind == "other":
        if start < _FIRST and _EXAM.match(document.text):
            return TITLE
        told = section in _REPORTED or section in _REFERRED
        if (told and not consults(document)) or _DEATH.search(document.text, 0, 400):
            return REPORT
    return VISIT if section in _DONE_AT_VISIT and clinic(document) and not consults(document) else ""


_FIRST = 160
"""Characters at the top of a document that may be its title."""

_BENEATH = frozenset(("clinical history", "indications", "history of present illness", "findings", "impression"))
"""Sections beneath the title of a report: why it was made and what it shows."""

_WITHOUT = re.compile(
    r"\bwithout\b(?! (?:and|followed))(?:[^.,;\n]{0,40}?\b(?:contrast|gadolinium|enhancement)\b|[^.,;\n]*)",
    re.IGNORECASE,
)
"""What a title says was not done: its words name nothing."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


_ITEM = re.compile(r",\s*(?=\d{1,2}\.\s)|\s(?=\d{1,2}\.\s{1,3}[A-Z])")


def _sentences(document: Document, around: Surroundings) -> Iterator[tuple[str, int, int]]:
    """Yield (section, start, end) of each sentence; a section's end ends a sentence, and so does a list's item."""
    bounds = {*around.context.ends, *(s.start for s in document.sections), *(s.body for s in document.sections)}
    for section in document.sections:
        if section.name in _TITLES:
            text = document.text
            bounds |= {m.end() for m in _ITEM.finditer(text, section.body, section.end)}
    bounds.add(len(document.text))
    if head := _HEAD.match(document.text):
        bounds.add(head.end())
    if kind_of(document) == IMAGING:
        bounds |= {m.end() for m in _NEXT_STUDY.finditer(document.text, 0, _FIRST)}
    start = 0
    for end in sorted(bounds):
        while end - start > _LONGEST:  # a text of one endless sentence still takes linear time
            cut = document.text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
            yield document.section_at(start), start, cut
            start = cut
        if end > start and document.text[start:end].strip():
            yield document.section_at(start), start, end
            start = end


_NEXT_STUDY = re.compile(
    r"\s(?:and|plus|with)\s(?=(?:an? )?(?:ct|cta|mri|mra|ultrasound|sonogram)\b(?!(?: |-)(?:guid|or\b)))", re.IGNORECASE
)
"""Where the title of a report goes on to a further study, which has a contrast of its own."""

_LONGEST = 1_200
"""Characters of a sentence; longer ones are read in pieces."""
