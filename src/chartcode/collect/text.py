"""Bytes -> text -> charts: what can be read, and one clear sentence for what cannot.

Text is never altered after decoding: line ends, blanks and odd characters stay as they came, because every span is an
offset into it. An unreadable source is yielded, not raised, so that a batch goes on with the next one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from chartcode.collect.note import chart_from_text
from chartcode.model.chart import Chart

LIMIT = 10_000_000
"""The largest source that is read, in bytes: about 2,000 times a usual note; larger ones are exports of many charts."""

STDIN = "-"
CP1252 = "the text is not UTF-8; it was read as Windows-1252"

_FORMATS = (
    (b"%PDF", "a PDF file; extract its text first"),
    (b"PK\x03\x04", "a Word, Excel or ZIP file; save it as plain text first"),
    (b"{\\rtf", "an RTF file; save it as plain text first"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8 first"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8 first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as plain text first"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


class Unreadable(Exception):  # noqa: N818 - the word says what is wrong with the source
    """A source that gives no chart. ``str()`` is one sentence for the user; ``source`` names the file or stream."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(source, why)  # as given: so it can be sent to another process
        self.source = source
        self.why = why

    def __str__(self) -> str:
        """Return the sentence."""
        return f"{self.source}: {self.why}"


def decode(data: bytes, source: str = "text") -> tuple[str, tuple[str, ...]]:
    """Decode a plain-text note: UTF-8 (a byte order mark is dropped), else Windows-1252 with a remark.

    Returns:
        The text as received, and remarks for the reader.

    Raises:
        Unreadable: the data are empty, too large, or not plain text.
    """
    if len(data) > LIMIT:
        raise Unreadable(source, _too_large(len(data)))
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise Unreadable(source, f"this is {what}; only plain text is read")
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 50:
        raise Unreadable(source, "this is binary data, not a note; only plain text is read")
    remarks: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Unreadable(source, "the text is neither UTF-8 nor Windows-1252; save it as UTF-8") from None
        remarks = (CP1252,)
    if not text.strip():
        raise Unreadable(source, "the note is empty; there is nothing to code")
    return text, remarks


def read(
    source: str | Path | bytes,
    *,
    setting: str | None = None,
    day: date | None = None,
    sex: str | None = None,
    age: int | None = None,
) -> Iterator[Chart | Unreadable]:
    """Yield the charts of a file, of a folder's ``*.txt`` files (sorted, recursive), of standard input, or of bytes.

    A file's id is its name without ``.txt``; below a folder, its way from there. The options are used only where the
    record is silent (see ``chart_from_text``).

    Args:
        source: a path, ``-`` for standard input, or the bytes of one note.
        setting: one of ``chartcode.model.chart.SETTINGS``.
        day: the first day of the encounter.
        sex: ``F`` or ``M``.
        age: completed years.

    Yields:
        A chart, or an ``Unreadable`` in the place of a source that gives none.
    """
    for name, label, data in _sources(source):
        if isinstance(data, Unreadable):
            yield data
            continue
        try:
            text, remarks = decode(data, label)
        except Unreadable as unreadable:
            yield unreadable
            continue
        chart = chart_from_text(text, name, setting=setting, day=day, sex=sex, age=age)
        yield replace(chart, remarks=remarks + chart.remarks) if remarks else chart


def _sources(source: str | Path | bytes) -> Iterator[tuple[str, str, bytes | Unreadable]]:
    """Yield (id, label, data) of each note."""
    if isinstance(source, bytes):
        yield "text", "text", source
    elif str(source) == STDIN:
        yield "stdin", "standard input", sys.stdin.buffer.read(LIMIT + 1)
    else:
        path = Path(source)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*.txt") if p.is_file())
            if not files:
                yield str(path), str(path), Unreadable(str(path), "this folder holds no .txt files")
            for file in files:
                yield file.relative_to(path).with_suffix("").as_posix(), str(file), _bytes(file)
        else:
            yield (path.stem if path.suffix.lower() == ".txt" else path.name), str(path), _bytes(path)


def _bytes(path: Path) -> bytes | Unreadable:
    """Return a file's bytes, or why there are none."""
    try:
        size = path.stat().st_size
        return Unreadable(str(path), _too_large(size)) if size > LIMIT else path.read_bytes()
    except FileNotFoundError:
        return Unreadable(str(path), "there is no such file or folder; check the path")
    except OSError as error:
        return Unreadable(str(path), f"the file cannot be read ({error.strerror}); check its permissions")


def _too_large(size: int) -> str:
    """Say what to do about a source that is too large (for standard input only the limit is known)."""
    known = f"{size / 1e6:.1f} MB are" if size > LIMIT + 1 else "this is"
    return f"{known} more than the {LIMIT // 1_000_000} MB that one note may have; split it into one file per note"
