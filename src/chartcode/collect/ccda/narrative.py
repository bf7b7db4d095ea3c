"""The narrative of a C-CDA: the text blocks of its sections as one document, and where each ID lies in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from lxml import etree

from chartcode.collect.headings import section as section_name
from chartcode.model.chart import Document, Section, Span
from chartcode.wire.ccda import attribute, child, words

_BLOCKS = frozenset(("paragraph", "list", "item", "table", "tr", "caption", "thead", "tbody", "tfoot", "div", "p", "li",
                     "ul", "ol", "h1", "h2", "h3", "h4"))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_LINE = "\n"


@lru_cache(1024)
def _breaks(tag: object) -> str:
    """Return what sets an element apart from what stands before it: a line break, a tab, or nothing."""
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    return _LINE if name in _BLOCKS or name == "br" else "\t" if name in _CELLS else ""


_SHORTEST = 4
"""The shortest words that are looked for in a narrative that no entry refers to, in characters."""


@dataclass
class Narrative:
    """The document in the making: pieces of text, sections, and the places of IDs."""

    pieces: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    length: int = 0
    repeated: int = 0
    bodies: dict[int, tuple[int, int]] = field(default_factory=dict)
    taken: set[Span] = field(default_factory=set)
    small: str | None = None
    _owed: str = ""
    _floor: int = 0

    def add(self, section: etree._Element, number: int) -> str:
        """Add the heading and the text of a section under its number; return the section's name."""
        code, title = attribute(section, "code", "code"), words(child(section, "title"))
        name = section_name(code, title)
        block = child(section, "text")
        if block is None and not title:
            return name
        start = self.length
        self._put(f"{title or attribute(section, 'displayName', 'code') or 'Section'}:\n")
        body = self.length
        if block is not None:
            self._block(block)
        self.bodies[number] = (body, self.length)
        self._put("\n\n")
        self.sections.append(Section(name, start, body, self.length))
        return name

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _block(self, block: etree._Element) -> None:
        """Add what a block shows: a line a row, item or paragraph, a tab between cells."""
        self._owed, self._floor = "", self.length
        self._show(block, leads=True)

    def _show(self, element: etree._Element, *, leads: bool) -> None:
        """Add what an element shows; ``leads`` tells a row's first cell. The parser bounds the depth (256 elements)."""
        start, breaks = self.length, _breaks(element.tag)
        if breaks == _LINE or (breaks and not leads and self._owed != _LINE):
            self._owed = breaks
        if element.text:
            self._say(element.text)
        first = True
        for inner in element:
            self._show(inner, leads=first)
            first = False
            if inner.tail:
                self._say(inner.tail)
        if breaks == _LINE:
            self._owed = _LINE
        if name := element.get("ID") or element.get("id"):
            self._mark(name, start)

    def _say(self, text: str) -> None:
        """Add words, behind what is owed before them: a line break, a tab or a blank."""
        flat = " ".join(text.split())
        if not flat:
            self._owed = self._owed or " "
            return
        if self.length > self._floor:
            self._put(self._owed or (" " if text[0].isspace() else ""))
        self._put(flat)
        self._owed = " " if text[-1].isspace() else ""

    def _mark(self, name: str, start: int) -> None:
        """Note where the element with an ID lies."""
        if name in self.places:
            self.repeated += 1
        else:
            self.places[name] = (start, self.length)

    def document(self, id: str, kind: str, on: date | None, author: str) -> Document:  # noqa: A002 - as Document.id
        """Return the document."""
        return Document(id, "".join(self.pieces), kind, tuple(self.sections), on, author)

    def span(self, document: Document, reference: str, said: str) -> Span | None:
        """Return the words to which an entry refers (``#problem1``), or None where there are none.

        Args:
            document: of this narrative.
            reference: of the entry, with or without its ``#``.
            said: what the entry is in words; where they stand within what is referred to (a row), they alone are meant.
        """
        start, end = self.places.get(reference.removeprefix("#").strip(), (0, 0))
        text = document.text[start:end]
        inner = text.strip()
        if not inner:
            return None
        start += len(text) - len(text.lstrip())
        return self._found(document, said, start, start + len(inner)) or document.span(start, start + len(inner))

    def named(self, document: Document, section: int, said: str) -> Span | None:
        """Return where the narrative of a section says something in the very words of an entry; each place once."""
        if section not in self.bodies or len(said) < _SHORTEST:
            return None
        start, end = self.bodies[section]
        while (span := self._found(document, said, start, end)) is not None:
            if span not in self.taken:
                self.taken.add(span)
                return span
            start = span.end
        return None

    def _found(self, document: Document, said: str, start: int, end: int) -> Span | None:
        if self.small is None or len(self.small) != len(document.text):
            self.small = document.text.lower()
            if len(self.small) != len(document.text):  # a few letters change their length
                self.small = document.text
        at = self.small.find(said.lower(), start, end)
        while at >= 0:
            after = at + len(said)
            whole = not self.small[max(at - 1, 0) : at].isalnum() and not self.small[after : after + 1].isalnum()
            if whole or at == 0:
                return document.span(at, after)
            at = self.small.find(said.lower(), at + 1, end)
        return None
