"""The words of the record that a book knows, and how they are meant."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.circumstances import surroundings
from chartcode.assign.matching import choose, find_phrases
from chartcode.books import Books
from chartcode.books.words import NUMBERED
from chartcode.model.case import MENTIONS, Case, Mention
from chartcode.model.chart import Document


def mentions(case: Case, books: Books) -> Iterator[Mention]:
    """Yield each phrase of the lexicon in the documents, with its assertion, section and cue."""
    for document in case.chart.documents:
        yield from mentions_in(document, books, inner=case.mode == MENTIONS)


def mentions_in(document: Document, books: Books, *, inner: bool = False) -> Iterator[Mention]:
    """Yield the mentions of one document: the longest phrases of the lexicon and of the learned associations.

    With ``inner``, also the phrases that lie within longer ones ("pain" in "pain after meals").
    """
    around = surroundings(document)
    context, words = around.context, around.words
    hits = find_phrases(words, books.lexicon, books.model.phrases)
    chosen = choose(hits, words, document.text)
    if inner:
        places = {(h.first, h.last) for h in chosen}
        within = {(h.first, h.last): h for h in hits if not h.skipped and (h.first, h.last) not in places}
        chosen += [within[place] for place in sorted(within)]
    for hit in chosen:
        # "type 2 diabetes": the number belongs to the word before it, matched or not.
        opens = hit.first and words.forms[hit.first][0].isdigit() and words.forms[hit.first - 1] in NUMBERED
        start, end = words.starts[hit.first - bool(opens)], words.ends[hit.last]
        section = document.section_at(start)
        assertion, cue = context.assertion(start, end, section)
        yield Mention(
            span=document.span(start, end),
            term=" ".join(words.forms[n] for n in range(hit.first, hit.last + 1) if n not in hit.skipped),
            assertion=assertion,
            section=section,
            cue=cue,
            author=document.author,
        )
