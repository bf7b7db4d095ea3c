"""The lexical engine: phrases whose words stand in one sentence in any order and at any distance.

It looks where a record names its diagnoses, at short sentences that no phrase of the lexicon covers well, and weighs
words by their rarity: nearly all of a phrase's weight must be in the sentence, some of the sentence's in the phrase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from chartcode.assign.circumstances import Surroundings, surroundings
from chartcode.assign.matching import Words
from chartcode.assign.resolve import resolver
from chartcode.books import Books
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import AFFIRMED, CODED_ENTRIES, POSSIBLE, Document, Span
from chartcode.model.code import ICD10CM, Code

_SECTIONS = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "postoperative diagnosis",
     "diagnosis", "assessment", "assessment and plan", "impression", "problem list", "admission diagnosis",
     "preoperative diagnosis", "indications", "chief complaint", "past medical history", "reason for visit")
)  # fmt: skip
_LONGEST = 16
_COVERED = 0.7
_COMMON = 900
_NEARLY_ALL = 0.8
_WORTH = 0.35
_MOST = 2
_DENIED = re.compile(r"\b(?:no|not|without|denies|denied|negative|never)\b", re.IGNORECASE)


def lexical(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield at most two proposals for each sentence of the diagnosing sections."""
    for document in case.chart.documents:
        if document.kind == CODED_ENTRIES:  # no prose; what is coded there speaks for itself
            continue
        around = surroundings(document)
        covered = _covered((m.span for m in case.mentions if m.span.document == document.id), around.words)
        for first, last in _sentences(document, around):
            if sum(covered[first:last]) < _COVERED * (last - first):
                yield from _in_sentence(first, last, document, around, books)


def _sentences(document: Document, around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the word numbers (first, last + 1) of short sentences in diagnosing sections."""
    words = around.words
    n = 0
    while n < len(words.forms):
        last = n
        while last < len(words.forms) and words.sentences[last] == words.sentences[n]:
            last += 1
        if 2 <= last - n <= _LONGEST and document.section_at(words.starts[n]) in _SECTIONS:
            yield n, last
        n = last


def _covered(spans: Iterable[Span], words: Words) -> bytearray:
    """Return for each word 1 if a mention covers it."""
    flags = bytearray(len(words.forms))
    for span in spans:
        first, last = words.numbers(span.start, span.end)
        flags[first:last] = b"\x01" * (last - first)
    return flags


def _in_sentence(first: int, last: int, document: Document, around: Surroundings, books: Books) -> Iterator[Proposal]:
    lexicon, words = books.lexicon, around.words
    present = {w: lexicon.weight(w) for w in words.forms[first:last] if lexicon.frequency(w)}
    votes: Counter[int] = Counter()
    for word in present:
        if lexicon.frequency(word) <= _COMMON:
            votes.update(lexicon.phrases_with(word))
    total = sum(present.values())
    found: list[tuple[float, float, int, frozenset[str]]] = []
    for number, shared in votes.items():
        if shared < 2 or shared + 2 < lexicon.size(number):  # two rare words here, at most two common ones not
            continue
        asked = lexicon.words(number)
        inside = frozenset(w for w in asked if w in present)
        weight = sum(present[w] for w in inside)
        share = weight / max(1e-9, sum(map(lexicon.weight, asked)))
        if len(inside) > 1 and share >= _NEARLY_ALL and weight / total >= _WORTH:
            found.append((share * weight, share, number, inside))
    found.sort(key=lambda f: (-f[0], f[2]))
    used: set[str] = set()
    for _, share, number, inside in found[:6]:
        if used & inside:
            continue
        used |= inside
        yield from _proposals(number, share, inside, first, last, document, around, books)
        if len(used) > _MOST * 6:
            return


def _proposals(
    number: int,
    share: float,
    inside: frozenset[str],
    first: int,
    last: int,
    document: Document,
    around: Surroundings,
    books: Books,
) -> Iterator[Proposal]:
    words = around.words
    places = [n for n in range(first, last) if words.forms[n] in inside]
    start, end = words.starts[places[0]], words.ends[places[-1]]
    if _DENIED.search(document.text, start, end):  # what is denied is another thing than what stands before it
        return
    section = document.section_at(start)
    assertion, cue = around.context.assertion(start, end, section)
    if assertion == AFFIRMED:  # what doubts may stand between the words
        inner, said = around.context.assertion(words.starts[places[-1]], end, section)
        if inner == POSSIBLE:
            assertion, cue = inner, said
    mention = Mention(document.span(start, end), " ".join(sorted(inside)), assertion, section, cue, document.author)
    term = books.lexicon.term(number)
    sides = next((s for c in term.codes if (s := resolver(books.icd10cm).sides(c, around.at(start, end)))), ())
    for code, steps in sides:
        yield Proposal(
            Code(ICD10CM, code),
            by="lexical",
            evidence=(mention,),
            path=(term.phrase, books.icd10cm.title(code)),
            confidence=round(0.6 * share, 3),
            reasons=(f"words of one sentence, in another order: {term.phrase}", *steps),
        )
