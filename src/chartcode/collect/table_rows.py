"""Files of tables -> rows, one at a time: delimited text, JSON lines, Excel sheets and Parquet.

A row is a list of strings in the order of the headings. A row that cannot be read comes as an ``Unreadable`` with its
line, and the next one goes on. Memory does not grow with a file (an Excel sheet is unpacked whole, as its format asks).
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isnan
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from chartcode.collect.extras import library
from chartcode.collect.source import LIMIT, Source, Unreadable, plain

DELIMITERS = (",", "\t", ";", "|")
CP1252 = "the table is not UTF-8; it was read as Windows-1252"

_CHUNK = 1 << 20
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line or number by which a person finds it, and its cells."""

    line: int
    cells: list[str] = field(repr=False)


Rows: TypeAlias = Iterator[Row | Unreadable]


class Table(NamedTuple):
    """The headings of a table, its rows, remarks on how it was read, and what its rows are called."""

    headings: list[str]
    rows: Rows
    remarks: tuple[str, ...] = ()
    unit: str = "line"


def delimiter(line: str) -> str | None:
    """Return the delimiter of a line of headings, or None where it has none.

    >>> delimiter('id;"note; text";date'), delimiter("one column")
    (';', None)
    """
    outside = "".join(line.split('"')[::2])
    best = max(DELIMITERS, key=outside.count)
    return best if outside.count(best) else None


def headings(head: bytes) -> list[str]:
    """Return the headings that the first line of a delimited text has, empty where it is none."""
    try:
        line = plain(head).decode("utf-8", "replace").splitlines()[0]
    except IndexError:
        return []
    mark = delimiter(line)
    return next(csv.reader([line], delimiter=mark), []) if mark else []


def delimited(source: Source, stream: BinaryIO) -> Table:
    """Return a delimited text: its delimiter and encoding are detected, line breaks in quotes are part of a cell.

    Raises:
        Unreadable: it has no headings, or is no text.
    """
    encoding, remarks = _encoding(source, stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    first = text.readline(1 << 16)
    while first and not first.strip(_BOM + "\r\n\t ,;|"):
        first = text.readline(1 << 16)
    mark = delimiter(first)
    if mark is None:
        text.detach()
        raise source.unreadable("this table has one column, or no delimiter that is known (comma, tab, semicolon, bar)")
    head = [heading.strip() for heading in next(csv.reader([first.strip(_BOM + "\r\n")], delimiter=mark))]
    return Table(head, _delimited(source, text, mark, len(head)), remarks)


def _delimited(source: Source, text: io.TextIOWrapper, mark: str, width: int) -> Rows:
    csv.field_size_limit(LIMIT)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    try:
        while True:
            lines.taken.clear()
            begins = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield lines.refused(source, f"this row cannot be read ({error}); check its quotes")
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > width and not any(cells[width:]):
                cells = cells[:width]
            if len(cells) != width:
                why = f"this row has {len(cells)} cells where the table has {width} columns; check its quotes"
                yield lines.refused(source, why)
                continue
            yield Row(begins, cells)
    finally:
        text.detach()


class _Lines:
    """The lines of a text, counted, with those of the row at hand; the headings were the first."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.number = 1
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def refused(self, source: Source, why: str) -> Unreadable:
        """Return the complaint about the row at hand."""
        begins = self.number - len(self.taken) + 1
        place = f"line {begins}" if begins >= self.number else f"lines {begins} to {self.number}"
        return source.unreadable(why, place, "".join(self.taken).encode())


def _encoding(source: Source, stream: BinaryIO) -> tuple[str, tuple[str, ...]]:
    """Return an encoding in which all of a text can be read: by its mark, else UTF-8, else Windows-1252 with a remark.

    Raises:
        Unreadable: it can be read in none of them.
    """
    head = stream.read(4)
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"", "utf-8-sig")):
        if head.startswith(mark):
            if _reads(source, stream, name):
                return name, ()
            break
    if head.startswith(codecs.BOM_UTF8) or name == "utf-16" or not _reads(source, stream, "cp1252"):
        raise source.unreadable("this table is neither UTF-8, UTF-16 nor Windows-1252; save it as CSV in UTF-8")
    return "cp1252", (CP1252,)


def _reads(source: Source, stream: BinaryIO, encoding: str) -> bool:
    """Tell whether all of a text can be read in an encoding, a piece at a time."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := stream.read(_CHUNK):
            if "\0" in decoder.decode(chunk):
                raise source.unreadable("this is binary data, not a table; save it as CSV in UTF-8")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def json_lines(source: Source, stream: BinaryIO) -> Table:
    """Return JSON lines: an object a line; what is nested is named by its way (``note.text``).

    The headings are those of the first hundred objects; a later object's other keys are left out with a complaint.

    Raises:
        Unreadable: no line is an object.
    """
    head: dict[str, None] = {}
    for _, tree in zip(range(100), _objects(source, stream), strict=False):
        if not isinstance(tree, Unreadable):
            head.update(dict.fromkeys(tree[1]))
    if not head:
        raise source.unreadable("no line of this file is a JSON object; write one object a line")
    stream.seek(0)
    return Table(list(head), _keyed(_objects(source, stream), list(head)))


def _keyed(objects: Iterator[tuple[int, dict[str, str]] | Unreadable], head: list[str]) -> Rows:
    for found in objects:
        yield found if isinstance(found, Unreadable) else Row(found[0], [found[1].get(key, "") for key in head])


def _objects(source: Source, stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]] | Unreadable]:
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) > LIMIT:
            yield source.unreadable(f"this line is longer than {LIMIT // 1_000_000} MB", f"line {number}")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LIMIT)
            continue
        if not line.strip():
            continue
        try:
            tree = json.loads(line.removeprefix(codecs.BOM_UTF8))
        except (ValueError, RecursionError):
            yield source.unreadable("this line is not JSON; write one object a line in UTF-8", f"line {number}", line)
            continue
        if not isinstance(tree, dict):
            yield source.unreadable("this line is JSON but no object", f"line {number}", line)
            continue
        yield number, dict(_flat(tree, ""))


def _flat(tree: dict[str, Any], way: str) -> Iterator[tuple[str, str]]:
    """Yield the values of an object by their way; a list of plain values is one cell, with semicolons."""
    waiting = [(way + key, value) for key, value in reversed(tree.items())]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{key}.{inner}", item) for inner, item in reversed(value.items())]
        elif isinstance(value, list):
            if all(not isinstance(item, dict | list) for item in value):
                yield key, "; ".join(cell(item) for item in value)
            else:
                waiting += [(f"{key}.{n}", item) for n, item in reversed(list(enumerate(value, start=1)))]
        else:
            yield key, cell(value)


def cell(value: object) -> str:
    """Return a value as a person would write it in a cell: days as YYYY-MM-DD, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return "" if isnan(value) else str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def sheet(source: Source, stream: BinaryIO) -> Table:
    """Return the first visible sheet of an Excel (or OpenDocument) file that has two columns or more.

    Raises:
        Unreadable: the file is damaged or locked, or no sheet holds a table.
    """
    calamine = library("python_calamine", "formats", source)
    try:
        book = calamine.load_workbook(stream)
        names = [s.name for s in book.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        found = [book.get_sheet_by_name(name) for name in names]
    except calamine.PasswordError:
        raise source.unreadable("this workbook is locked by a password; save it without one") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise source.unreadable("this workbook is damaged; save it again") from None
    tables = [one for one in found if one.width > 1 and one.height > 1]
    if not tables:
        raise source.unreadable("no sheet of this workbook holds a table with headings and rows")
    left = [one.name for one in tables[1:]]
    remarks = (f"of this workbook the sheet {tables[0].name!r} was read; {len(left)} more hold tables",) if left else ()
    rows = tables[0].iter_rows()
    head = [cell(value).strip() for value in next(rows)]
    first = (tables[0].start or (0, 0))[0] + 2
    numbered = (Row(first + n, [cell(value) for value in row]) for n, row in enumerate(rows))
    return Table(head, (row for row in numbered if any(row.cells)), remarks, "row")


def parquet(source: Source, stream: BinaryIO) -> Table:
    """Return a Parquet file, a few hundred rows in memory at a time.

    Raises:
        Unreadable: the file is damaged or cut off.
    """
    arrow = library("pyarrow", "parquet", source)
    files = library("pyarrow.parquet", "parquet", source)
    try:
        file = files.ParquetFile(stream)
        names = list(file.schema_arrow.names)
    except (arrow.ArrowException, OSError, ValueError):
        raise source.unreadable("this Parquet file is damaged or cut off; export it again") from None
    return Table(names, _parquet(source, file, arrow), (), "row")


def _parquet(source: Source, file: Any, arrow: Any) -> Rows:  # noqa: ANN401 - pyarrow has no types
    number = 0
    try:
        for batch in file.iter_batches(batch_size=256):
            for tree in batch.to_pylist():
                number += 1
                flat = dict(_flat(tree, ""))
                yield Row(number, [flat.get(name, "") for name in batch.schema.names])
    except (arrow.ArrowException, OSError, ValueError):
        yield source.unreadable("the rest of this Parquet file is damaged; export it again", f"after row {number}")
