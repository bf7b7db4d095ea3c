"""The store of a practice, opened for questions: its views, its period, and what is not right with it.

DuckDB reads the Parquet files in place: no server, and no more memory than an answer takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from chartcode.analysis.accounting import account
from chartcode.analysis.answer import Answer, answered
from chartcode.analysis.areas import areas
from chartcode.analysis.care import care
from chartcode.analysis.definitions import definitions
from chartcode.analysis.faults import faults
from chartcode.analysis.measure import Measure
from chartcode.analysis.peers import compared
from chartcode.analysis.pricing import BadFees, Fees, Installed, Lists, price, read_fees
from chartcode.analysis.recapture import recapture
from chartcode.analysis.returns import returns
from chartcode.analysis.specialties import specialties
from chartcode.report.claims.practice import BadPractice
from chartcode.report.claims.practice import Practice as PracticeFile
from chartcode.report.claims.practice import practice as practice_file
from chartcode.report.columns import LATER, TABLES, Column, files_of

_SQL = {"text": "VARCHAR", "day": "DATE", "integer": "BIGINT", "number": "DOUBLE", "yes": "BOOLEAN"}
_ARROW = {"text": pa.string(), "day": pa.date32(), "integer": pa.int64(), "number": pa.float64(), "yes": pa.bool_()}
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "1GB", "threads": "2"}
"""DuckDB spills to disk beyond this; a million cases need less."""


class NoStore(ValueError):  # noqa: N818 - it is what a user would say
    """The files are no store of cases; the message says what to do."""


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


@dataclass(frozen=True)
class Beside:
    """What may be given beside a store: files of a billing office, each of them optional.

    Attributes:
        remit: X12 files or folders of them: claims as sent (837), statuses (277), remittances (835).
        fees: a list of fees of the user's own, a table.
        file: the practice file (TOML): prices, revenue codes, the providers' taxonomies.
        books: the folder of installed books, for fee schedules and chargemasters.
    """

    remit: tuple[Path, ...] = ()
    fees: Path | None = None
    file: Path | None = None
    books: Path | None = None


@dataclass
class Practice:
    """An open store; ``notes`` are sentences about what does not add up.

    ``lacks`` says of each thing that measures may need and that is not there why it is not.
    """

    period: Period
    notes: list[str] = field(default_factory=list)
    lacks: dict[str, str] = field(default_factory=dict)
    _db: duckdb.DuckDBPyConnection = field(default_factory=lambda: duckdb.connect(config=_CONFIG), repr=False)

    @classmethod
    def open(
        cls, store: Path, accounts: Path | None = None, period: Period | None = None, beside: Beside | None = None
    ) -> Practice:
        """Open a store written by ``chartcode batch``.

        Raises:
            NoStore: a file is missing or holds other columns; the message names it and says what to do.
        """
        practice, beside = cls(period or Period()), beside or Beside()
        for name, path in files_of(store).items():
            if name in LATER and not path.is_file():
                practice.table(name, TABLES[name])
                practice.lacks[name] = f"the store was written before it kept {name}; write it again, 'chartcode batch'"
            else:
                practice.read(name, path, TABLES[name])
        account(practice, accounts, beside.remit)
        file = _practice_file(beside.file)
        specialties(practice, file)
        price(practice, Lists(_fees(beside.fees), file, Installed(beside.books) if beside.books else None))
        recapture(practice)
        returns(practice)
        areas(practice)
        care(practice)
        practice.notes += faults(practice)
        return practice

    def read(self, name: str, path: Path, columns: tuple[Column, ...]) -> None:
        """Make a view of a file, Parquet or CSV, of the rows that belong to the period's cases.

        Raises:
            NoStore: the file is not there, cannot be read, or lacks the first of the columns.
        """
        if not path.is_file():
            written = f"; 'chartcode batch PATH... -o {path.name}' writes it" if name in TABLES else "; check the path"
            raise NoStore(f"{path} is not there{written}")
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
        where = self._within() if name == "cases" else self.whole
        self.view(name, f"SELECT {chosen} FROM read_{name} WHERE {where}")  # noqa: S608 - our own names

    @cached_property
    def last(self) -> date:
        """The last day of a case; its books define what is counted."""
        _, rows = self.ask("SELECT max(day) FROM cases")
        day: date | None = rows[0][0]
        return day or self.period.last or date.max

    @property
    def whole(self) -> str:
        """The condition that a row is of a case of the period."""
        return "TRUE" if self.period == Period() else "case_id IN (SELECT case_id FROM cases)"

    def _within(self) -> str:
        first, last = self.period.first, self.period.last
        parts = [f"day >= DATE '{first.isoformat()}'"] if first else []
        parts += [f"day <= DATE '{last.isoformat()}'"] if last else []
        return " AND ".join(parts) or "TRUE"

    def view(self, name: str, question: str) -> None:
        """Give a question in SQL a name that other questions may ask."""
        self._db.execute(f"CREATE VIEW {name} AS {question}")

    def make(self, name: str, question: str) -> None:
        """Answer a question in SQL once, and keep the rows under a name."""
        self._db.execute(f"CREATE TABLE {name} AS {question}")

    def drop(self, *names: str) -> None:
        """Forget tables that nothing asks any more."""
        for name in names:
            self._db.execute(f"DROP TABLE {name}")

    def table(self, name: str, columns: tuple[Column, ...], rows: Iterable[tuple[Any, ...]] = ()) -> None:
        """Make a table of rows, each with a value for every column."""
        values = list(zip(*rows, strict=True)) or [()] * len(columns)
        held = pa.table({c.name: pa.array(v, type=_ARROW[c.type]) for c, v in zip(columns, values, strict=True)})
        self._db.register("held", held)
        self._db.execute(f"CREATE TABLE {name} AS SELECT * FROM held")  # noqa: S608 - our own names
        self._db.unregister("held")

    def ask(self, question: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return the columns and rows of a question in SQL."""
        answer = self._db.execute(question)
        return tuple(column[0] for column in answer.description or ()), answer.fetchall()

    def count(self, question: str) -> int:
        """Return the one number that a question asks for."""
        rows = self._db.execute(question).fetchall()
        return int(rows[0][0]) if rows and rows[0][0] is not None else 0

    def answer(self, measure: Measure) -> Answer:
        """Return a measure's answer, with control limits or distances from peers where its kind has them."""
        found = self._answer(measure)
        return replace(found, defined=tuple(definitions(measure.family, self.last))) if measure.family else found

    def _answer(self, measure: Measure) -> Answer:
        lacking = dict.fromkeys(self.lacks[need] for need in measure.needs if need in self.lacks)
        if lacking:
            return Answer(measure, missing=f"not counted: {'; '.join(lacking)}")
        if not self.count("SELECT count(*) FROM cases"):
            return Answer(measure, missing=f"not counted: no case lies in the period ({self.period})")
        columns, rows = self.ask(measure.sql)
        if rows and measure.peers:
            return compared(measure, columns, rows)
        return answered(measure, columns, rows)


def _practice_file(path: Path | None) -> PracticeFile | None:
    if path is None:
        return None
    try:
        return practice_file(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, BadPractice) as fault:
        why = (fault.strerror or "it cannot be read").lower() if isinstance(fault, OSError) else str(fault)
        raise NoStore(f"{path}: {why}") from None


def _fees(path: Path | None) -> Fees | None:
    try:
        return read_fees(path) if path else None
    except BadFees as fault:
        raise NoStore(str(fault)) from None


def _quoted(name: str) -> str:
    return f'"{name}"'
