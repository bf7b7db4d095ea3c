"""Where a record comes from: a file, standard input, bytes in hand; and the one sentence for what cannot be read.

A reader asks a source for a stream and never for its whole content unless its format needs that, so an export of
gigabytes takes no more memory than one record. What is unreadable is yielded, not raised: a batch goes on.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from chartcode.model.chart import Chart

HEAD = 4096
"""Bytes from the beginning of a source by which its format is known."""

LIMIT = 10_000_000
"""The largest source that is read as one text, in bytes: about 2,000 times a usual note."""


class Unreadable(Exception):  # noqa: N818 - the word says what is wrong with the source
    """A source, or one record of it, that gives no chart. ``str()`` is one sentence for the user.

    ``source`` names the file or stream, ``place`` the record in it (``line 17``, ``message 3``), empty where the whole
    source is meant; ``why`` holds no words of the record. ``record`` are the bytes of the record where they are few
    enough to keep: for the reject file, so that what was refused can be mended and sent again.
    """

    def __init__(self, source: str, why: str, place: str = "", record: bytes = b"") -> None:
        super().__init__(source, why, place)  # without the record: an exception is printed with its arguments
        self.source = source
        self.why = why
        self.place = place
        self.record = record

    def __str__(self) -> str:
        """Return the sentence."""
        return f"{self.source}, {self.place}: {self.why}" if self.place else f"{self.source}: {self.why}"


DEEPEST = 3
"""Records inside records that are followed: a C-CDA in a FHIR resource in a message is two."""


@dataclass(frozen=True, slots=True)
class Silent:
    """What a caller says for records that are silent about it (``chartcode.collect.note.chart_from_text``)."""

    setting: str | None = None
    day: date | None = None
    sex: str | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, stream or run of bytes; or several files that belong together, such as a FHIR bulk export.

    Attributes:
        id: of the chart, where the record has no name of its own; the file's name, below a folder its way from there.
        label: what a message calls it.
        path: the file, if it is one.
        held: the bytes, if they are at hand, or those already taken from ``stream``.
        stream: what follows ``held``; it can be opened once.
        silent: what the caller says where records are silent.
        parts: the files of an export, each a source; then ``path``, ``held`` and ``stream`` are empty.
        read: reads a source of any format; set by ``chartcode.collect.formats``, asked by ``inside``.
        depth: how many records this one lies in.
    """

    id: str
    label: str
    path: Path | None = None
    held: bytes = field(default=b"", repr=False)
    stream: BinaryIO | None = field(default=None, repr=False)
    silent: Silent = Silent()
    parts: tuple[Source, ...] = ()
    read: Callable[[Source], Iterator[Chart | Unreadable]] | None = field(default=None, repr=False, compare=False)
    depth: int = 0

    def inside(self, id: str, data: bytes) -> Iterator[Chart | Unreadable]:  # noqa: A002 - as Chart.id
        """Yield the charts of a record inside this one, by the reader that its own content asks for.

        Args:
            id: of the record, which its documents will have.
            data: its bytes, of any format.
        """
        if self.read is None or self.depth >= DEEPEST:
            yield self.unreadable(f"more than {DEEPEST} records lie one in another", id)
            return
        yield from self.read(
            Source(id, self.label, held=data, silent=self.silent, read=self.read, depth=self.depth + 1)
        )

    def head(self) -> bytes:
        """Return the first bytes; raises ``Unreadable``."""
        if self.path is None:
            return self.held[:HEAD]
        with self.open() as stream:
            return stream.read(HEAD)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open for reading from the beginning, in one direction; raises ``Unreadable``."""
        if self.path is not None:
            try:
                opened = self.path.open("rb")
            except OSError as error:
                raise self.unreadable(_refused(error)) from None
            with opened:
                yield opened
        elif self.stream is None:
            yield io.BytesIO(self.held)
        else:
            yield cast("BinaryIO", io.BufferedReader(_Joined(self.held, self.stream), 1 << 16))

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Open so that any place can be read again: a stream is first copied to a nameless temporary file."""
        with self.open() as stream:
            if stream.seekable():
                yield stream
            else:
                with TemporaryFile() as copy:
                    shutil.copyfileobj(stream, copy, 1 << 20)
                    copy.seek(0)
                    yield cast("BinaryIO", copy)

    def whole(self, limit: int, what: str = "one record") -> bytes:
        """Return all bytes; raises ``Unreadable`` where there are more than ``limit``.

        Args:
            limit: in bytes.
            what: may have that many, for the message; ``one note``.
        """
        if self.path is not None:
            try:
                size = self.path.stat().st_size
            except OSError as error:
                raise self.unreadable(_refused(error)) from None
            if size > limit:
                raise self.unreadable(f"{size / 1e6:.1f} MB are {_more(limit, what)}")
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise self.unreadable(f"this is {_more(limit, what)}")
        return data

    def unreadable(self, why: str, place: str = "", record: bytes = b"") -> Unreadable:
        """Return the complaint about this source, to yield or to raise."""
        return Unreadable(self.label, why, place, record)


class _Joined(io.RawIOBase):
    """Bytes already taken from a stream, and what follows them."""

    def __init__(self, taken: bytes, stream: BinaryIO) -> None:
        self._taken = memoryview(taken)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # the stubs ask for a wider buffer
        data = self._taken[: len(buffer)] or self._stream.read(len(buffer))
        self._taken = self._taken[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _refused(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    return f"the file cannot be read ({(error.strerror or 'unknown reason').lower()}); check its permissions"


def _more(limit: int, what: str) -> str:
    return f"more than the {limit // 1_000_000} MB that {what} may have; split it into one file for each"


def plain(head: bytes) -> bytes:
    """Return the head of a text without byte order mark and leading blanks, and as UTF-8 where it was UTF-16."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "ignore").encode("utf-8", "ignore").lstrip()
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()
