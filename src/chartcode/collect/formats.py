"""Which reader a record is for: chosen by what its first bytes say, never by its name.

A reader is a module with two functions, ``recognise`` (is this head of at most ``source.HEAD`` bytes mine?) and
``charts`` (a ``Source`` -> charts, and an ``Unreadable`` in the place of each record that gives none). A format whose
files may belong together adds ``together``: files of a folder whose heads it says yes to come as one source with parts.
Readers are asked in the order of ``READERS``, the surest signs first; plain text takes what nobody knows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from chartcode.collect import ccda, fhir, hl7v2, html, ocr, pdf, rtf, table, text, word, x12
from chartcode.collect.folders import by_folder
from chartcode.collect.repeats import with_repeats
from chartcode.collect.source import HEAD, Silent, Source, Unreadable
from chartcode.collect.table_columns import Columns
from chartcode.model.chart import Chart

STDIN = "-"
_NOTES = (".txt", ".text")
"""Endings of files in a folder that are read as notes when no format knows them."""


class Reader(Protocol):
    """What a module must have to read a format. It imports heavy libraries only when it reads."""

    NAME: str
    """What a message calls the format: ``FHIR``, ``C-CDA``."""

    def recognise(self, head: bytes) -> bool:
        """Tell from the first bytes of a source whether it is of this format; no guess."""

    def charts(self, source: Source) -> Iterator[Chart | Unreadable]:
        """Yield the charts of a source, and an ``Unreadable`` in the place of each record that gives none."""


READERS: tuple[Reader, ...] = (pdf, rtf, word, ocr, hl7v2, x12, fhir, html, ccda, table)
"""The readers of structured and of wrapped formats, in the order in which they are asked."""


def read(
    source: str | Path | bytes,
    *,
    setting: str | None = None,
    day: date | None = None,
    sex: str | None = None,
    age: int | None = None,
    together: bool = False,
    columns: Columns | None = None,
) -> Iterator[Chart | Unreadable]:
    """Yield the charts of a file, of a folder's files (sorted, recursive), of standard input, or of bytes.

    The format is known by its content. A plain note's id is its file's name without ``.txt``; below a folder, its way
    from there. The options are used only where the record is silent (see ``chart_from_text``).

    Args:
        source: a path, ``-`` for standard input, or the bytes of one file.
        setting: one of ``chartcode.model.chart.SETTINGS``.
        day: the first day of the encounter.
        sex: ``F`` or ``M``.
        age: completed years.
        together: the files of one folder are the documents of one chart, named after the folder.
        columns: what the columns of tables hold, where their headings do not tell.

    Yields:
        A chart, or an ``Unreadable`` in the place of a source, or of a record in it, that gives none.
    """
    first = table.Mapped(columns) if columns else None
    sources = _sources(source, Silent(setting, day, sex, age), first)
    if together:
        top = "text" if isinstance(source, bytes) else Path(str(source)).resolve().name
        yield from by_folder(sources, lambda member: charts(member, first), top)
        return
    for found in sources:
        if isinstance(found, Unreadable):
            yield found
        else:
            yield from map(_marked, charts(found, first))


def _marked(chart: Chart | Unreadable) -> Chart | Unreadable:
    """Return a chart with the passages marked that its documents repeat."""
    return chart if isinstance(chart, Unreadable) else replace(chart, documents=with_repeats(chart.documents))


def charts(source: Source, first: Reader | None = None) -> Iterator[Chart | Unreadable]:
    """Yield the charts of one source by the reader that its content asks for; ``first`` is asked before the others.

    For a record inside a record (the note within a FHIR resource, the document within a message) readers come back
    here by ``Source.inside``.
    """
    source = replace(source, read=charts)
    try:
        head = source.parts[0].head() if source.parts else source.head()
        reader = _known(head, first) or cast("Reader", text)
        given = False
        for one in reader.charts(source):
            given = True
            yield one
        if not given:
            yield source.unreadable("there is nothing to code in it")
    except Unreadable as unreadable:
        yield unreadable


def _known(head: bytes, first: Reader | None = None) -> Reader | None:
    asked = (first, *READERS) if first else READERS
    return next((reader for reader in asked if reader.recognise(head)), None)


def _sources(given: str | Path | bytes, silent: Silent, first: Reader | None) -> Iterator[Source | Unreadable]:
    if isinstance(given, bytes):
        yield Source("text", "text", held=given, silent=silent)
    elif str(given) == STDIN:
        stream = sys.stdin.buffer
        yield Source("stdin", "standard input", held=stream.read(HEAD), stream=stream, silent=silent)
    elif (path := Path(given)).is_dir():
        yield from _folder(path, silent, first)
    elif path.exists() and not path.is_file():  # a pipe gives its bytes once
        try:
            with path.open("rb") as stream:
                yield Source(path.name, str(path), held=stream.read(HEAD), stream=stream, silent=silent)
        except OSError as error:
            yield Unreadable(str(path), f"it cannot be read ({error.strerror}); check its permissions")
    else:
        yield Source(_id(Path(path.name)), str(path), path, silent=silent)


def _id(name: Path) -> str:
    """Return a file's name or way without the ending of a note."""
    return (name.with_suffix("") if name.suffix.lower() == ".txt" else name).as_posix()


def _folder(folder: Path, silent: Silent, first: Reader | None) -> Iterator[Source | Unreadable]:
    """Yield the sources of a folder by name; hidden files are none."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder)))
    if not files:
        yield Unreadable(str(folder), "this folder holds no files; give one with notes (.txt) or other records")
    taken: set[Path] = set()
    for number, file in enumerate(files):
        if file in taken:
            continue
        source = Source(_id(file.relative_to(folder)), str(file), file, silent=silent)
        reader = _reader(source, first)
        if isinstance(reader, Unreadable):
            yield reader
        elif reader is None and file.suffix.lower() not in _NOTES:
            yield source.unreadable("no format that is read; if it is a note, name it .txt or give the file itself")
        elif reader is not None and _together(source, reader):
            fellows = [p for p in files[number + 1 :] if p.parent == file.parent]
            parts = [replace(source, id=_id(p.relative_to(folder)), label=str(p), path=p) for p in fellows]
            parts = [source, *(part for part in parts if _reader(part, first) is reader and _together(part, reader))]
            taken.update(part.path for part in parts if part.path)
            yield _joined(parts, file.parent, folder)
        else:
            yield source


def _reader(source: Source, first: Reader | None) -> Reader | Unreadable | None:
    try:
        return _known(source.head(), first)
    except Unreadable as unreadable:
        return unreadable


def _together(source: Source, reader: Reader) -> bool:
    ask = getattr(reader, "together", None)
    return ask is not None and bool(ask(source.head()))


def _joined(parts: Sequence[Source], where: Path, folder: Path) -> Source:
    """Return one source of files that belong together; a file alone is its own."""
    if len(parts) == 1:
        return parts[0]
    way = where.relative_to(folder).as_posix()
    name = folder.resolve().name if way == "." else way
    return replace(parts[0], id=name, label=str(where), path=None, parts=tuple(parts))


def _hidden(way: Path) -> bool:
    return any(part.startswith(".") for part in way.parts)
