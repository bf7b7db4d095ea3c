"""Words that a diagnosis lends to a title: "closed reduction" alone names no operation, with "distal radius fracture" one.

Only where no title names an operation by itself (a cast is none), and what is so named rests on a word of the title.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.services.passages import TITLE, Passage, Reading
from chartcode.assign.services.phrases import Phrases, tokens

_LENDERS = ("postoperative diagnosis", "preoperative diagnosis")
_SAME = 3
"""Words of a postoperative diagnosis that says "same"."""
_MOST = 25
"""Words that a diagnosis lends."""
_SURGERY, _CASTS = range(10004, 69991), range(29000, 29800)


def operates(code: str) -> bool:
    """Tell whether a number is that of an operation, and not of a cast or a splint alone."""
    return code.isdigit() and int(code) in _SURGERY and int(code) not in _CASTS


def lent(reading: Reading, phrases: Phrases) -> Iterator[Passage]:
    """Yield the titles of a document, each with the words of its diagnosis behind its own."""
    words = _words_of_diagnosis(reading)
    if not words:
        return
    for passage in reading.passages:
        if passage.zone == TITLE and len(passage.words) > 1:
            joined = (*passage.words, *words)
            plain = [word for word, _, _ in joined]
            yield Passage(
                passage.document, TITLE, passage.section, passage.start, passage.end, joined, plain,
                phrases.places(plain), len(words),
            )  # fmt: skip


def _words_of_diagnosis(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    document = reading.document
    for name in _LENDERS:
        for section in document.sections:
            if section.name == name:
                found = tuple(tokens(document.text[section.body : section.end], section.body))
                if len(found) > _SAME or "same" not in {word for word, _, _ in found}:
                    return found[:_MOST]
    return ()
