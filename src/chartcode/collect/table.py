"""Tables of records: CSV and its kin, JSON lines, Excel, Parquet.

A row is a note or coded facts; the rows of one encounter make one chart. Columns are known by their headings or by the
user's map (``chartcode.collect.table_columns``). Rows are spooled to a nameless temporary database on disk by their
encounter, so the rows of one may stand apart and memory stays flat.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from chartcode.collect import table_rows
from chartcode.collect.source import Source, Unreadable, plain
from chartcode.collect.table_charts import chart
from chartcode.collect.table_columns import CODED, BadMap, Column, Columns, is_table
from chartcode.collect.table_entries import Record
from chartcode.collect.table_rows import Table
from chartcode.model.chart import Chart

NAME = "table"

_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"
_SHEETS = (b"xl/", b"opendocument.spreadsheet")
_KEY = re.compile(rb'"([^"\\]{1,60})"\s*:')
_OURS = (b'"resourceType"', b'"books"')
"""Keys of JSON lines that are no table: FHIR resources, and what ``chartcode code`` writes."""


def recognise(head: bytes) -> bool:
    """Tell whether a source is plainly a table of records: an Excel or Parquet file, or headings that tell."""
    if head.startswith(_PARQUET) or (head.startswith(_ZIP) and any(sign in head for sign in _SHEETS)):
        return True
    text = plain(head)
    if text.startswith(b"{"):
        keys = [key.decode("utf-8", "replace") for key in _KEY.findall(text)]
        return is_table(keys) and not any(sign in text for sign in _OURS)
    found = table_rows.headings(head)
    return b"\n" in text and all(len(heading) < 60 for heading in found) and is_table(found)


def charts(source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the charts of a table, and an ``Unreadable`` in the place of each row that gives none; raises it too."""
    yield from Mapped(Columns({})).charts(source)


@dataclass(frozen=True)
class Mapped:
    """The reader of tables whose columns the user has mapped: it takes any table, whatever its headings say."""

    columns: Columns
    NAME = NAME

    def recognise(self, head: bytes) -> bool:
        """Tell whether a source can be a table at all."""
        return recognise(head) or plain(head).startswith(b"{") or len(table_rows.headings(head)) > 1

    def charts(self, source: Source) -> Iterator[Chart | Unreadable]:
        """Yield the charts of a table; raises ``Unreadable``."""
        with source.seekable() as stream:
            table = _table(source, stream)
            try:
                columns = self.columns.of_headings(table.headings)
            except BadMap as error:
                raise source.unreadable(str(error)) from None
            held = {column.field for column in columns.values()}
            if not held & {"text", "code", "dx_text", "procedure_text", *CODED}:
                shown = ", ".join(table.headings[:12])
                raise source.unreadable(
                    f"no column is known to hold notes or codes; map one with --map; there are: {shown}"
                )
            yield from _charts(source, table, columns, held)


def _table(source: Source, stream: BinaryIO) -> Table:
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(_PARQUET):
        return table_rows.parquet(source, stream)
    if head.startswith(_ZIP):
        return table_rows.sheet(source, stream)
    if plain(head).startswith(b"{"):
        return table_rows.json_lines(source, stream)
    return table_rows.delimited(source, stream)


def _charts(source: Source, table: Table, columns: dict[int, Column], held: set[str]) -> Iterator[Chart | Unreadable]:
    keys = ("id",) if "id" in held else () if "text" in held else ("patient", "first" if "first" in held else "date")
    if not held & set(keys):
        for found in _records(table, columns):
            name = "" if isinstance(found, Unreadable) else found.get("document") or f"{source.id}, {found.place}"
            yield found if isinstance(found, Unreadable) else _chart(name, [found], source, table.remarks)
        return
    with closing(sqlite3.connect("")) as spool:  # a database of no name: on disk, gone when it is closed
        yield from _spooled(source, table, columns, keys, spool)
        rows = spool.execute("SELECT name, place, cells FROM row JOIN chart USING (number) ORDER BY number, row.rowid")
        for name, members in groupby(rows, key=lambda row: str(row[0])):
            records = [_unpacked(place, cells) for _, place, cells in members]
            yield _chart(name, records, source, table.remarks)


def _spooled(
    source: Source, table: Table, columns: dict[int, Column], keys: tuple[str, ...], spool: sqlite3.Connection
) -> Iterator[Unreadable]:
    """Put the rows into the spool, and yield a complaint for each that has no encounter or cannot be read."""
    spool.execute("CREATE TABLE chart (number INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    spool.execute("CREATE TABLE row (number INTEGER, place TEXT, cells TEXT)")
    for found in _records(table, columns):
        if isinstance(found, Unreadable):
            yield found
            continue
        name = " ".join(value for key in keys if (value := found.get(key).strip()))
        if not name:
            yield source.unreadable("this row names no encounter, so it belongs to no chart", found.place)
            continue
        spool.execute("INSERT OR IGNORE INTO chart (name) VALUES (?)", (name,))
        spool.execute(
            "INSERT INTO row SELECT number, ?, ? FROM chart WHERE name = ?",
            (found.place, json.dumps(found.cells), name),
        )
    spool.execute("CREATE INDEX by_number ON row (number)")


def _unpacked(place: str, cells: str) -> Record:
    return Record(place, tuple((Column(*column), value) for column, value in json.loads(cells)))


def _records(table: Table, columns: dict[int, Column]) -> Iterator[Record | Unreadable]:
    for row in table.rows:
        if isinstance(row, Unreadable):
            yield row
        else:
            cells = tuple((column, row.cells[index]) for index, column in columns.items() if row.cells[index].strip())
            yield Record(f"{table.unit} {row.line}", cells)


def _chart(name: str, records: list[Record], source: Source, remarks: tuple[str, ...]) -> Chart | Unreadable:
    made = chart(name, records, source, remarks)
    places = records[0].place if len(records) == 1 else f"{records[0].place} and {len(records) - 1} more"
    return made or source.unreadable("this row holds neither a note nor a code", places)
