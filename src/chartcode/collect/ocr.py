"""Pictures of notes, read by Debian's tesseract: scanned pages of a PDF, and TIFF, PNG or JPEG files.

Each word keeps its confidence: facts say the least confidence of their words, and a remark says that of each page, so
that nobody takes a guess for the record. Nothing leaves the machine.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from chartcode.collect.source import Source
from chartcode.collect.written import written
from chartcode.model.chart import Chart, Fact

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

NAME = "picture"
HOW = "to read pictures install tesseract (Debian: apt install tesseract-ocr)"
LIMIT = 100_000_000
"""The largest picture that is read, in bytes."""

CONFIDENCE = "ocr confidence"
"""The attribute of a fact that was read from a picture: the least confidence of its words, 0 to 1."""

_SCALE = 300 / 72
"""Pixels a point: 300 dots an inch, which tesseract is trained for."""

_SECONDS = 180
"""The longest time for one page."""

_LEAST = 64
"""The fewest bytes of a picture: no header is shorter."""

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


Word: TypeAlias = tuple[int, int, float]
"""Where a word begins and ends in its text, and how sure the engine is of it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: its number from 1, its text, and of a picture the words."""

    number: int
    text: str = field(repr=False)
    words: tuple[Word, ...] = field(default=(), repr=False)

    @property
    def confidence(self) -> float:
        """The mean confidence of the words."""
        return sum(sure for _, _, sure in self.words) / len(self.words) if self.words else 1.0


def recognise(head: bytes) -> bool:
    """Tell whether a source is a picture: PNG, JPEG or TIFF."""
    return head.startswith(_MAGIC)


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of a note that is one picture (a TIFF file may hold several pages); raises ``Unreadable``."""
    if engine() is None:
        raise source.unreadable(f"this is a picture; {HOW}")
    image = source.whole(LIMIT, "one picture")
    if len(image) < _LEAST:
        raise source.unreadable("this picture is cut off; scan it again")
    pages = list(_pages(image, source))
    if not any(page.text.strip() for page in pages):
        raise source.unreadable("no words were found in this picture; there is nothing to code")
    yield chart(source, pages)


def engine() -> str | None:
    """Return the path of tesseract, or None where it is not installed."""
    return shutil.which("tesseract")


def picture(page: PdfPage) -> bytes:
    """Return a page of a PDF as a grey picture (PGM), at most 4,000 by 6,000 pixels."""
    width, height = page.get_size()
    scale = min(_SCALE, 4000 / max(width, 1), 6000 / max(height, 1))
    pixels = page.render(scale=scale, grayscale=True).to_numpy()
    pixels = pixels[:, :, 0] if pixels.ndim == 3 else pixels
    image: bytes = b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    return image


def page(number: int, image: bytes, source: Source) -> Page:
    """Return one picture as a page; raises ``Unreadable``."""
    read = next(_pages(image, source), None)
    return replace(read, number=number) if read else Page(number, "")


def chart(source: Source, pages: list[Page], remarks: tuple[str, ...] = ()) -> Chart:
    """Return the chart of pages of which some are pictures: with their confidence in remarks and in the facts."""
    words: list[Word] = []
    text: list[str] = []
    at = 0
    for page_ in pages:
        words += [(at + start, at + end, sure) for start, end, sure in page_.words]
        text += [page_.text, "\n\n"]
        at += len(page_.text) + 2
    told = tuple(
        f"page {p.number} is a picture, read by OCR with a confidence of {p.confidence:.0%}; check it by eye"
        for p in pages
        if p.words
    )
    made = written(source, "".join(text[:-1]), remarks + told)
    return replace(made, facts=tuple(_sure(fact, words) for fact in made.facts))


def _sure(fact: Fact, words: list[Word]) -> Fact:
    """Return a fact with the least confidence of its words, if it was read from a picture."""
    least = [
        sure
        for span in fact.evidence
        for start, end, sure in words[
            bisect_right(words, span.start, key=_end) : bisect_left(words, span.end, key=_start)
        ]
    ]
    return replace(fact, attributes=(*fact.attributes, (CONFIDENCE, f"{min(least):.2f}"))) if least else fact


def _start(word: Word) -> int:
    return word[0]


def _end(word: Word) -> int:
    return word[1]


def _pages(image: bytes, source: Source) -> Iterator[Page]:
    """Yield the pages that tesseract reads from a picture."""
    try:
        done = subprocess.run(  # noqa: S603 - the path comes from the system's own search path, the words are ours
            [engine() or "tesseract", "stdin", "stdout", "--psm", "3", "-l", "eng", "tsv"],
            input=image,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        raise source.unreadable(
            f"reading the picture took more than {_SECONDS} seconds; scan it page by page"
        ) from None
    if done.returncode:
        raise source.unreadable("tesseract cannot read this picture; scan it again as PNG, TIFF or PDF")
    rows = list(
        csv.DictReader(done.stdout.decode("utf-8", "replace").split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    for number in dict.fromkeys(row["page_num"] for row in rows):
        yield _page(int(number or 1), [row for row in rows if row["page_num"] == number and row["level"] == "5"])


def _page(number: int, rows: list[dict[str, str]]) -> Page:
    """Return a page from tesseract's words: lines as it saw them, a blank line between paragraphs."""
    text = ""
    words: list[Word] = []
    before: tuple[str, str, str] | None = None
    for row in rows:
        word = row["text"].strip()
        if not word:
            continue
        here = (row["block_num"], row["par_num"], row["line_num"])
        if before is not None:
            text += " " if here == before else "\n" if here[:2] == before[:2] else "\n\n"
        words.append((len(text), len(text) + len(word), max(0.0, float(row["conf"])) / 100))
        text += word
        before = here
    return Page(number, text, tuple(words))
