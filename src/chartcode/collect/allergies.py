"""Allergies and intolerances, with the reaction where the note gives one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from chartcode.collect.medications import Drug
from chartcode.collect.places import places, within
from chartcode.collect.words import Found
from chartcode.model.chart import AFFIRMED, NEGATED, Document, Fact

_NONE = re.compile(
    r"""\b(?:nkda|nka|n\.k\.d\.a|no[tn]?\s+known(?:\s+\w+){0,3}\s+(?:allerg\w+|sensitivit\w+|reactions?)
    |no\s+(?:(?:drug|medication|food|medicine|history\s+of|latex|significant|known)\s+)*allerg\w+
    |not\s+allergic|denies\s+(?:\w+\s+){0,4}allerg\w+|negative\s+for\s+allerg\w+|none(?:\s+known)?|no\s+known)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ITEM = re.compile(r"[^,;\n.]+(?:\.\d[^,;\n.]*)?")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•])\s*")
_LEAD = re.compile(
    r"""^(?:the\s+patient|he|she|patient|pt|mom|mother)?\s*(?:is|has|was|reports?|states?|states\s+(?:he
    |she)\s+is|admits)?\s*(?:an?\s+)?(?:known\s+)?(?:drug\s+)?(?:allerg\w+|sensitiv\w+|intoleran\w+
    |reaction)?\s*
    (?:to|include|includes|are|is|with|of|:|-)?\s*(?:the\s+following\s*:?)?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_REACTION = re.compile(
    r"""\s*(?:\(\s*(?P<a>[^)\n]{2,60})\)|(?:-|\u2013|:|which\s+(?:causes?|gives?|makes?|results?\s+in)|that\s+causes?|causes?|causing|caused|results?\s+in|resulting\s+in|gives?\s+(?:him|her)|makes?\s+(?:him|her)|produces?|with\s+a?\s*(?=rash|hives|reaction|anaph)|leads\s+to)\s+(?P<b>[^,;.\n]{2,60}))""",
    re.IGNORECASE | re.VERBOSE,
)
_PROSE = re.compile(
    r"\b(?<!not )(?:allergic\s+to|allergy\s+to|allergies\s+to|anaphyla\w+\s+to|intolerant\s+(?:of|to)"
    r"|intolerance\s+to)\s+(?P<x>(?:[\w'-]+)(?:\s(?!and\b|or\b|which|but|with|for|as|so|that|she|he"
    r"|the\b|causing|in\b)[\w'-]+){0,2})",
    re.IGNORECASE,
)
_REACTIONS = re.compile(
    r"^(?:rash|hives|nausea|vomiting|itching|swelling|anaphylaxis|shortness of breath|gi upset"
    r"|upset stomach|unknown|pruritus|and\b|or\b|tachycardia|dizziness|palpitations|diarrhea"
    r"|angioedema)",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:(?!\s+(?:and|or|&)\s|/).)+", re.IGNORECASE)
_JOINED = re.compile(r"^\W*(?:and|or)\s", re.IGNORECASE)
_PROSAIC = re.compile(
    r"(?:\W*\d*\W*$|(?:and|or|he|she|they|additionally|refer|see|all|only|to|the|patient|which|but|as"
    r"|per|because|previous|also|this|that|multiple|possible|questionable|she's|currently|not|does"
    r"|did|has|had|it|these|both|other|some|none|states|reported|listed|above|below)\b)",
    re.IGNORECASE,
)
_FEW = 4
"""The most words that an allergy of no known drug has; more is prose."""

_MOST = 12
"""The most items that one list of allergies gives; more is prose that was not understood."""


def allergies(document: Document, drugs: list[Found[Drug]]) -> Iterator[Fact]:
    """Yield allergies; attributes ``reaction``, and ``generic`` and ``class`` of a known drug.

    "No known drug allergies" is one fact whose assertion is ``negated``.
    """
    seen: set[str] = set()
    for fact in (*_listed(document, drugs), *_told(document, drugs)):
        if fact.text.lower() not in seen:
            seen.add(fact.text.lower())
            yield fact


def _listed(document: Document, drugs: list[Found[Drug]]) -> Iterator[Fact]:
    """Yield what stands under a heading of allergies."""
    text = document.text
    for section in document.sections:
        if section.name != "allergies":
            continue
        none = _NONE.search(text, section.body, min(section.end, section.body + 200))
        if none:
            span = document.span(*none.span())
            yield Fact("allergy", span.text, (span,), assertion=NEGATED)
            continue
        for item in list(_ITEM.finditer(text, section.body, min(section.end, section.body + 600)))[:_MOST]:
            yield from _items(document, item.start(), item.end(), drugs)


def _items(document: Document, start: int, end: int, drugs: list[Found[Drug]]) -> Iterator[Fact]:
    """Yield the one or two allergies of an item ("penicillin and sulfa (rash)")."""
    raw = document.text[start:end]
    mark = _NUMBERED.match(raw)
    start += mark.end() if mark else 0
    lead = _LEAD.match(document.text[start:end])
    start += lead.end() if lead else 0
    words = document.text[start:end]
    if not words.strip() or _REACTIONS.match(words.strip()) or len(words) > 90:
        return
    reaction = _REACTION.search(words)
    name = words[: reaction.start()] if reaction else words
    attributes: tuple[tuple[str, str], ...] = ()
    if reaction:
        attributes = (("reaction", (reaction.group("a") or reaction.group("b")).strip()),)
    for part in _ONE.finditer(name):
        said = _JOINED.sub("", part.group()).strip()
        known = _drug(drugs, start + part.start(), start + part.end()) is not None
        if said and (known or (len(said.split()) <= _FEW and not _PROSAIC.match(said))):
            at = start + part.start() + part.group().index(said)
            yield _fact(document, at, at + len(said), drugs, attributes)


def _told(document: Document, drugs: list[Found[Drug]]) -> Iterator[Fact]:
    """Yield what the story calls an allergy."""
    inside = places(document.sections, {"allergies", "family history"})
    for match in _PROSE.finditer(document.text):
        if not within(inside, match.start()):
            yield _fact(document, *match.span("x"), drugs, ())


def _fact(
    document: Document, start: int, end: int, drugs: list[Found[Drug]], attributes: tuple[tuple[str, str], ...]
) -> Fact:
    """Return one allergy, with the drug's class where it is a known one."""
    span = document.span(start, end)
    drug = _drug(drugs, start, end)
    known = (("generic", drug.generic), ("class", drug.kind)) if drug else ()
    return Fact("allergy", span.text.strip(" ,.;:"), (span,), assertion=AFFIRMED, attributes=known + attributes)


def _drug(drugs: list[Found[Drug]], start: int, end: int) -> Drug | None:
    """Return the first drug named in some characters; ``drugs`` are in order."""
    index = bisect_left(drugs, start, key=lambda drug: drug.start)
    return drugs[index].value if index < len(drugs) and drugs[index].start < end else None
