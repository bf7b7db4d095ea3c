"""Rows of cases -> Parquet files, whole or not at all.

``OUT.parquet`` holds the table ``cases``; ``OUT.lines.parquet`` and ``OUT.findings.parquet`` stand beside it. The files
are written under other names and take their places together at the end, so that a reader never sees half a store.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from chartcode.report.columns import TABLES, Column, files_of

_TYPES = {"text": pa.string(), "day": pa.date32(), "integer": pa.int64(), "number": pa.float64(), "yes": pa.bool_()}
_GROUP = 20_000
"""Rows to a row group."""


def schema(columns: Iterable[Column]) -> pa.Schema:
    """Return the Arrow schema of a table; each field carries what it means."""
    return pa.schema([pa.field(c.name, _TYPES[c.type], metadata={"means": c.means}) for c in columns])


class Store:
    """A store being written; use it in a ``with`` statement. Where that ends in an error, nothing is left behind."""

    def __init__(self, out: Path) -> None:
        """Take the place of the store; its folder must exist.

        Raises:
            OSError: the files cannot be written there.
        """
        self.files = files_of(out)
        self._parts = {name: path.with_name(f".{path.name}.{os.getpid()}") for name, path in self.files.items()}
        self._schemas = {name: schema(columns) for name, columns in TABLES.items()}
        self._days = {name: [c.name for c in columns if c.type == "day"] for name, columns in TABLES.items()}
        self._writers = {n: pq.ParquetWriter(p, self._schemas[n], compression="zstd") for n, p in self._parts.items()}
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self._patients: dict[str, int] = {}

    def add(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Add one case's rows, by table; days may be dates or ISO text.

        Patients are numbered as they come, and what told them apart is forgotten with the writer.
        """
        for name, several in rows.items():
            for row in several:
                if isinstance(row.get("patient"), str):
                    row["patient"] = self._patients.setdefault(row["patient"], len(self._patients) + 1)
                for day in self._days[name]:
                    if isinstance(row.get(day), str):
                        row[day] = date.fromisoformat(row[day])
            self._rows[name] += several
            if len(self._rows[name]) >= _GROUP:
                self._flush(name)

    def _flush(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        if rows:
            self._writers[name].write_table(pa.Table.from_pylist(rows, self._schemas[name]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                for name in TABLES:
                    self._flush(name)
        finally:
            for writer in self._writers.values():
                writer.close()
        if kind is None:
            for name, part in self._parts.items():
                part.replace(self.files[name])
        else:
            for part in self._parts.values():
                with suppress(OSError):
                    part.unlink()
