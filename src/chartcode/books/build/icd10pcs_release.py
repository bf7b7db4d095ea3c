"""How a release of ICD-10-PCS is laid out: one writer for the publisher's files and for the embedded default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from chartcode.books.build.icd10pcs_xml import Cell, Line, Term
from chartcode.books.release import finish, write

PUBLISHED, COMPOSED = 0, 1
"""Who made a title: the publisher, or this program from a like title or from labels."""

NO_ROW = -1
"""The row of a cell whose label is known and whose row is not: rows then follow from the valid codes of a day."""

BODY_PART, DEVICE = "body part", "device"
"""The kinds of the keys that lead from a word of the record to a value's label."""

_TABLES = (
    (
        "CREATE TABLE code (code TEXT PRIMARY KEY, title TEXT NOT NULL, short TEXT NOT NULL, made INTEGER NOT NULL)"
        " WITHOUT ROWID"
    ),
    (
        "CREATE TABLE cell (tbl TEXT NOT NULL, row INTEGER NOT NULL, axis INTEGER NOT NULL, name TEXT NOT NULL,"
        " value TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (tbl, row, axis, value)) WITHOUT ROWID"
    ),
    "CREATE TABLE operation (tbl TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE term (section TEXT NOT NULL, axis INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,"
        " definition TEXT NOT NULL, explanation TEXT NOT NULL, includes TEXT NOT NULL)"
    ),
    "CREATE INDEX term_title ON term (title COLLATE NOCASE)",
    (
        "CREATE TABLE line (number INTEGER PRIMARY KEY, depth INTEGER NOT NULL, title TEXT NOT NULL,"
        " kind TEXT NOT NULL, target TEXT NOT NULL, codes TEXT NOT NULL)"
    ),
    "CREATE INDEX line_title ON line (title COLLATE NOCASE) WHERE depth = 0",
    (
        "CREATE TABLE key (kind TEXT NOT NULL, word TEXT NOT NULL COLLATE NOCASE, label TEXT NOT NULL,"
        " PRIMARY KEY (word, kind, label)) WITHOUT ROWID"
    ),
)


@dataclass
class Content:
    """What a release holds; all parts but the codes or the cells may be empty.

    ``codes`` are (code, title, short title, who made the title); the three characters of a table count as a code
    that is not valid. ``keys`` are (kind, word of the record, label of a value).
    """

    codes: Iterable[tuple[str, str, str, int]] = ()
    cells: list[Cell] = field(default_factory=list)
    operations: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    keys: set[tuple[str, str, str]] = field(default_factory=set)


def save(content: Content, into: Path, meta: dict[str, str]) -> None:
    """Write a release file."""
    connection = write(into, _TABLES, {"system": "icd10pcs", **meta})
    connection.executemany("INSERT INTO code VALUES (?, ?, ?, ?)", content.codes)
    connection.executemany(
        "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?)",
        ((c.table, c.row, c.axis, c.name, c.value, c.label) for c in content.cells),
    )
    connection.executemany("INSERT INTO operation VALUES (?, ?)", sorted(content.operations.items()))
    connection.executemany(
        "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (t.section, t.axis, t.name, t.title, t.definition, t.explanation, "\n".join(t.includes))
            for t in content.terms
        ),
    )
    connection.executemany(
        "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
        ((n, ln.depth, ln.title, ln.kind, ln.target, ln.codes) for n, ln in enumerate(content.lines)),
    )
    connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?, ?)", sorted(content.keys))
    finish(connection)
