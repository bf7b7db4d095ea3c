"""The index engine: a phrase of the lexicon, walked down to the code that the record supports."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.circumstances import evidence
from chartcode.assign.resolve import Evidence, Resolver, resolver
from chartcode.books import Books
from chartcode.books.lexicon import OWN, SOURCES, Term
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.code import ICD10CM, Code

_SURE = {4: 0.85, 3: 0.8, 2: 0.75, 1: 0.6, 0: 0.6}
_AMBIGUOUS = 0.3
_FEW_WORDS = 0.12
_SIDES = frozenset(("right", "left", "bilateral"))


def index(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield a proposal for each mention that leads to a reportable code; two where both sides are meant."""
    walk = resolver(books.icd10cm)
    for mention in case.mentions:
        term = books.lexicon.look_up(mention.term) or _without_side(mention.term, books)
        if term is not None:
            yield from _propose(mention, term, walk, evidence(mention, case))


def _without_side(words: str, books: Books) -> Term | None:
    """Return the term of a phrase that only the learned associations know with its side."""
    kept = [word for word in words.split() if word not in _SIDES]
    return books.lexicon.look_up(" ".join(kept)) if 1 < len(kept) < len(words.split()) else None


def _propose(mention: Mention, term: Term, walk: Resolver, said: Evidence) -> Iterator[Proposal]:
    code, sides = next(((c, s) for c in term.codes if (s := walk.sides(c, said))), ("", ()))
    for found, steps in sides:
        confidence = _SURE[term.source] - (_AMBIGUOUS if term.ambiguous else 0.0)
        if len(mention.span.text) <= 4 and term.source != OWN:
            confidence -= _FEW_WORDS
        yield Proposal(
            Code(ICD10CM, found),
            by="index",
            evidence=(mention,),
            path=_path(walk, code, found, term),
            confidence=round(confidence, 3),
            reasons=(f"{SOURCES[term.source]}: {term.phrase}", *steps),
        )


def _path(walk: Resolver, node: str, code: str, term: Term) -> tuple[str, ...]:
    """Return the way through the book: the phrase, then the titles from the category down to the code."""
    way = [term.phrase, *walk.way(node, code)]
    return tuple(step for n, step in enumerate(way) if step and step not in way[:n])
