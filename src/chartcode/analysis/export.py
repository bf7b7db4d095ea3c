"""A measure's answer for other programs: CSV, Excel, Parquet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from chartcode.analysis.answer import Answer
from chartcode.analysis.definitions import HEADS

MOST = 20_000
"""Rows of an Excel sheet; one of a million takes a minute to write and nobody reads it."""


def write(answer: Answer, folder: Path) -> tuple[Path, ...]:
    """Write an answer as CSV, XLSX and Parquet into a folder; return the files."""
    stem = f"{answer.measure.section}-{answer.measure.name}"
    table, sheet, columns = (folder / f"{stem}.{ending}" for ending in ("csv", "xlsx", "parquet"))
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(answer.columns)
        writer.writerows(map(_plain, answer.rows))
    book = Workbook(write_only=True)
    page = book.create_sheet(answer.measure.name[:31])
    page.append(list(answer.columns))
    for row in answer.rows[:MOST]:
        page.append(_plain(row))
    if len(answer.rows) > MOST:
        page.append([f"{len(answer.rows) - MOST:,} more rows are in the CSV and Parquet files"])
    about = book.create_sheet("about")
    for name in ("title", "definition", "numerator", "denominator", "source"):
        about.append([name, getattr(answer.measure, name)])
    for defined in (HEADS, *answer.defined) if answer.defined else ():
        about.append(list(defined))
    book.save(sheet)
    values = {name: [row[n] for row in answer.rows] for n, name in enumerate(answer.columns)}
    pq.write_table(pa.table(values), columns)
    return table, sheet, columns


def _plain(row: tuple[Any, ...]) -> list[Any]:
    """Return a row whose texts no spreadsheet takes for formulas: numbers of claims are whatever a payer wrote."""
    return [f"'{v}" if isinstance(v, str) and v.startswith(("=", "+", "@")) else v for v in row]
