"""The publisher's XML of the ICD-10-CM tabular list becomes a release.

Nodes are numbered in the order of the list and know the number of their last descendant, so "under" and "from E08 to
E13" are comparisons of two numbers: the list's own order, in which C7A stands before C76 and M1A after M10, not the
alphabet's.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from chartcode.books.build.edition import beginning
from chartcode.books.build.tabular_nodes import Node, nodes_of, parse
from chartcode.books.icd10cm import targets
from chartcode.books.release import Progress, finish, write
from chartcode.model.dates import fiscal_year

POINTING = frozenset({"excludes1", "excludes2", "code first", "use additional", "code also"})
"""The kinds of note whose text names other codes."""

_TABLES = (
    (
        "CREATE TABLE node (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, parent INTEGER, last INTEGER NOT NULL,"
        " depth INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, seventh INTEGER, leaf INTEGER NOT NULL)"
    ),
    "CREATE INDEX node_parent ON node (parent)",
    (
        "CREATE TABLE note (id INTEGER PRIMARY KEY, node INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,"
        " lead TEXT NOT NULL, targets TEXT NOT NULL, spans TEXT NOT NULL)"
    ),
    "CREATE INDEX note_node ON note (node)",
    (
        "CREATE TABLE seventh (node INTEGER NOT NULL, place INTEGER NOT NULL, char TEXT NOT NULL, text TEXT NOT NULL,"
        " PRIMARY KEY (node, place)) WITHOUT ROWID"
    ),
)


def compile_tabular(source: Path, into: Path, first: date, origin: str, progress: Progress) -> None:
    """Compile the tabular list of a package, in force from ``first``, into a release file at ``into``.

    Raises:
        ValueError: the file is no ICD-10-CM tabular list, or is that of another fiscal year than ``first`` lies in.
    """
    progress("reading the ICD-10-CM tabular list", 0, 3)
    content = source.read_bytes()
    root = parse(content, source.name)
    if root.findtext("version") != str(fiscal_year(first)):
        raise ValueError(
            f"{source.name} is the tabular list of FY{root.findtext('version')}, not of {first.isoformat()};"
            " give the first day on which it is in force"
        )
    progress("reading the ICD-10-CM tabular list", 1, 3)
    nodes = nodes_of(root)
    progress("writing the ICD-10-CM tabular list", 2, 3)
    edition = beginning(first)
    meta = {
        "system": "icd10cm tabular",
        "version": edition.version,
        "first": first.isoformat(),
        "last": edition.last.isoformat(),
        "source": f"{origin}: {source.name}",
        "sha256": sha256(content).hexdigest(),
        "licence": "public domain (NCHS and CMS)",
        "file": f"{origin} {source.name} {len(content)}",
    }
    write_nodes(into, meta, nodes)
    progress("writing the ICD-10-CM tabular list", 3, 3)


def write_nodes(into: Path, meta: dict[str, str], nodes: list[Node]) -> None:
    """Write a release of the tabular list."""
    connection = write(into, _TABLES, meta)
    _fill(connection, nodes)
    finish(connection)


def _fill(connection: sqlite3.Connection, nodes: list[Node]) -> None:
    place = {node.code: node for node in nodes}
    connection.executemany(
        "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((n.id, n.code, n.parent, n.last, n.depth, n.kind, n.title, n.seventh, n.leaf) for n in nodes),
    )
    connection.executemany("INSERT INTO note VALUES (NULL, ?, ?, ?, ?, ?, ?)", _note_rows(nodes, place))
    connection.executemany(
        "INSERT INTO seventh VALUES (?, ?, ?, ?)",
        ((n.id, i, char, text) for n in nodes for i, (char, text) in enumerate(n.sevenths)),
    )


def _note_rows(nodes: list[Node], place: dict[str, Node]) -> Iterator[tuple[int, str, str, str, str, str]]:
    for node in nodes:
        for kind, text, lead in node.notes:
            named, spans = [], []
            for target in targets.read(text) if kind in POINTING else ():
                span = _span(target, place)
                if span:
                    named.append(target)
                    spans.append(span)
            yield node.id, kind, text, lead, "|".join(named), "|".join(spans)


def _span(target: str, place: dict[str, Node]) -> str | None:
    """Return the numbers of the first and last node of a target, or None if the list has no such codes.

    "B12" in "vitamin B12" looks like a code and is none; a 7th-character code stands at the node that it extends.
    """
    parsed = targets.parse(target)
    first = place.get(parsed.first) or place.get(_stem(parsed.first))
    last = place.get(parsed.last) or place.get(_stem(parsed.last))
    if first and not last:
        # "R10.1-R10.4-" outlived R10.4: the range ends with the last neighbour that is left.
        near = [c for c in place if c[:-1] == parsed.last[:-1] and parsed.first <= c <= parsed.last]
        last = place[max(near)] if near else None
    return f"{first.id}:{last.last}" if first and last else None


def _stem(code: str) -> str:
    return re.sub(r"X*.$", "", code) if len(code) == 8 else code
