"""Search in all books on a day: what a coder types leads to entries, the one that is wanted first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from chartcode.books.search.pages import Pages
from chartcode.books.search.ranking import Wanted, rank, wanted
from chartcode.books.search.reading import Token, Words, tokens
from chartcode.model.code import dotted

if TYPE_CHECKING:
    from chartcode.books.day import Books

SYSTEMS = ("icd10cm", "icd10pcs", "hcpcs", "cpt")
"""The systems that are searched."""

_CODE = re.compile(r"[A-Z0-9]{1,3}(?:\.?[A-Z0-9]{1,4})?\.?", re.IGNORECASE)
_STEM = 2
_MORE = 3
"""Entries that are ranked for each that is wanted: some are not valid on the day."""


_LEAST = 0.5
"""What is worse than this share of the best is not shown."""

_READ = 0.94
"""How far words count that are put for those that were said."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found: its system, code and title on the day.

    ``valid`` tells whether it may be reported on the day: what words find is valid; a code that was typed is shown
    even where it is a heading or not in force. ``starter`` marks what only the starter answers.
    """

    system: str
    code: str
    title: str
    valid: bool = True
    starter: bool = False


@lru_cache(maxsize=2_000)
def _forms(text: str) -> frozenset[str]:
    return frozenset(token.form for token in tokens(text))


class Search:
    """Search in the books of a day. It is compiled for a shelf once, and opened when it is first asked."""

    def __init__(self, books: Books, pages: Callable[[], Pages]) -> None:
        """Take the books of the day, and what opens the compiled search."""
        self._books = books
        self._open = pages

    def __call__(self, words: str, system: str | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Return the entries that words mean, best first, at most ``limit``.

        Words are a code or its beginning, with or without its dot, or words in any order; the last one may be half
        typed, misspelt words are taken for near ones.

        Raises:
            ValueError: ``system`` is none of ``SYSTEMS``, or ``limit`` is less than one.
        """
        if system is not None and system not in SYSTEMS:
            raise ValueError(f"{system!r} is no system that is searched; choose one of {', '.join(SYSTEMS)}")
        if limit < 1:
            raise ValueError(f"a search for {limit} entries finds none; ask for one or more")
        found: dict[tuple[str, str], Hit] = {}
        for hit in self._found(words.strip(), system, limit, half_typed=not words.endswith(" ")):
            found.setdefault((hit.system, hit.code), hit)
            if len(found) >= limit:
                break
        return tuple(found.values())

    def _found(self, words: str, system: str | None, limit: int, *, half_typed: bool) -> Iterator[Hit]:
        pages = self._open()
        said = tokens(words)
        is_code = _CODE.fullmatch(words) is not None
        if is_code:
            yield from self._exact(words, system)
        # "B12" and "A1c" are words too: what is a word of the books comes before codes that only begin so.
        is_word = bool(said) and bool(len(pages.exactly(said[0].written)))
        if is_code and not is_word:
            begun = list(self._beginning(words, system, limit))
            yield from begun
            if begun:
                return
        yield from self._by_words(said, system, limit, half_typed=half_typed)
        if is_code and is_word:
            yield from self._beginning(words, system, limit)

    # --- codes ------------------------------------------------------------------------------------------------

    def _exact(self, typed: str, system: str | None) -> Iterator[Hit]:
        """Yield the entries of a code that was typed whole, in force or not."""
        bare = typed.upper().replace(".", "")
        for name in SYSTEMS if system is None else (system,):
            code = dotted(bare) if name == "icd10cm" else bare
            title = self._title(name, code)
            if title or self._known(name, code):
                yield self._hit(name, code, title, valid=self._valid(name, code))

    def _beginning(self, typed: str, system: str | None, limit: int) -> Iterator[Hit]:
        """Yield the valid entries whose codes begin with what was typed, in the books' order."""
        pages, bare = self._open(), typed.upper().replace(".", "")
        for book, name in enumerate(SYSTEMS):
            if system not in (None, name):
                continue
            start, end = pages.starts[book], pages.starts[book + 1]
            codes = pages.codes[start:end]
            first = start + int(np.searchsorted(codes, bare.encode()))
            last = start + int(np.searchsorted(codes, bare.encode() + b"~"))
            given = 0
            # A whole code less its seventh character: its stem begins with less than was typed.
            stems = [first - 1] if name == "icd10cm" and len(bare) > 3 and first > start else []
            for entry in (*stems, *range(first, last)):
                for hit in self._sevenths(entry, name) if pages.kinds[entry] == _STEM else self._as_is(entry, name):
                    if hit.code.replace(".", "").startswith(bare):
                        yield hit
                        given += 1
                if given >= limit:
                    break

    def _as_is(self, entry: int, name: str) -> Iterator[Hit]:
        code = self._code(entry, name)
        if self._valid(name, code):
            yield self._hit(name, code)

    def _sevenths(self, entry: int, name: str) -> Iterator[Hit]:
        for code in self._books.icd10cm.children(self._code(entry, name)):
            if self._valid(name, code):
                yield self._hit(name, code)

    # --- words ------------------------------------------------------------------------------------------------

    def _by_words(self, said: list[Token], system: str | None, limit: int, *, half_typed: bool) -> Iterator[Hit]:
        pages = self._open()
        book = SYSTEMS.index(system) if system else None
        best: dict[int, float] = {}
        known: dict[Token, Wanted | None] = {}
        for number, reading in enumerate(Words.shipped().readings(said)):
            for token in reading:
                if token not in known:
                    known[token] = wanted(pages, token, begun=half_typed and token == said[-1])
            looked_for = [found for token in dict.fromkeys(reading) if (found := known[token]) is not None]
            for score, entry in rank(pages, looked_for, book, limit * _MORE):
                best[entry] = max(score * (_READ if number else 1), best.get(entry, 0.0))
        least = _LEAST * max(best.values(), default=0.0)
        for entry in sorted((e for e, score in best.items() if score >= least), key=lambda e: (-best[e], e)):
            name = SYSTEMS[int(pages.books[entry])]
            code = self._code(entry, name)
            if pages.kinds[entry] == _STEM:
                code = self._seventh(code, said)
            if code and self._valid(name, code):
                yield self._hit(name, code)

    def _seventh(self, stem: str, said: list[Token]) -> str:
        """Return the code of a stem with the seventh character that words name, else the first one of the list."""
        book = self._books.icd10cm
        forms = {token.form for token in said}
        best: tuple[int, str] | None = None
        for char, meaning in book.seventh_characters(stem).items():
            agreed = len(forms & _forms(meaning))
            if best is None or agreed > best[0]:
                best = (agreed, char)
        return dotted(stem.replace(".", "").ljust(6, "X") + best[1]) if best else ""

    # --- the books of the day -----------------------------------------------------------------------------------

    def _code(self, entry: int, name: str) -> str:
        bare = self._open().codes[entry].decode()
        return dotted(bare) if name == "icd10cm" else bare

    def _book(self, name: str) -> Any:  # noqa: ANN401 - four books that answer alike, of four classes
        return getattr(self._books, name)

    def _valid(self, name: str, code: str) -> bool:
        return bool(self._book(name).valid(code))

    def _title(self, name: str, code: str) -> str:
        return str(self._book(name).title(code))

    def _known(self, name: str, code: str) -> bool:
        return name.startswith("icd10") and bool(self._book(name).validity(code))

    def _hit(self, name: str, code: str, title: str = "", *, valid: bool = True) -> Hit:
        book = self._book(name)
        return Hit(name, code, title or str(book.title(code)), valid, bool(getattr(book, "starter", False)))
