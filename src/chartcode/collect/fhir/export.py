"""Resources that lie scattered, a line each, through one or many files: found again patient by patient.

An export lists all Patients, then all Encounters, and so on, in files of gigabytes. The first walk notes in an index on
disk whose each resource is and where its bytes lie; the second reads one patient's resources at a time. So memory holds
one patient, whatever the export's size. What comes through a pipe is kept in a nameless temporary file.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import BinaryIO, Self, cast

from chartcode.collect.fhir.bag import Bag, Held, hold, named, subject
from chartcode.collect.source import Source
from chartcode.wire.fhir import NotJson, Record, Tree, read

_TABLE = """CREATE TABLE resource (place INTEGER PRIMARY KEY, patient TEXT, name TEXT,
    part INTEGER, start INTEGER, length INTEGER)"""
_ADD = "INSERT INTO resource (patient, name, part, start, length) VALUES (?, ?, ?, ?, ?)"
_BATCH = 5_000
_OPEN = 16
"""Files of an export that are open at once."""

_PIPE = -1
"""The number, among the parts, of the temporary file."""

_REMEMBERED = 2_000
"""Shared resources (drugs, practitioners) that are kept at hand."""


@dataclass
class Export:
    """The index of an export; use it as a context."""

    parts: tuple[Source, ...]
    _index: sqlite3.Connection = field(init=False)
    _waiting: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)
    _pipe: BinaryIO | None = None
    _opened: OrderedDict[int, ExitStack] = field(default_factory=OrderedDict)
    _streams: dict[int, BinaryIO] = field(default_factory=dict)
    _shared: OrderedDict[str, Held | None] = field(default_factory=OrderedDict)

    def __enter__(self) -> Self:
        self._index = sqlite3.connect("")  # nameless, on disk, gone when it is closed
        self._stack.callback(self._index.close)
        self._index.execute(_TABLE)
        return self

    def __exit__(self, *_: object) -> None:
        for stack in self._opened.values():
            stack.close()
        self._stack.close()

    def note(self, part: int, record: Record, tree: Tree) -> None:
        """Note where a resource lies, and whose it is."""
        start, length = record.start, record.length
        if self.parts[part].path is None or not length:
            part, start, length = self._keep(record.raw or json.dumps(tree).encode())
        name = named(tree, record.place)
        whose = name if tree.get("resourceType") == "Patient" else subject(tree)
        self._waiting.append((whose, name, part, start, length))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _keep(self, data: bytes) -> tuple[int, int, int]:
        """Write what cannot be read again into a temporary file; return where it lies there."""
        if self._pipe is None:
            self._pipe = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - closed with the export
            self._stack.callback(self._pipe.close)
        return _PIPE, self._pipe.seek(0, 2), self._pipe.write(data)

    def _flush(self) -> None:
        self._index.executemany(_ADD, self._waiting)
        self._waiting.clear()

    def patients(self) -> Iterator[Bag]:
        """Yield the resources of each patient, in the order in which the export first names them."""
        self._flush()
        self._index.execute("CREATE INDEX whose ON resource (patient)")
        self._index.execute("CREATE INDEX called ON resource (name) WHERE patient = ''")
        order = self._index.execute(
            "SELECT patient FROM resource WHERE patient <> '' GROUP BY patient ORDER BY min(place)"
        )
        for (patient,) in order:
            bag = Bag(self.shared)
            rows = self._index.execute(
                "SELECT name, part, start, length FROM resource WHERE patient = ? ORDER BY place", (patient,)
            )
            for name, part, start, length in rows:
                bag.add(hold(name, self._read(part, start, length)))
            yield bag

    def unowned(self) -> Iterator[tuple[int, Held]]:
        """Yield the part and the resource of what names no patient."""
        self._flush()
        rows = self._index.execute("SELECT name, part, start, length FROM resource WHERE patient = '' ORDER BY place")
        for name, part, start, length in rows:
            yield part, hold(name, self._read(part, start, length))

    def shared(self, reference: str) -> Held | None:
        """Return a resource that belongs to no patient."""
        if reference in self._shared:
            self._shared.move_to_end(reference)
            return self._shared[reference]
        row = self._index.execute(
            "SELECT name, part, start, length FROM resource WHERE patient = '' AND name = ?", (reference,)
        ).fetchone()
        held = hold(row[0], self._read(*row[1:])) if row else None
        self._shared[reference] = held
        if len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return held

    def _read(self, part: int, start: int, length: int) -> Tree:
        try:
            return read(self._stream(part), start, length)
        except NotJson:
            raise self.parts[part].unreadable("the file changed while it was read; read it again") from None

    def _stream(self, part: int) -> BinaryIO:
        """Return a file of the export, open; few are open at once."""
        if part == _PIPE:
            assert self._pipe is not None  # noqa: S101 - _keep() made it
            return self._pipe
        if part not in self._opened:
            stack = ExitStack()
            self._streams[part] = stack.enter_context(self.parts[part].open())
            self._opened[part] = stack
            if len(self._opened) > _OPEN:
                oldest, closing = self._opened.popitem(last=False)
                del self._streams[oldest]
                closing.close()
        self._opened.move_to_end(part)
        return self._streams[part]
