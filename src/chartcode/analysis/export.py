"""A measure's answer for other programs: CSV, Excel, Parquet, and a PDF of a whole section."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from chartcode.analysis.answer import Answer
from chartcode.analysis.chart import cells, draw, drawable
from chartcode.analysis.definitions import HEADS

_ROWS_A_SHEET = 34
_PAPER = (11.0, 8.5)


def write(answer: Answer, folder: Path) -> tuple[Path, ...]:
    """Write an answer as CSV, XLSX and Parquet into a folder; return the files."""
    stem = f"{answer.measure.section}-{answer.measure.name}"
    table, sheet, columns = (folder / f"{stem}.{ending}" for ending in ("csv", "xlsx", "parquet"))
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    book = Workbook(write_only=True)
    page = book.create_sheet(answer.measure.name[:31])
    page.append(list(answer.columns))
    for row in answer.rows:
        page.append(list(row))
    about = book.create_sheet("about")
    for name in ("title", "definition", "numerator", "denominator", "source"):
        about.append([name, getattr(answer.measure, name)])
    for defined in (HEADS, *answer.defined) if answer.defined else ():
        about.append(list(defined))
    book.save(sheet)
    values = {name: [row[n] for row in answer.rows] for n, name in enumerate(answer.columns)}
    pq.write_table(pa.table(values), columns)
    return table, sheet, columns


def pdf(answers: Sequence[Answer], title: str, period: str, path: Path) -> None:
    """Write a section's answers as sheets of a PDF: picture, definition and the first rows of each."""
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - only when a PDF is written
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    with mpl.rc_context({"font.size": 8}), PdfPages(path, metadata={"Title": title, "CreationDate": None}) as pages:
        for answer in answers:
            figure = Figure(figsize=_PAPER, layout="constrained")
            rows = min(len(answer.rows), _ROWS_A_SHEET - (14 if drawable(answer) else 0))
            shares = [1.6, 2.6, 3.0] if drawable(answer) else [1.2, 5.0]
            parts = figure.subplots(len(shares), 1, height_ratios=shares)
            measure = answer.measure
            said = [
                measure.definition,
                f"{measure.numerator} / {measure.denominator}",
                f"Source: {measure.source}",
                *answer.signals[:4],
            ]
            parts[0].axis("off")
            parts[0].text(0, 1, measure.title, fontsize=13, weight="bold", va="top")
            parts[0].text(0, 0.72, "\n".join([f"{title}, {period}", *said, answer.missing]), va="top", wrap=True)
            if drawable(answer):
                draw(answer, parts[1])
            parts[-1].axis("off")
            if rows:
                shown = [
                    [c[:42] for c in cells(r, answer.columns, percent=measure.percent)] for r in answer.rows[:rows]
                ]
                table = parts[-1].table(
                    shown, colLabels=list(answer.columns), loc="upper left", cellLoc="left", edges="horizontal"
                )
                table.auto_set_font_size(value=False)
                table.set_fontsize(7)
            pages.savefig(figure)
