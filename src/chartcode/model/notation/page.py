"""The one document of a napkin: its lines, its sections, and where quoted words stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.model.case import Mention
from chartcode.model.chart import AFFIRMED, Document, Repeat, Section, Span
from chartcode.model.notation.line import Line, Tail, quoted

DOCUMENT = "note"
PROVIDER = "provider"
EARLIER = "earlier note"
"""The document that a copied line is said to repeat; a napkin has no other one to name."""
COPIED = re.compile(r"copied\b\s*")
_SECTION = re.compile(r"[a-z][a-z -]*|")


class Page:
    """A document in the making: ``note assessment: Pneumonia.`` becomes the line ``assessment: Pneumonia.`` of it."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.text = ""
        self.sections: list[Section] = []
        self.repeats: list[Repeat] = []
        for line in lines:
            lead, colon, words = (part.strip() for part in line.rest.partition(":"))
            name = COPIED.sub("", lead, count=1) if COPIED.match(lead) else lead
            if not colon or not words or not _SECTION.fullmatch(name):
                raise line.error("note SECTION: WORDS, or note: WORDS outside of any section", line.text)
            body = self.add(name, words)
            if name != lead:
                self.repeats.append(Repeat(body, len(self.text), EARLIER, 0))

    def add(self, section: str, words: str) -> int:
        """Add a line and return where its words begin."""
        start = len(self.text)
        heading = f"{section}: " if section else ""
        self.text += f"{heading}{words}\n"
        body = start + len(heading)
        if section:
            self.sections.append(Section(section, start, body, len(self.text)))
        return body

    def document(self) -> Document:
        """Return the document."""
        return Document(DOCUMENT, self.text, sections=tuple(self.sections), repeats=tuple(self.repeats))

    def mention(self, words: str, tail: Tail) -> Mention:
        """Return the mention of quoted words; words that stand nowhere yet are added as a line of their own."""
        start = self._find(words, tail.section)
        if start < 0:
            start = self.add(tail.section, words)
        return Mention(
            Span(DOCUMENT, start, start + len(words), words),
            assertion=tail.assertion or AFFIRMED,
            section=self._section_at(start),
            author=tail.author or PROVIDER,
        )

    def quotes(self, evidence: Iterable[Mention]) -> Iterator[str]:
        """Yield mentions as quotations, with their section where the first place of the words would be another's."""
        for mention in evidence:
            words = " ".join(mention.span.text.split()) if "\n" in mention.span.text else mention.span.text
            start = self._find(words, "")
            yield quoted(words)
            if mention.assertion != AFFIRMED:
                yield mention.assertion
            if mention.section and (start < 0 or self._section_at(start) != mention.section):
                yield f"in {mention.section}"
            if mention.author != PROVIDER:
                yield f"by {mention.author}"

    def _find(self, words: str, section: str) -> int:
        """Return where words first stand outside of headings, in one section or anywhere; -1 if nowhere."""
        place = self.text.find(words)
        while place >= 0:
            home = next((s for s in self.sections if s.start <= place < s.end), None)
            if (not section or (home and home.name == section)) and not (home and place < home.body):
                return place
            place = self.text.find(words, place + 1)
        return -1

    def _section_at(self, offset: int) -> str:
        return next((s.name for s in self.sections if s.start <= offset < s.end), "")


def note_lines(document: Document) -> Iterator[str]:
    """Yield the ``note`` lines that hold a document's words; headings become section names."""
    at = 0
    for section in document.sections:
        yield from _notes(document, "", at, section.start)
        yield from _notes(document, section.name, max(at, section.body), section.end)
        at = max(at, section.end)
    yield from _notes(document, "", at, len(document.text))


def _notes(document: Document, section: str, start: int, end: int) -> Iterator[str]:
    for line in document.text[start:end].split("\n"):
        words = line.strip()
        if words:
            copied = "copied" if document.repeated(start + line.index(words)) else ""
            yield f"{' '.join(part for part in ('note', copied, section) if part)}: {words}"
        start += len(line) + 1
