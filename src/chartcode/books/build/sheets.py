"""Tables as publishers give them: csv, tab-delimited text or a workbook, with notices above the line of headings.

Columns are found by what their headings say and not by their place, as both change from year to year.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from chartcode.books.files import Files, Unsuitable

WORKBOOK = r"\.(xlsx|xlsm|xlsb|xls|ods)$"

_LOOKED_AT = 60
"""Lines at the top among which the headings are looked for."""

_LONGEST_CELL = 1 << 20


def sheet(files: Files, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table, cells stripped, empty rows left out.

    A workbook yields the rows of its first sheet that has any; whole numbers are written without a point. The
    delimiter of a text is the one of comma, tab, bar and semicolon that its first lines hold most evenly.

    Raises:
        Unsuitable: the file is no table that can be read.
    """
    rows = (
        _workbook(files.read(name), name) if re.search(WORKBOOK, name, re.IGNORECASE) else _text(files.text(name), name)
    )
    yield from (row for row in rows if any(row))


def table(
    files: Files, name: str, columns: Mapping[str, str], optional: Sequence[str] = ()
) -> Iterator[dict[str, str]]:
    """Yield the rows under a table's headings as ``{our name: cell}``.

    Args:
        files: what was given.
        name: the file.
        columns: by our name, a regular expression that is searched in a heading, whatever the case; the first
            heading that holds it is taken.
        optional: those of our names whose column may be missing; their cells are ''.

    Raises:
        Unsuitable: a column is missing; the sentence names it and the headings that are there.
    """
    rows = sheet(files, name)
    seen: list[list[str]] = []
    wanted = [c for c in columns if c not in optional]
    for row in rows:
        places = {ours: _place(row, pattern) for ours, pattern in columns.items()}
        if all(places[ours] is not None for ours in wanted):
            break
        seen.append(row)
        if len(seen) == _LOOKED_AT:
            raise _missing(name, columns, wanted, seen)
    else:
        raise _missing(name, columns, wanted, seen)
    for row in rows:
        yield {ours: row[place] if place is not None and place < len(row) else "" for ours, place in places.items()}


def _place(row: list[str], pattern: str) -> int | None:
    return next((n for n, cell in enumerate(row) if cell and re.search(pattern, cell, re.IGNORECASE)), None)


def _missing(name: str, columns: Mapping[str, str], wanted: list[str], seen: list[list[str]]) -> Unsuitable:
    def found(row: list[str]) -> int:
        return sum(_place(row, columns[ours]) is not None for ours in wanted)

    best = max(seen, key=found, default=[])
    lacking = [ours for ours in wanted if _place(best, columns[ours]) is None]
    there = ", ".join(cell for cell in best if cell)[:200] or "nothing"
    return Unsuitable(
        f"{name} lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}; its headings seem to be: {there}"
    )


def _text(text: str, name: str) -> Iterator[list[str]]:
    head = [line for line in text[:100_000].split("\n") if line.strip()][:_LOOKED_AT]
    # The last lines of the head are rows; notices above the headings have commas of their own.
    delimiter = max(",\t|;", key=lambda mark: sorted(line.count(mark) for line in head)[len(head) // 2] if head else 0)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [" ".join(cell.split()) for cell in row]
    except csv.Error as fault:
        raise Unsuitable(f"{name} cannot be read as a table ({fault}); fetch it again from the publisher") from None


def _workbook(content: bytes, name: str) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=True)
            if rows:
                yield from ([_cell(value) for value in row] for row in rows)
                return
    except CalamineError as fault:
        raise Unsuitable(f"{name} cannot be read as a workbook ({fault}); fetch it again from the publisher") from None


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
