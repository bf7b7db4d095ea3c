"""PDF: pages with a text layer are read as text, pages that are pictures through OCR where it is installed.

Lines stand in the order of the page's own content, which keeps columns together; a page whose content is out of order
is read from top to bottom. The text as read is the document: spans are offsets into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from chartcode.collect import ocr
from chartcode.collect.extras import library
from chartcode.collect.ocr import Page
from chartcode.collect.source import Source
from chartcode.model.chart import Chart

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

NAME = "PDF"
LIMIT = 200_000_000
"""The largest PDF file that is read, in bytes."""

FEW = 12
"""A page with fewer letters than this and a picture on it was scanned."""

_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
"""What PDFium gives for a hyphen at the end of a line."""

_BROKEN = re.compile(r"(\S*[a-z])-$")
_COMPOUND = re.compile(r"(?:up|old|term|like|free|related|induced|based|dependent|day|week|month|year|hour|to)\b")
"""Second halves of words that keep their hyphen; any other word that a line end breaks is made whole."""

_NUMBER = re.compile(r"(?<=page )\d+(?: of \d+)?|(?<=page:)\s*\d+|^\W*\d+\W*$", re.IGNORECASE)
"""The number of a page in its running head."""

_RUNNING = 3
"""From so many pages on, a first or last line that all pages share is a running head and is kept once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its edges in points from the lower left, and its words."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = field(repr=False)


def recognise(head: bytes) -> bool:
    """Tell whether a source is a PDF file; the mark may stand behind some bytes of a mail or printer system."""
    return b"%PDF-" in head[:1024]


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of one PDF file; raises ``Unreadable``."""
    pages, remarks = read(source.whole(LIMIT, "one PDF file"), source)
    yield ocr.chart(source, pages, remarks)


def read(data: bytes, source: Source) -> tuple[list[Page], tuple[str, ...]]:
    """Return the pages that hold text, in order, and remarks on those that could not be read.

    Raises:
        Unreadable: the file is damaged, locked by a password, or holds no text that can be read here.
    """
    pypdfium2 = library("pypdfium2", "formats", source)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        why = "locked by a password; save it without one" if locked else "damaged or cut off; export it again"
        raise source.unreadable(f"this PDF file is {why}") from None
    try:
        pages, pictures = _pages(document, source)
    except pypdfium2.PdfiumError:
        raise source.unreadable("a page of this PDF file is damaged; export it again") from None
    finally:
        document.close()
    if not any(page.text.strip() for page in pages):
        raise source.unreadable(
            f"this PDF file is a scan; {ocr.HOW}"
            if pictures
            else "this PDF file holds no text; there is nothing to code"
        )
    told = ", ".join(map(str, pictures))
    remarks = (f"not read: page {told} is a picture; {ocr.HOW}",) if pictures else ()
    return [page for page in _without_running_heads(pages) if page.text.strip()], remarks


def _pages(document: PdfDocument, source: Source) -> tuple[list[Page], list[int]]:
    """Return every page as read, and the numbers of those that are pictures and could not be."""
    pages: list[Page] = []
    pictures: list[int] = []
    for number in range(len(document)):
        page = document[number]
        text = _text(page)
        if sum(c.isalpha() for c in text) >= FEW or not _pictured(page):
            pages.append(Page(number + 1, text))
        elif ocr.engine() is None:
            pages.append(Page(number + 1, text))
            pictures.append(number + 1)
        else:
            pages.append(ocr.page(number + 1, ocr.picture(page), source))
        page.close()
    return pages, pictures


def _pictured(page: PdfPage) -> bool:
    """Tell whether a page holds a picture."""
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)), None) is not None


def _text(page: PdfPage) -> str:
    """Return the text of a page, a line a line, with blank lines where the page leaves space."""
    lines = list(_lines(page))
    down = sum(b.top > a.top + 2 and b.left < a.right and a.left < b.right for a, b in pairwise(lines))
    if down * 4 > len(lines):
        lines.sort(key=lambda line: (-round(line.bottom / 3), line.left))
    out: list[str] = []
    for above, line in pairwise([Line(0, 0, 0, 0, ""), *lines]):
        height = max(line.top - line.bottom, 1.0)
        if out:
            beside = abs(above.bottom - line.bottom) < height / 3 and line.left >= above.right
            gap = above.bottom - line.top
            apart = "\n\n" if gap > 0.6 * height or gap < -20 * height else "\n"
            if apart == "\n" and (broken := _BROKEN.search(out[-1])) and line.text[:1].islower():
                keeps = "-" in broken[1] or _COMPOUND.match(line.text)
                out[-1] = out[-1] if keeps else out[-1][:-1]
                apart = ""
            out.append("  " if beside else apart)
        out.append(line.text)
    return "".join(out)


def _lines(page: PdfPage) -> Iterator[Line]:
    """Yield the lines of a page in the order of its content, wide gaps as two blanks."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    text: list[str] = []
    edges: list[tuple[float, float, float, float]] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0x0D, 0x0A) or code in _HYPHENS:
            text.append("-" if code in _HYPHENS else "")
            if edges:
                yield _line(text, edges)
            text, edges = [], []
            continue
        blank = code in (0x20, 0xA0, 0x09)
        if not blank and code >= 0x20:
            box = textpage.get_charbox(index, loose=True)
            if edges and box[0] - edges[-1][2] > 1.5 * (box[3] - box[1]):
                text.append(" " if text[-1] == " " else "  ")
            edges.append(box)
        text.append(" " if blank else chr(code) if code >= 0x20 else "")
    if edges:
        yield _line(text, edges)
    textpage.close()


def _line(text: list[str], edges: list[tuple[float, float, float, float]]) -> Line:
    left, bottom, right, top = zip(*edges, strict=True)
    words = "".join(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Line(min(left), min(bottom), max(right), max(top), words.rstrip())


def _without_running_heads(pages: list[Page]) -> list[Page]:
    """Return the pages with a first or last line that most of them share (but for numbers) kept on its first page."""
    if len(pages) < _RUNNING:
        return pages
    cut = [page.text.split("\n") for page in pages]
    for at in (0, -1):
        shared, count = Counter(_NUMBER.sub("#", lines[at].strip()) for lines in cut if lines).most_common(1)[0]
        if not shared or count < max(_RUNNING, len(pages) * 0.6):
            continue
        holding = [lines for lines, page in zip(cut, pages, strict=True) if not page.words and lines]
        for lines in [lines for lines in holding if _NUMBER.sub("#", lines[at].strip()) == shared][1:]:
            del lines[at]
    return [
        replace(page, text="\n".join(lines).strip("\n")) if not page.words else page
        for page, lines in zip(pages, cut, strict=True)
    ]
