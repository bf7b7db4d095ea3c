"""RTF, as older record systems and transcription services send notes: read as the text that a reader sees.

What was struck out under tracked changes and what is hidden is not the note any more and is left out, with a remark.
The text as read is the document: spans are offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.collect.extras import library
from chartcode.collect.source import Source
from chartcode.collect.written import written
from chartcode.model.chart import Chart

NAME = "RTF"
LIMIT = 50_000_000
"""The largest RTF file that is read, in bytes: pictures in it take most of that."""

HIDDEN = "the RTF file holds text that is hidden or struck out by tracked changes; it was left out"
ODD = "some characters of the RTF file are not in its code page; they show as \ufffd"

_GONE = re.compile(r"\{((?:\\[a-z]{1,32}(?:-?\d{1,10})? ?){0,12}?)\\(?:deleted|v)(?![a-z0-9-])")
"""A group whose text is hidden (``\\v``) or struck out (``\\deleted``)."""


def recognise(head: bytes) -> bool:
    """Tell whether a source is RTF."""
    return head.lstrip().startswith(b"{\\rtf")


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of one RTF note; raises ``Unreadable``."""
    yield written(source, *read(source.whole(LIMIT, "one RTF note"), source))


def read(data: bytes, source: Source) -> tuple[str, tuple[str, ...]]:
    """Return the text of an RTF file, and remarks.

    Raises:
        Unreadable: the file is damaged or holds no text, or the library is not installed.
    """
    rtf = library("striprtf.striprtf", "formats", source)
    raw, gone = _GONE.subn(r"{\\*\1", data.decode("latin-1"))
    # The library looks for links with a pattern that is slow on long lines; a link's address is no part of the note.
    raw = raw.replace("\\fldinst{", "\\fldinst {")
    try:
        text: str = rtf.rtf_to_text(raw, errors="replace")
    except (ValueError, LookupError, OverflowError, TypeError):
        raise source.unreadable("this RTF file is damaged; save it again or save it as plain text") from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text.strip():
        raise source.unreadable("this RTF file holds no text; if it is a picture of a note, save it as PDF")
    remarks = [HIDDEN] if gone else []
    remarks += [ODD] if "\ufffd" in text else []
    return text, tuple(remarks)
