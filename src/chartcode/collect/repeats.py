"""Copied-forward passages: sentences that an earlier document of the chart, or the same one, already has.

A sentence is a repeat only if it stands word for word under a heading of the same kind: a copy that was altered by one
"no", or that moved into the family history, says something else. Line breaks and blanks do not count. Short sentences
are repeats only as part of a longer copied passage, because people do write "Stable." twice.

Linear in the text: each sentence is looked up once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chartcode.model.chart import Document, Repeat

ACROSS = 12
"""The fewest words of a passage that repeats another document's."""

WITHIN = 40
"""The fewest words of a passage that repeats its own document's: people say a thing twice, machines say much twice."""

_END = re.compile(r"[.!?](?=[\s\"')\]])[\"')\]]*\s*|\n\s*(?![a-z\s])|\n[ \t]*\n\s*|$")
_WORD = re.compile(r"[^\W_]+(?:[.,/%'-][^\W_]+)*|[<>=+%~-]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its document's number, where it begins and ends, how many words it has, and its words."""

    document: int
    start: int
    end: int
    words: int
    key: tuple[str, str] = field(repr=False)


def with_repeats(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return documents in the same order, each with the passages that it repeats; the first occurrence is none."""
    sentences = [list(_sentences(number, document)) for number, document in enumerate(documents)]
    first: dict[tuple[str, str], tuple[int, int]] = {}
    marked: list[Document] = []
    for number, document in enumerate(documents):
        repeats = tuple(_passages(number, sentences, first, documents))
        marked.append(replace(document, repeats=repeats) if repeats != document.repeats else document)
    return tuple(marked)


def _passages(
    number: int,
    sentences: list[list[_Sentence]],
    first: dict[tuple[str, str], tuple[int, int]],
    documents: Sequence[Document],
) -> Iterator[Repeat]:
    """Yield the passages that one document repeats, and note the sentences that are new in it."""
    open_from: int | None = None
    at: tuple[int, int] | None = None
    own = sentences[number]
    for index, sentence in enumerate(own):
        follows = (at[0], at[1] + 1) if at else None
        source = follows if follows and _same(sentence, sentences, follows, index) else first.get(sentence.key)
        if open_from is not None and at is not None and source != follows:
            yield from _repeat(own[open_from:index], sentences[at[0]], at[1], documents)
            open_from = None
        if source is None:
            first[sentence.key] = (number, index)
        elif open_from is None:
            open_from = index
        at = source
    if open_from is not None and at is not None:
        yield from _repeat(own[open_from:], sentences[at[0]], at[1], documents)


def _same(sentence: _Sentence, sentences: list[list[_Sentence]], place: tuple[int, int], index: int) -> bool:
    """Tell whether the sentence at a place, which must stand before this one, has the same words."""
    number, at = place
    before = number < sentence.document or at < index
    return before and at < len(sentences[number]) and sentences[number][at].key == sentence.key


def _repeat(
    run: list[_Sentence], source: list[_Sentence], last: int, documents: Sequence[Document]
) -> Iterator[Repeat]:
    """Yield the passage of some sentences in a row, if it is long enough."""
    begin = source[last - len(run) + 1]
    least = WITHIN if begin.document == run[0].document else ACROSS
    if sum(sentence.words for sentence in run) >= least:
        yield Repeat(run[0].start, run[-1].end, documents[begin.document].id, begin.start)


def _sentences(number: int, document: Document) -> Iterator[_Sentence]:
    """Yield the sentences of a document; headings and what stands under different ones are kept apart."""
    text = document.text
    edges = [0, *(s.body for s in document.sections), *(s.start for s in document.sections), len(text)]
    edges = sorted(set(edges))
    for low, high in pairwise(edges):
        section = document.section_at(low)
        start = low
        while start < high:
            end = _END.search(text, start, high)
            after = end.end() if end and end.end() > start else high
            words = _WORD.findall(text[start:after].lower())
            if words:
                stop = start + len(text[start:after].rstrip())
                yield _Sentence(number, start, stop, len(words), (section, " ".join(words)))
            start = after
