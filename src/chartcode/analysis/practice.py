"""The store of a practice, opened for questions: its views, its period, and what is not right with it.

DuckDB reads the Parquet files in place: no server, and no more memory than an answer takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from chartcode.analysis.accounts import ACCOUNTS
from chartcode.analysis.measure import Measure
from chartcode.analysis.statistics import change_point, from_peers, p_chart
from chartcode.report.rows import TABLES, Column, files_of

_SQL = {"text": "VARCHAR", "day": "DATE", "integer": "BIGINT", "number": "DOUBLE", "yes": "BOOLEAN"}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "1GB", "threads": "2"}
"""DuckDB spills to disk beyond this; a million cases need less."""
FAR = 3.0
"""Standard errors from which a unit is said to lie far from its peers."""


class NoStore(ValueError):  # noqa: N818 - it is what a user would say
    """The files are no store of cases; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measure gives: columns and rows, what stands out in words, or why there is no answer."""

    measure: Measure
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    signals: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Period:
    """The days that are counted, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        """Return the period in words."""
        if self.first is None and self.last is None:
            return "all days"
        return f"{self.first or 'the beginning'} to {self.last or 'the end'}"


@dataclass
class Practice:
    """An open store; ``notes`` are sentences about what does not add up."""

    period: Period
    notes: list[str] = field(default_factory=list)
    has_accounts: bool = False
    _db: duckdb.DuckDBPyConnection = field(default_factory=lambda: duckdb.connect(config=_CONFIG), repr=False)

    @classmethod
    def open(cls, store: Path, accounts: Path | None = None, period: Period | None = None) -> Practice:
        """Open a store written by ``chartcode batch``.

        Raises:
            NoStore: a file is missing or holds other columns; the message names it and says what to do.
        """
        practice = cls(period or Period())
        for name, path in files_of(store).items():
            practice._view(name, path, TABLES[name])
        if accounts is None:
            practice._empty("accounts", ACCOUNTS)
        else:
            practice._view("accounts", accounts, ACCOUNTS)
            practice.has_accounts = True
        practice.notes += practice._faults()
        return practice

    def _view(self, name: str, path: Path, columns: tuple[Column, ...]) -> None:
        if not path.is_file():
            raise NoStore(f"{path} is not there; 'chartcode batch PATH... -o {path.name}' writes it")
        file = "'" + str(path).replace("'", "''") + "'"
        parquet = path.suffix == ".parquet"
        # Parquet stays where it is and each question reads the columns that it needs; CSV is parsed once.
        reads = f"read_parquet({file})" if parquet else f"read_csv({file}, header = true, null_padding = true)"
        try:
            self._db.execute(f"CREATE {'VIEW' if parquet else 'TABLE'} read_{name} AS SELECT * FROM {reads}")  # noqa: S608 - our own names
        except duckdb.Error:
            raise NoStore(f"{path} cannot be read as {path.suffix.lstrip('.') or 'CSV'}") from None
        there = {row[0] for row in self._db.execute(f"DESCRIBE read_{name}").fetchall()}
        if columns[0].name not in there:
            raise NoStore(f"{path} has no column {columns[0].name!r}; its columns are in docs/reference/tables.md")
        chosen = ", ".join(
            f"CAST({_quoted(c.name) if c.name in there else 'NULL'} AS {_SQL[c.type]}) AS {_quoted(c.name)}"
            for c in columns
        )
        whole = "TRUE" if self.period == Period() else "case_id IN (SELECT case_id FROM cases)"
        where = self._within() if name == "cases" else whole
        self._db.execute(f"CREATE VIEW {name} AS SELECT {chosen} FROM read_{name} WHERE {where}")  # noqa: S608 - our own names

    def _within(self) -> str:
        first, last = self.period.first, self.period.last
        parts = [f"day >= DATE '{first.isoformat()}'"] if first else []
        parts += [f"day <= DATE '{last.isoformat()}'"] if last else []
        return " AND ".join(parts) or "TRUE"

    def _empty(self, name: str, columns: tuple[Column, ...]) -> None:
        chosen = ", ".join(f"CAST(NULL AS {_SQL[c.type]}) AS {_quoted(c.name)}" for c in columns)
        self._db.execute(f"CREATE TABLE {name} AS SELECT {chosen} WHERE FALSE")

    def ask(self, question: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return the columns and rows of a question in SQL."""
        answer = self._db.execute(question)
        return tuple(column[0] for column in answer.description or ()), answer.fetchall()

    def count(self, question: str) -> int:
        """Return the one number that a question asks for."""
        row = self._db.execute(question).fetchone()
        return int(row[0]) if row and row[0] is not None else 0

    def answer(self, measure: Measure) -> Answer:
        """Return a measure's answer, with control limits or distances from peers where its kind has them."""
        if "accounts" in measure.needs and not self.has_accounts:
            return Answer(measure, missing="not counted: no accounts were given; name them with --accounts FILE")
        if not self.count("SELECT count(*) FROM cases"):
            return Answer(measure, missing=f"not counted: no case lies in the period ({self.period})")
        columns, rows = self.ask(measure.sql)
        if not rows:
            return Answer(measure, columns, missing="nothing of this kind in the period")
        if measure.kind == "control":
            return _controlled(measure, columns, rows)
        if measure.kind == "funnel":
            return _compared(measure, columns, rows)
        return Answer(measure, columns, tuple(rows))

    def _faults(self) -> Iterator[str]:
        """Yield what does not add up, each as a sentence for the reader of the reports."""
        cases = self.count("SELECT count(*) FROM cases")
        if not cases:
            yield f"No case lies in the period ({self.period})."
            return
        doubled = self.count("SELECT count(*) - count(DISTINCT case_id) FROM cases")
        if doubled:
            yield f"{doubled:,} cases stand more than once under the same identifier: every number counts them again."
        lost = self.count("SELECT sum(codes) FROM cases") - self.count("SELECT count(*) FROM lines")
        if lost:
            yield f"The cases say {abs(lost):,} codes {'more' if lost > 0 else 'fewer'} than the table of lines holds."
        for column, what in (("provider", "provider"), ("facility", "facility"), ("day", "day")):
            unknown = self.count(f"SELECT count(*) FROM cases WHERE {column} IS NULL")  # noqa: S608 - names of our own
            if unknown:
                yield f"{unknown:,} of {cases:,} cases name no {what}: they are counted under (none)."
        _, releases = self.ask(
            "SELECT regexp_extract(books, 'icd10cm=([^;]+)', 1) r, count(*) FROM cases GROUP BY r ORDER BY r"
        )
        if len(releases) > 1:
            told = ", ".join(f"{name or '(none)'}: {n:,}" for name, n in releases)
            yield (
                f"The cases were coded by {len(releases)} releases of ICD-10-CM ({told}):"
                " what changes between them may be the book's doing."
            )
        if self.count("SELECT count(*) FROM cases WHERE drg IS NOT NULL AND drg_weight IS NULL"):
            yield (
                "Some MS-DRGs have no weight, because Table 5 of their year is not installed:"
                " the case mix index leaves them out."
            )
        if self.has_accounts:
            strangers = self.count("SELECT count(*) FROM cases WHERE case_id NOT IN (SELECT case_id FROM accounts)")
            if strangers:
                yield f"{strangers:,} cases have no account: they are left out of billing's numbers of money and days."
            uneven = self.count("SELECT count(*) FROM accounts WHERE abs(charges - line_charges) > 0.005")
            if uneven:
                yield f"{uneven:,} accounts charge another sum than their lines do."


def _quoted(name: str) -> str:
    return f'"{name}"'


def _controlled(measure: Measure, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Answer:
    """Return a p chart's answer: for each series its limits, its signals and its change point."""
    month, n, d = (columns.index(name) for name in ("month", "n", "d"))
    series = columns.index(measure.series) if measure.series else None
    found, signals = [], []
    for name in dict.fromkeys(row[series] if series is not None else "" for row in rows):
        own = [row for row in rows if series is None or row[series] == name]
        counts = [(float(row[n] or 0), float(row[d] or 0)) for row in own]
        limits = p_chart(counts)
        found += [
            (*row, round(x.share, 4), round(x.lower, 4), round(x.upper, 4), "outside" if x.signal else "")
            for row, x in zip(own, limits, strict=True)
        ]
        at = change_point(counts)
        if at is not None:
            before = sum(c[0] for c in counts[:at]) / max(1.0, sum(c[1] for c in counts[:at]))
            after = sum(c[0] for c in counts[at:]) / max(1.0, sum(c[1] for c in counts[at:]))
            who = f"{name}: " if name else ""
            signals.append(f"{who}changed from {before:.1%} to {after:.1%} in {own[at][month]}")
    return Answer(measure, (*columns, "share", "lower", "upper", "signal"), tuple(found), tuple(signals))


def _compared(measure: Measure, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Answer:
    """Return the units with their distance from their peers."""
    n, d = columns.index("n"), columns.index("d")
    counts = [(float(row[n] or 0), float(row[d] or 0)) for row in rows]
    far = from_peers(counts)
    found, signals = [], []
    for row, (a, b), z in zip(rows, counts, far, strict=True):
        share = a / b if b else 0.0
        found.append((*row, round(share, 4), None if z is None else round(z, 1)))
        if z is not None and abs(z) >= FAR:
            side = "above" if z > 0 else "below"
            signals.append(f"{row[0]}: {share:.1%} lies {abs(z):.1f} standard errors {side} its peers")
    return Answer(measure, (*columns, "share", "from peers"), tuple(found), tuple(signals))
