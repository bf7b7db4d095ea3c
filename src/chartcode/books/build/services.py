"""Rows of services become a release: what the builders of HCPCS, CPT and chargemasters share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chartcode.books.release import finish, write
from chartcode.books.services import TABLES


@dataclass(frozen=True, slots=True)
class Row:
    """One code: its longest title, a short one, and its first and last day where the file says them."""

    code: str
    title: str
    short: str = ""
    first: date | None = None
    last: date | None = None


def compiled(
    into: Path, rows: Iterable[Row], meta: Mapping[str, str], modifiers: Iterable[tuple[str, str]] = ()
) -> None:
    """Write a release of services; of two rows of one code the first stands."""
    connection = write(into, TABLES, dict(meta))
    connection.executemany(
        "INSERT OR IGNORE INTO service VALUES (?, ?, ?, ?, ?)",
        (
            (r.code, r.title, r.short, r.first.isoformat() if r.first else "", r.last.isoformat() if r.last else "")
            for r in rows
        ),
    )
    connection.executemany("INSERT OR IGNORE INTO modifier VALUES (?, ?)", modifiers)
    finish(connection)
