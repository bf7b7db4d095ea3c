"""What a release of ICD-10-PCS says: titles, labels, rows, index, definitions and keys. It knows no day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from chartcode.books.icd10pcs.tables import Axis, Row, axis_names
from chartcode.books.release import Database, Release

BODY_PART, DEVICE = "body part", "device"


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the index under its main term: its depth, its words, and what they lead to.

    ``kind`` is ``code``, ``codes`` (the beginning of codes), ``tab`` (a table), ``see``, ``use``, or empty; ``target``
    are the words after see and use, ``codes`` the characters given.
    """

    number: int
    depth: int
    title: str
    kind: str
    target: str
    codes: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What a value means; ``includes`` are examples, or what counts under it."""

    section: str
    axis: int
    title: str
    definition: str
    explanation: str
    includes: tuple[str, ...]


class Pages:
    """Questions to one release file; what it lacks (an order file alone has no labels) is asked of ``behind``."""

    def __init__(self, release: Release, pages: Database, behind: Pages | None = None) -> None:
        """Take the release, its opened file, and what answers where it is silent."""
        self.release = release
        self._pages = pages
        self._behind = behind
        self.title = lru_cache(maxsize=20_000)(self._title)
        self.labels = lru_cache(maxsize=2_000)(self._labels)

    @cached_property
    def official(self) -> bool:
        """Whether the rows of the tables are the publisher's; without them they follow from the valid codes."""
        return self._pages.one("SELECT 1 FROM cell WHERE row > 0 LIMIT 1") is not None

    def _title(self, code: str) -> str:
        row = self._pages.one("SELECT title FROM code WHERE code = ?", (code,))
        return row[0] if row else ""

    def codes(self) -> Iterator[tuple[str, str]]:
        """Yield every code of seven characters with its title, in order."""
        yield from (
            (code, title) for code, title in self._pages.all("SELECT code, title FROM code WHERE length(code) = 7")
        )

    def _labels(self, table: str) -> dict[tuple[int, str], str]:
        """Return the labels of a table's values by axis (1 to 7) and value; the first where rows differ."""
        found: dict[tuple[int, str], str] = {}
        for axis, value, label in self._pages.all(
            "SELECT axis, value, label FROM cell WHERE tbl = ? ORDER BY row", (table,)
        ):
            found.setdefault((axis, value), label)
        return found or (self._behind.labels(table) if self._behind else {})

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the publisher's rows of a table; none if the release has no rows."""
        if not self.official:
            return ()
        rows: dict[int, dict[int, dict[str, str]]] = {}
        for row, axis, value, label in self._pages.all(
            "SELECT row, axis, value, label FROM cell WHERE tbl = ? AND row > 0 ORDER BY row, axis, value", (table,)
        ):
            rows.setdefault(row, {}).setdefault(axis, {})[value] = label
        names = axis_names(table[0])
        return tuple(Row(tuple(Axis(n, names[n - 1], values) for n, values in axes.items())) for axes in rows.values())

    def operation(self, table: str) -> str:
        """Return what the operation of a table means, or an empty string."""
        row = self._pages.one("SELECT definition FROM operation WHERE tbl = ?", (table,))
        return row[0] if row else self._behind.operation(table) if self._behind else ""

    def definitions(self, title: str, axis: int | None = None, section: str | None = None) -> list[Definition]:
        """Return the definitions of a value by its label, whatever the case."""
        found = [
            Definition(s, a, t, d, e, tuple(filter(None, i.split("\n"))))
            for s, a, t, d, e, i in self._pages.all(
                "SELECT section, axis, title, definition, explanation, includes FROM term"
                " WHERE title = ? COLLATE NOCASE ORDER BY section, axis",
                (title,),
            )
            if axis in (None, a) and section in (None, s)
        ]
        return found or (self._behind.definitions(title, axis, section) if self._behind else [])

    def main_terms(self, beginning: str, limit: int = 50) -> list[str]:
        """Return the main terms of the index that begin with some words, in order."""
        wanted = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found = [
            title
            for (title,) in self._pages.all(
                "SELECT title FROM line WHERE depth = 0 AND title LIKE ? ESCAPE '\\' ORDER BY number LIMIT ?",
                (wanted, limit),
            )
        ]
        return found or (self._behind.main_terms(beginning, limit) if self._behind else [])

    def walk(self, main: str) -> list[IndexLine]:
        """Return a main term of the index with all its lines, in order; empty if there is none of that name."""
        start = self._pages.one(
            "SELECT number FROM line WHERE depth = 0 AND title = ? COLLATE NOCASE ORDER BY number LIMIT 1", (main,)
        )
        if start is None:
            return self._behind.walk(main) if self._behind else []
        following = self._pages.one("SELECT min(number) FROM line WHERE depth = 0 AND number > ?", start)
        end = following[0] if following and following[0] is not None else 1 << 60
        return [
            IndexLine(*row)
            for row in self._pages.all(
                "SELECT number, depth, title, kind, target, codes FROM line WHERE number >= ? AND number < ?",
                (start[0], end),
            )
        ]

    def index_terms(self) -> Iterator[tuple[str, str]]:
        """Yield each line that leads somewhere, as (words from the main term down, joined by commas; codes)."""
        lines = self._pages.all("SELECT depth, title, codes FROM line ORDER BY number")
        if not lines and self._behind:
            yield from self._behind.index_terms()
        above: list[str] = []
        for depth, title, codes in lines:
            above = [*above[:depth], title]
            if codes:
                yield ", ".join(filter(None, above)), codes

    def body_parts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each word of the body part key with its labels."""
        found: dict[str, list[str]] = {}
        for word, label in self._pages.all(
            "SELECT word, label FROM key WHERE kind = ? ORDER BY word, label", (BODY_PART,)
        ):
            found.setdefault(word, []).append(label)
        if not found and self._behind:
            yield from self._behind.body_parts()
        yield from found.items()

    def key(self, word: str, kind: str) -> tuple[str, ...]:
        """Return the labels that the body part key or the device key gives for a word of the record."""
        rows = self._pages.all("SELECT label FROM key WHERE word = ? AND kind = ? ORDER BY label", (word, kind))
        found = tuple(label for (label,) in rows)
        return found or (self._behind.key(word, kind) if self._behind else ())
