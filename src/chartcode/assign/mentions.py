"""The words of the record that a book knows, and how they are meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from chartcode.assign.circumstances import surroundings
from chartcode.assign.matching import Hit, Words, choose, find_phrases
from chartcode.assign.misread import misread
from chartcode.books import Books
from chartcode.model.case import MENTIONS, Case, Mention
from chartcode.model.chart import CODED_ENTRIES, Chart, Document, Fact, Span

_OPENING = re.compile(r"\b(?:type|stage|grade|class|phase)\s+$", re.IGNORECASE)
_NUMBER = re.compile(r"\d|(?:i{1,3}|iv)\b", re.IGNORECASE)
"""A word that a number belongs to: "2 diabetes" is no evidence that a reader would accept."""
_CLASSIFICATION = re.compile(r"icd[\s-]{0,2}(?:9|10|11|o|codes?)\b", re.IGNORECASE)
"""The name of a classification, which is no implanted defibrillator."""
_CONDITIONS = ("diagnosis", "family", "social")
_SEPARATED = re.compile(r"[,;]")
_LINK = re.compile(r"\b(?:with|due to|secondary to)\b", re.IGNORECASE)
_LINKED = re.compile(
    r"\b(?:with|w/|due|secondary|from|by|associated|related|complicat\w+|caused|causing|because|superimposed|of|in)(?!\w)",
    re.IGNORECASE,
)


def mentions(case: Case, books: Books) -> Iterator[Mention]:
    """Yield each phrase of the lexicon in the documents, with its assertion, section and cue.

    What a document copied from elsewhere in the chart counts once, there.
    """
    for document in case.chart.documents:
        found = mentions_in(document, books, inner=case.mode == MENTIONS)
        if document.kind == CODED_ENTRIES:
            found = _of_conditions(found, case.chart, document)
        elif any(f.get("at") and s.document == document.id for f in case.chart.facts for s in f.evidence):
            found = _under_headings(found, document)
        for mention in found:
            if document.repeated(mention.span.start) is None:
                yield mention


def _under_headings(found: Iterator[Mention], document: Document) -> Iterator[Mention]:
    """Yield the mentions outside of headings: in a record of fields, "Immunizations" is the name of a list."""
    bodies = {section.start: section.body for section in document.sections}
    starts = sorted(bodies)
    for mention in found:
        at = bisect_right(starts, mention.span.start) - 1
        if at < 0 or mention.span.start >= bodies[starts[at]]:
            yield mention


def _of_conditions(found: Iterator[Mention], chart: Chart, document: Document) -> Iterator[Mention]:
    """Yield the mentions that lie in the words of coded conditions: what else is set down there is no prose."""
    places = [
        (span.end - len(said), span.end)
        for fact in chart.facts
        if fact.kind in _CONDITIONS
        for span in fact.evidence
        if span.document == document.id and (said := _answer(fact, span))
    ]
    for mention in found:
        if any(start <= mention.span.start and mention.span.end <= end for start, end in places):
            yield mention


def _answer(fact: Fact, span: Span) -> str:
    """Return the words of an entry that tell a condition: of a habit, the answer and not the question."""
    value = fact.get("value")
    return value if value and span.text.endswith(value) else "" if fact.kind == "social" else span.text


def _term(hit: Hit, words: Words) -> str:
    return " ".join(words.forms[n] for n in range(hit.first, hit.last + 1) if n not in hit.skipped)


def _enumerated(hit: Hit, words: Words, text: str, books: Books) -> bool:
    """Tell whether a phrase of two linked conditions was put together from a list of them.

    "Hyperlipidemia, diabetes" is no diabetes with hyperlipidemia: the link is not documented (Guidelines I.A.15).
    """
    between = text[words.starts[hit.first] : words.ends[hit.last]]
    if hit.first == hit.last or not _SEPARATED.search(between) or _LINKED.search(between):
        return False
    term = books.lexicon.look_up(_term(hit, words))
    return term is not None and term.codes[0][0] not in "RZ" and _LINK.search(term.phrase) is not None


def mentions_in(document: Document, books: Books, *, inner: bool = False) -> Iterator[Mention]:
    """Yield the mentions of one document: the longest phrases of the lexicon and of the learned associations.

    With ``inner``, also the phrases that lie within longer ones ("pain" in "pain after meals").
    """
    around = surroundings(document)
    context, words = around.context, around.words
    hits = find_phrases(words, books.lexicon, books.model.phrases)
    chosen = choose(hits, words, document.text)
    if listed := {(h.first, h.last, h.skipped) for h in chosen if _enumerated(h, words, document.text, books)}:
        hits = [h for h in hits if (h.first, h.last, h.skipped) not in listed]
        chosen = choose(hits, words, document.text)
    if inner:
        places = {(h.first, h.last) for h in chosen}
        within = {(h.first, h.last): h for h in hits if not h.skipped and (h.first, h.last) not in places}
        chosen += [within[place] for place in sorted(within)]
    for hit in chosen:
        start, end = words.starts[hit.first], words.ends[hit.last]
        if start and document.text[start - 1].isalnum():  # "36weeks": the end of a word that lost its space is none
            continue
        if _CLASSIFICATION.match(document.text, start, start + 12):
            continue
        if _NUMBER.match(document.text, start):
            opening = _OPENING.search(document.text, max(0, start - 8), start)
            start = opening.start() if opening else start
        if misread(document, start, end):
            continue
        section = document.section_at(start)
        assertion, cue = context.assertion(start, end, section)
        yield Mention(
            span=document.span(start, end),
            term=_term(hit, words),
            assertion=assertion,
            section=section,
            cue=cue,
            author=document.author,
        )
