"""Talks and care by their minutes: psychotherapy, advice on tobacco and drink, planning for the end, care managed.

Minutes decide both whether and which: a talk without them is no line. They stand in the sentence that names the talk, or
anywhere in a note that is about nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcode.assign.circumstances import surroundings
from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import VISIT, Passage
from chartcode.books import Books
from chartcode.model.chart import NEGATED, Document

_TITLE = 220
"""Characters at the top of a note that tell what it is about."""


class _Topic(NamedTuple):
    name: str
    words: re.Pattern[str]
    besides: re.Pattern[str] | None = None


def _of(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_ANY_THERAPY = "psychotherapy"
"""Of a session with the family or in a crisis, nothing more."""
_TOPICS = (
    _Topic("crisis", _of(r"\bpsychotherap\w+ (?:for|in) (?:a )?crisis|\bcrisis (?:psycho)?therap\w+|\bcrisis intervention")),
    _Topic("family_alone", _of(r"\bfamily (?:psycho)?therap\w+[^.]{0,30}\bwithout the patient")),
    _Topic("family", _of(r"\b(?:family|conjoint|couples?) (?:psycho)?therap\w+")),
    _Topic("psychotherapy", _of(r"\b(?:individual |supportive |cognitive[- ]behavioral |insight[- ]oriented )?psychotherap\w+|\b(?:individual|supportive|cognitive[- ]behavioral|talk) therapy\b"), _of(r"\bgroup\b|\breferr")),
    _Topic("tobacco", _of(r"\b(?:smoking|tobacco|nicotine|vaping)[- ](?:cessation|counsel\w+)|\bcounsel\w*[^.]{0,50}\b(?:smoking|tobacco|cigarettes)|\b(?:smoking|tobacco)[^.]{0,30}\bcounsel\w+")),
    _Topic("drink", _of(r"\bSBIRT\b|\b(?:alcohol|drug|substance)[^.]{0,60}\bbrief intervention|\b(?:AUDIT|DAST)\b[^.]{0,80}\bcounsel\w+")),
    _Topic("planning", _of(r"\badvanced? care planning|\badvanced? directives? (?:were |was )?discuss\w+|\bliving will\b|\b(?:POLST|MOLST)\b|\bgoals[- ]of[- ]care (?:discussion|conversation|meeting)")),
)  # fmt: skip
_OF_THE_MONTH = (
    _Topic("complex_care", _of(r"\bcomplex chronic care management")),
    _Topic("care_by_physician", _of(r"\bchronic care management\b(?=[\s\S]{0,400}\bpersonally\b)")),
    _Topic("care", _of(r"\bchronic care management|\bCCM (?:note|encounter|services?)")),
    _Topic("principal_care", _of(r"\bprincipal care management")),
    _Topic("behavioral_care", _of(r"\bbehavioral health integration")),
    _Topic("remote_care", _of(r"\bremote (?:physiologic|patient) monitoring (?:treatment|management)")),
    _Topic("memory", _of(r"\bcognitive (?:assessment and )?care plan(?:ning)? (?:visit|service)")),
)  # fmt: skip
"""What a note of a month's care, or of one service, is about."""

_MINUTES = re.compile(r"\b(\d{1,3})(?:\s?(?:-|to)\s?\d{1,3})?\s*-?\s*(?:minutes?|mins?)\b", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:(?<!living )will|would|recommend\w*|schedul\w+|next (?:visit|week|time)|plans? to|declin\w+|refus\w+|last (?:visit|week|month)|offered|referr\w+|in the past|previous\w*)\b",
    re.IGNORECASE,
)
_MANAGED = re.compile(
    r"\bmedication management\b|\b(?:increas|decreas|start|continu|refill|titrat|switch|prescrib)\w*\b[^.]{0,50}\b\d+(?:\.\d+)?\s*mg\b",
    re.IGNORECASE,
)
"""Drugs managed: a visit, beside which psychotherapy has numbers of its own."""
_PAST = frozenset(("past medical history", "past surgical history", "family history", "social history", "allergies"))


def talks(document: Document, books: Books) -> Iterator[Line]:
    """Yield the talks of one note, each topic once, by its most minutes."""
    facts = books.parameters.get("services.talks")
    if facts is None or _MINUTES.search(document.text) is None:
        return
    head = document.text[:_TITLE]
    monthly = next((topic for topic in _OF_THE_MONTH if topic.words.search(head)), None)
    if monthly is not None:
        yield from _lines(monthly, facts, document, anywhere=True)
        return
    taken: list[tuple[int, int]] = []
    for topic in _TOPICS:
        if topic.name == _ANY_THERAPY and taken:
            continue
        yield from _lines(topic, facts, document, taken, anywhere=topic.words.search(head) is not None)


def _lines(
    topic: _Topic,
    facts: dict[str, dict[str, list[list[object]]]],
    document: Document,
    taken: list[tuple[int, int]] | None = None,
    *,
    anywhere: bool,
) -> Iterator[Line]:
    """Yield the first number of a topic and what its further minutes add."""
    best: tuple[bool, int, Passage, tuple[int, int]] | None = None
    for match in topic.words.finditer(document.text):
        if taken and any(a < match.end() and match.start() < b for a, b in taken):
            continue
        passage = _sentence(document, match)
        if passage.section in _PAST or _NOT_NOW.search(passage.text) or not _affirmed(passage, match):
            continue
        if topic.besides and topic.besides.search(passage.text):
            continue
        near = _near(passage, match)
        minutes = near or (_anywhere(document) if anywhere else 0)
        if minutes and (best is None or (near > 0, minutes) > best[:2]):
            best = near > 0, minutes, passage, match.span()
    if best is None:
        return
    _, minutes, passage, span = best
    if taken is not None:
        taken.append((passage.start, passage.end))
    managed = topic.name == "psychotherapy" and _MANAGED.search(document.text) is not None
    fact = facts["beside_a_visit" if managed else topic.name]
    reached = [str(number) for number, least in fact["numbers"] if minutes >= int(str(least))]
    if not reached:
        return
    yield line(reached[-1], passage, span, f"{minutes} minutes")
    if further := fact.get("more"):
        number, least, each, most = str(further[0]), *(int(str(n)) for n in further[1:])
        if minutes >= least:
            units = min(most, 1 + (minutes - least) // each)
            yield line(number, passage, span, f"{minutes} minutes: the further ones", units=units)


_END = re.compile(r"\.(?=\s|,|$)|\n(?=\s*\n|\s*[A-Z][A-Za-z ]{2,40}:|\s*(?:[-*]|\d+\.)\s)")
"""Where a sentence ends: at a full stop, a blank line, a heading or an item of a list."""
_LONGEST = 600


def _sentence(document: Document, match: re.Match[str]) -> Passage:
    """Return the sentence of a match."""
    text = document.text
    before = [m.end() for m in _END.finditer(text, max(0, match.start() - _LONGEST), match.start())]
    behind = _END.search(text, match.end())
    start = before[-1] if before else max(0, match.start() - _LONGEST)
    end = behind.start() + 1 if behind else len(text)
    return Passage(document, VISIT, document.section_at(match.start()), start, end, (), [], {})


def _affirmed(passage: Passage, match: re.Match[str]) -> bool:
    found, _ = surroundings(passage.document).context.assertion(match.start(), match.end(), passage.section)
    return found != NEGATED


def _near(passage: Passage, match: re.Match[str]) -> int:
    """Return the minutes nearest to the words in their sentence, 0 where it gives none."""
    at = match.start() - passage.start
    found = [(abs(m.start() - at), int(m[1])) for m in _MINUTES.finditer(passage.text)]
    return min(found)[1] if found else 0


def _anywhere(document: Document) -> int:
    return max((int(m[1]) for m in _MINUTES.finditer(document.text)), default=0)
