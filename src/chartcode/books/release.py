"""A release is one edition of one book: a read-only SQLite file that carries its own provenance.

Opening checks what is cheap to check (size, layout, completeness); damage that shows only while reading is met by
``Database``, which asks for a fresh file once and goes on. A release is never written to after it was put in place.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

FORMAT = 6
"""The layout of our own files; a release of another format is compiled anew."""

Row: TypeAlias = tuple[Any, ...]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, the steps done and the steps in all."""

_NAMED = re.compile(r"FY(20\d\d)(?:-(\d\d)-(\d\d))?|(20\d\d)Q([1-4])|(20\d\d)-(\d\d)-(\d\d)|(20\d\d)")

_log = logging.getLogger("chartcode.books")


@dataclass(frozen=True, slots=True)
class Release:
    """One edition of one book.

    ``version`` is ``FYyyyy-mm-dd``: the fiscal year, and the month and day from which the edition holds;
    ``FY2026-10-01`` began on 2025-10-01, ``FY2026-04-01`` is the update of 2026-04-01. ``first`` and ``last`` are the
    days for which the edition speaks; ``source`` names where it came from, ``sha256`` is that of the source file.
    """

    system: str
    version: str
    first: date
    last: date | None
    source: str
    sha256: str
    licence: str
    path: Path


def first_day(release: str) -> date:
    """Return the first day of a release: FY2026, FY2026-04-01, 2026Q3, 2026, or any day as it is.

    Raises:
        ValueError: it names no release.
    """
    found = _NAMED.fullmatch(release.strip())
    if found is None:
        raise ValueError(f"{release!r} names no release; write it like FY2026, FY2026-04-01, 2026Q3 or 2026-04-01")
    fiscal, month, day, year, quarter, *_, plain = found.groups()
    if fiscal:
        return date(int(fiscal) - (int(month or 10) >= 10), int(month or 10), int(day or 1))
    if quarter:
        return date(int(year), 3 * int(quarter) - 2, 1)
    return date(int(plain), 1, 1) if plain else date.fromisoformat(release.strip())


class Damaged(Exception):  # noqa: N818 - it is a state of a file, named as one would say it
    """A release file is not what was once written; the message says in which way."""


def write(path: Path, statements: Iterable[str], meta: dict[str, str]) -> sqlite3.Connection:
    """Begin a new release file: its tables and its provenance. The caller fills it and calls ``finish``."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA page_size = 4096")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE release (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    for statement in statements:
        connection.execute(statement)
    connection.executemany("INSERT INTO release VALUES (?, ?)", sorted(meta.items()))
    return connection


def finish(connection: sqlite3.Connection) -> None:
    """Mark a release complete, close it and seal it with the sum of its bytes."""
    connection.execute("INSERT INTO release VALUES ('complete', 'yes')")
    path = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    connection.execute("COMMIT")
    connection.close()
    total = _sum(path)
    with path.open("r+b") as file:
        file.seek(_SEAL)
        file.write(total.to_bytes(4, "big"))


def unbroken(path: Path) -> bool:
    """Tell whether a release file still holds the bytes that were written, all of which are read for it."""
    with path.open("rb") as file:
        file.seek(_SEAL)
        return int.from_bytes(file.read(4), "big") == _sum(path)


_SEAL = 68
"""Where the header of an SQLite file has its application's number: it holds the sum of all the other bytes."""


def _sum(path: Path) -> int:
    """Return the CRC-32 of a file, the bytes of the seal taken as nought; never nought itself."""
    with path.open("rb") as file:
        first = bytearray(file.read(1 << 20))
        first[_SEAL : _SEAL + 4] = bytes(4)
        total = crc32(first)
        while block := file.read(1 << 20):
            total = crc32(block, total)
    return total or 1


def provenance(path: Path) -> dict[str, str]:
    """Return what a release file says of itself.

    Raises:
        Damaged: the file is cut short, is no release, is incomplete, or has another format than ``FORMAT``.
    """
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise Damaged("it is not a release file")
    page, pages, layout = (struct.unpack_from(">H", header, 16)[0], *struct.unpack_from(">I28xI", header, 28))
    if layout != FORMAT:
        raise Damaged(f"it has format {layout}, this version reads format {FORMAT}")
    if path.stat().st_size != (65536 if page == 1 else page) * pages:
        raise Damaged("its size is not what its first page says")
    try:
        connection = _connect(path)
        try:
            meta = dict(connection.execute("SELECT key, value FROM release"))
        finally:
            connection.close()
    except sqlite3.DatabaseError as fault:
        raise Damaged(f"it cannot be read ({fault})") from None
    if "complete" not in meta:
        raise Damaged("it is incomplete")
    return meta


def described(path: Path, meta: dict[str, str]) -> Release:
    """Return a release file's provenance as a ``Release``."""
    last = meta.get("last")
    return Release(
        system=meta["system"],
        version=meta["version"],
        first=date.fromisoformat(meta["first"]),
        last=date.fromisoformat(last) if last else None,
        source=meta["source"],
        sha256=meta["sha256"],
        licence=meta["licence"],
        path=path,
    )


class Database:
    """Questions to one release file.

    ``renew`` puts a sound file in the place of a damaged one; it is called at most once, when SQLite finds a page
    that cannot be read.
    """

    def __init__(self, path: Path, renew: Callable[[], None]) -> None:
        self.path = path
        self._renew: Callable[[], None] | None = renew
        self._connection = _connect(path)

    def all(self, question: str, values: Iterable[object] = ()) -> list[Row]:
        """Return all rows that answer an SQL question.

        Raises:
            sqlite3.DatabaseError: the file was damaged, was compiled anew, and still cannot be read.
        """
        bound = tuple(values)
        try:
            return self._connection.execute(question, bound).fetchall()
        except sqlite3.DatabaseError as fault:
            if self._renew is None or isinstance(fault, sqlite3.ProgrammingError):
                raise
            renew, self._renew = self._renew, None
            _log.warning("%s is damaged (%s); it is compiled anew", self.path, fault)
            self._connection.close()
            renew()
            self._connection = _connect(self.path)
            return self._connection.execute(question, bound).fetchall()

    def one(self, question: str, values: Iterable[object] = ()) -> Row | None:
        """Return the first row that answers an SQL question, or None."""
        rows = self.all(question, values)
        return rows[0] if rows else None


def _connect(path: Path) -> sqlite3.Connection:
    # immutable: no locks and no journal are looked for, so a read-only folder and many processes are no trouble.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
