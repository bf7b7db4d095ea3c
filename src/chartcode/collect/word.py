"""Word documents (.docx): the words that a reader sees, a paragraph a line, cells apart by tabs.

What was struck out under tracked changes or is hidden is left out, with a remark, as from RTF.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartcode.collect.source import Source
from chartcode.collect.written import written
from chartcode.model.chart import Chart

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Word"
LIMIT = 100_000_000
"""The largest file that is read, in bytes: pictures in it take most of that."""

UNPACKED = 50_000_000
"""The largest text in a file, unpacked: a small file may unpack to much."""

HIDDEN = "the Word document holds text that is hidden or struck out by tracked changes; it was left out"

_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
"""What the library raises for a damaged or locked file."""

_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom"})
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same words once more, for older programs."""


def recognise(head: bytes) -> bool:
    """Tell whether a source is a Word document of the present form."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of one document; raises ``Unreadable``."""
    yield written(source, *read(source.whole(LIMIT, "one Word document"), source))


def read(data: bytes, source: Source) -> tuple[str, tuple[str, ...]]:
    """Return the text of a document, and remarks.

    Raises:
        Unreadable: the file is damaged, too large unpacked, or holds no text.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file, file.open(_PART) as part:
            content = part.read(UNPACKED + 1)
        if len(content) > UNPACKED:
            raise source.unreadable(f"its text unpacks to more than {UNPACKED // 1_000_000} MB; save it as plain text")
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (*_DAMAGED, etree.XMLSyntaxError):
        raise source.unreadable("this Word document is damaged; save it again or as plain text") from None
    text, gone = shown(root)
    if not text.strip():
        raise source.unreadable("this Word document holds no text; if it is a picture of a note, save it as PDF")
    return text, (HIDDEN,) if gone else ()


def shown(root: _Element) -> tuple[str, bool]:
    """Return the words that a document shows, and whether some are hidden or struck out; without recursion."""
    from lxml import etree

    out: list[str] = []
    gone = False
    cells: list[int] = []  # how many cells each open row has had
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, begins = element.tag, event == "start"
        if tag in _GONE or tag == _TWICE or (tag == f"{_W}r" and _hidden(element)):
            unseen += 1 if begins else -1
            gone = gone or (tag != _TWICE and any(e.text for e in element.iter(f"{_W}t", f"{_W}delText")))
        if unseen:
            continue
        if begins:
            _open(tag, element, out, cells)
        elif tag == f"{_W}p" and not cells:
            out.append("\n")
        elif tag == f"{_W}p":
            out.append(" ")
        elif tag == f"{_W}tr":
            cells.pop()
            out.append("\n" if not cells else " ")
    lines = "".join(out).replace("\xa0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n", gone


def _open(tag: object, element: _Element, out: list[str], cells: list[int]) -> None:
    if tag == f"{_W}t":
        out.append(element.text or "")
    elif tag == f"{_W}tab":
        out.append("\t")
    elif tag in (f"{_W}br", f"{_W}cr"):
        out.append("\n")
    elif tag == f"{_W}noBreakHyphen":
        out.append("-")
    elif tag == f"{_W}tr":
        cells.append(0)
    elif tag == f"{_W}tc" and cells:
        out.append("\t" if cells[-1] else "")
        cells[-1] += 1


def _hidden(run: _Element) -> bool:
    """Tell whether a run of characters is hidden."""
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")
