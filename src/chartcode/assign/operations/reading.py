"""The procedures that a document names: which words, in which sentence and section, and how they are meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from chartcode.assign.circumstances import Surroundings, surroundings
from chartcode.assign.matching import Hit, choose, find_phrases
from chartcode.books.operations import Operation, Operations, Place
from chartcode.model.case import Mention
from chartcode.model.chart import Document

OPERATIVE_KINDS = frozenset(("operative note", "procedure note"))
"""Kinds of documents that tell of one operation from its title to its last stitch."""

_PLANNED = re.compile(
    r"\b(?:will (?:be|need|have|undergo|require|likely|probably|return)|would (?:be|need|benefit|like|require|"
    r"recommend)|may (?:need|require|be)|might|should (?:be|have|undergo|she|he)|plan(?:s|ned|ning)?\b|schedul\w+|"
    r"recommend\w*|consider\w*|candidate|needs?\b|await\w*|pending|discuss\w*|offer\w*|refus\w+|declin\w+|"
    r"defer\w+|instead of|risks?,? (?:of|and)|consent\w* (?:for|to)|in preparation for|refer\w* (?:for|to)|"
    r"to undergo|prior to|before|evaluat\w+ for|possib(?:le|ility)|unsuccessful|cancel\w*|contraindicat\w+|"
    r"not (?:a candidate|amenable)|rather than|contemplat\w+|whether|inability to|unable to|could not|"
    r"fail(?:ed|ure) to|consult\w*(?: was| were)?(?: obtained| called| requested)? for|"
    r"had (?:previously |already )?undergone)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:underwent|undergone|perform\w*|was (?:then )?(?:taken|placed|inserted|intubated|done|started|put|begun|"
    r"given|removed|brought|carried)|were (?:placed|performed|taken|done|removed)|status post|s/p|proceeded|"
    r"complet\w+|receiv\w+|required|had (?:an?|the|his|her)|accomplished|successful\w*)\b",
    re.IGNORECASE,
)


_PLACED = re.compile(
    r"\b(?:plac\w+|insert\w*|underwent|put in|position\w*|perform\w*|receiv\w+|exchang\w*|thread\w*|implant\w*|"
    r"creat\w+|construct\w*|introduc\w+|start\w*|obtain\w*|fashion\w*|deploy\w*|status post|s/p|replac\w+|matured|"
    r"get(?:ting)?|got|drain\w*|decompress\w*)\b",
    re.IGNORECASE,
)
"""What tells a device that was put in from one that is there: "feeds through the J-tube"."""


_ATTEMPTED = re.compile(
    r"\b(?:attempt(?:ed)?|failed|aborted|unsuccessful)\s+(?:(?:at|an?|the|of|to)\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE
)

_REMOVED = re.compile(
    r"\b(?:remov(?:al|ed|ing)|explant\w*|discontinu\w*|ex-?plantation)\s+(?:of\s+)?"
    r"(?:(?!(?:and|with|by|then)\b)[^\s,;]+\s+){0,3}$",
    re.IGNORECASE,
)
"""What tells a device that was taken out from one that was put in: "removal of both chest tubes"."""


class Page:
    """A document while its procedures are read: what is looked for in the whole of it is looked for once."""

    def __init__(self, document: Document) -> None:
        """Take the document."""
        self.document = document
        self.around = surroundings(document)
        self.operative = document.kind in OPERATIVE_KINDS
        self._said: dict[re.Pattern[str], re.Match[str] | None] = {}

    @cached_property
    def titles(self) -> str:
        """The sections that name the document's procedures, one after another."""
        sections = (s for s in self.document.sections if s.name == "procedure")
        return "\n".join(self.document.text[s.start : s.end] for s in sections)

    def first(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match in the whole document, or None."""
        if expression not in self._said:
            self._said[expression] = expression.search(self.document.text)
        return self._said[expression]


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure that a document names.

    ``places`` are the words for places in its sentence with their offsets, ``planned`` whether its sentence speaks of
    what is to come or was not done, ``placed`` whether it speaks of something put in place, ``done`` of something
    that was done, ``attempted`` whether its own words are those of an attempt, ``removed`` of a device taken out,
    ``sentence`` its offsets.
    """

    operation: Operation
    page: Page = field(repr=False)
    mention: Mention
    sentence: tuple[int, int]
    places: tuple[tuple[int, int, Place], ...]
    planned: bool
    placed: bool
    done: bool
    attempted: bool
    removed: bool

    @property
    def document(self) -> Document:
        """The document."""
        return self.page.document

    @property
    def side(self) -> str | None:
        """The side that is said for the procedure: right, left, bilateral, or None."""
        return self.page.around.at(self.mention.span.start, self.mention.span.end).side

    @property
    def text(self) -> str:
        """The sentence."""
        return self.document.text[slice(*self.sentence)]


def read(document: Document, operations: Operations) -> list[Found]:
    """Return the procedures that a document names, in order; of overlapping phrases the longest."""
    page = Page(document)
    around = page.around
    hits = find_phrases(around.words, operations)
    # "injections at the site of most pain in the hip" is no hip injection: two words do not reach over two.
    entries = [(hit, operations.entry(hit.phrase)) for hit in hits if len(hit.skipped) < hit.size]
    named = {hit.phrase: entry for hit, entry in entries if isinstance(entry, Operation)}
    chosen = choose([hit for hit, entry in entries if isinstance(entry, Operation)], around.words, document.text)
    places = sorted(
        ((around.words.starts[hit.first], around.words.ends[hit.last], entry)
         for hit, entry in entries if isinstance(entry, Place) and not hit.skipped),
        key=lambda p: (p[0], -p[1]),
    )  # fmt: skip
    spans = sorted(((*_span(hit, around), named[hit.phrase]) for hit in chosen), key=lambda s: s[:2])
    starts, reach = [start for start, _, _ in spans], list(accumulate((end for _, end, _ in spans), max))
    for expression, operation in operations.patterns:
        for match in expression.finditer(document.text):
            before = bisect_left(starts, match.end())
            if not before or reach[before - 1] <= match.start():
                spans.append((match.start(), match.end(), operation))
    spans.sort(key=lambda s: s[:2])
    return [_found(start, end, operation, page, places) for start, end, operation in spans]


def _span(hit: Hit, around: Surroundings) -> tuple[int, int]:
    return around.words.starts[hit.first], around.words.ends[hit.last]


def _found(start: int, end: int, operation: Operation, page: Page, places: list[tuple[int, int, Place]]) -> Found:
    document, around = page.document, page.around
    section = document.section_at(start)
    first, last = around.around(start, end)
    assertion, cue = around.context.assertion(start, end, section)
    mention = Mention(document.span(start, end), operation.name, assertion, section, cue, document.author)
    low, high = bisect_left(places, first, key=lambda p: p[0]), bisect_left(places, last, key=lambda p: p[0])
    planned, sentence = _planned(document.text, first, start, end, last), document.text[first:last]
    attempted = _ATTEMPTED.search(document.text, max(first, start - 40), start) is not None
    removed = _REMOVED.search(document.text, max(first, start - 50), start) is not None
    placed, done = _PLACED.search(sentence) is not None, _DONE.search(sentence) is not None
    return Found(
        operation, page, mention, (first, last), tuple(places[low:high]), planned, placed, done, attempted, removed
    )


def _planned(text: str, first: int, start: int, end: int, last: int) -> bool:
    """Tell whether a sentence speaks of a procedure as something to come, or as not done."""
    before = text[first:start]
    cues = list(_PLANNED.finditer(before))
    if not cues:
        return False
    if cues[-1][0].lower().endswith("undergone"):  # of an earlier day, whatever is said after its name
        return _DONE.search(before, cues[-1].end()) is None
    return _DONE.search(before, cues[-1].end()) is None and _DONE.search(text, end, min(last, end + 60)) is None


def nearest(found: Found, classes: list[str]) -> Iterator[tuple[str, tuple[int, int, Place]]]:
    """Yield the places of a procedure's sentence that have a value in one of some classes: the best first.

    Classes earlier in the list win; then what stands within or after the procedure's words, the nearest first.
    """
    start, end = found.mention.span.start, found.mention.span.end

    def distance(place: tuple[int, int, Place]) -> tuple[int, int, int]:
        gap = max(place[0] - end, start - place[1], 0)
        return (gap + (40 if place[1] <= start else 0), -(place[1] - place[0]), place[0])

    for name in classes:
        for place in sorted(found.places, key=distance):
            if name in place[2].values:
                yield place[2].values[name], place
