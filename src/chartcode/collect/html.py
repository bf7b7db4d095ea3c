"""HTML notes, as portals and mail systems export them: the words that a browser would show, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartcode.collect.source import Source, plain
from chartcode.collect.written import written
from chartcode.model.chart import Chart

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "HTML"
LIMIT = 20_000_000
"""The largest page that is read, in bytes."""

_HEAD = re.compile(
    rb"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|body|head)\b", re.IGNORECASE | re.DOTALL
)
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "object", "svg", "math", "select", "textarea"})
_BLOCK_TAGS = (
    "address article aside blockquote body caption dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr html li main nav ol p pre section table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_APART = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "section", "article"})
"""Blocks that a blank line sets apart."""

_CELLS = frozenset({"td", "th"})
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def recognise(head: bytes) -> bool:
    """Tell whether a source is an HTML page."""
    return _HEAD.match(plain(head)) is not None


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of one HTML note; raises ``Unreadable``."""
    yield written(source, read(source.whole(LIMIT, "one HTML note"), source))


def read(data: bytes, source: Source) -> str:
    """Return the text of a page as a browser shows it.

    Raises:
        Unreadable: the page holds no text, is nested too deeply, or its character set is unknown.
    """
    from lxml import etree
    from lxml import html as markup

    parser = markup.HTMLParser(
        encoding=_encoding(data, source), remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = markup.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise source.unreadable("this HTML page holds no text that can be read") from None
    if any("depth" in fault.message for fault in parser.error_log):
        raise source.unreadable("this HTML page is nested too deeply to be a note; save it as plain text")
    text = shown(root)
    if not text.strip():
        raise source.unreadable("this HTML page shows no text; there is nothing to code")
    return text


def _encoding(data: bytes, source: Source) -> str:
    """Return the character set: by its mark, as declared, else UTF-8 where the bytes are that, else Windows-1252."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return name
    declared = _CHARSET.search(data[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in ("iso-8859-1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"  # what browsers take these names to mean
    try:
        data.decode(name or "utf-8")
    except LookupError:
        raise source.unreadable("the page declares a character set that is unknown; save it as UTF-8") from None
    except UnicodeDecodeError:
        return "cp1252"
    return name or "utf-8"


def shown(root: _Element) -> str:
    """Return the text that an element shows: a line a block, a tab between cells; without recursion."""
    from lxml import etree

    out: list[str] = []
    breaks = kept = unseen = (
        0  # line breaks owed before the next word; how deep in <pre>; how deep in what is not shown
    )
    for event, element in etree.iterwalk(root, events=("start", "end")):
        begins, step = event == "start", 1 if event == "start" else -1
        tag = element.tag
        unseen += step * (tag in _UNSEEN)
        kept += step * (tag == "pre")
        if unseen:
            continue
        if tag in _BLOCKS:
            breaks = max(breaks, 2 if tag in _APART else 1)
        elif tag == "br" and begins:
            breaks += 1
        elif tag in _CELLS and begins and element.getprevious() is not None and not breaks:
            out.append("\t")
        words = (element.text if begins else element.tail) or ""
        words = words if kept else _BLANK.sub(" ", words)
        if words.strip() or (words and not breaks):
            out.append("\n" * breaks if out else "")
            out.append(words.lstrip() if breaks and not kept else words)
            breaks = 0
    return re.sub(r"[ \t]+\n", "\n", "".join(out).replace("\xa0", " ")).strip() + "\n"
