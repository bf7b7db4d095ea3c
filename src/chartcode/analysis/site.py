"""A practice's measures as a site of its own: pages that need no network, with pictures that print well.

Every number leads to its cases (``cases.html``), every table is there as CSV, Excel and Parquet, every section as PDF.
A page may run our one script and nothing else.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from chartcode.analysis.answer import Answer
from chartcode.analysis.chart import cells, drawable, svg
from chartcode.analysis.definitions import HEADS
from chartcode.analysis.drill import MOST, cases
from chartcode.analysis.export import write
from chartcode.analysis.measure import SECTIONS, Measure, measures
from chartcode.analysis.practice import Practice
from chartcode.analysis.sheets import pdf

Told = Callable[[str, int, int], None]
_MOST_ROWS = 200
_LONG = 44
"""Letters of a cell from which it is broken into lines."""


def write_site(practice: Practice, folder: Path, sections: Sequence[str] = SECTIONS, told: Told | None = None) -> Path:
    """Write the pages of the sections and return the first of them.

    Args:
        practice: an open store.
        folder: where the site is to be; made if it is not there.
        sections: which of billing, compliance, quality, trends.
        told: is told (title, done, all) as the measures are answered.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    chosen = [m for m in measures() if m.section in sections]
    answers: list[Answer] = []
    for number, measure in enumerate(chosen):
        if told:
            told(measure.title, number, len(chosen))
        answers.append(practice.answer(measure))
    for section in sections:
        own = [a for a in answers if a.measure.section == section]
        pdf(own, f"Chartcode report: {section}", str(practice.period), folder / f"{section}.pdf")
        body = "".join(_article(answer, tables) for answer in own)
        (folder / f"{section}.html").write_text(
            _page(section.capitalize(), section, practice, body, sections), encoding="utf-8"
        )
    (folder / "cases.html").write_text(_cases(practice, sections), encoding="utf-8")
    index = folder / "index.html"
    index.write_text(_page("Report", "index", practice, _summary(practice, answers), sections), encoding="utf-8")
    return index


def _article(answer: Answer, tables: Path) -> str:
    measure = answer.measure
    head = (
        f'<article id="{measure.name}"><h2>{escape(measure.title)}</h2>'
        f'<p class="about">{escape(measure.definition)}<br>Numerator: {escape(measure.numerator)}.'
        f" Denominator: {escape(measure.denominator)}.<br>Source: {escape(measure.source)}.</p>"
    )
    if answer.missing:
        return f'{head}<p class="note">{escape(answer.missing)}</p>{_defined(answer)}</article>'
    told = "".join(f'<p class="signal">{escape(s)}</p>' for s in answer.signals)
    links = " ".join(f'<a href="tables/{p.name}">{p.suffix[1:].upper()}</a>' for p in write(answer, tables))
    picture = svg(answer) if drawable(answer) else ""
    return f'{head}{told}{picture}{_table(answer)}<p class="files">{links}</p>{_defined(answer)}</article>'


def _defined(answer: Answer) -> str:
    """Return the definitions of a measure's indicators, for who asks what a row counts."""
    if not answer.defined:
        return ""
    heads = "".join(f"<th>{escape(head)}</th>" for head in HEADS)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in answer.defined)
    return (
        "<details><summary>What each row counts</summary>"
        f'<div class="rows"><table class="words"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _table(answer: Answer) -> str:
    columns = answer.columns
    numbers = {n for n in range(len(columns)) if any(isinstance(row[n], int | float) for row in answer.rows)}
    heads = "".join(f"<th{_number(n, numbers)}>{escape(name)}</th>" for n, name in enumerate(columns))
    lines = []
    for row in answer.rows[:_MOST_ROWS]:
        shown = cells(row, columns, percent=answer.measure.percent)
        where = [(name, row[columns.index(name)]) for name in answer.measure.drill if name in columns]
        parts = [f"<td{_kind(n, numbers, cell)}>{escape(cell)}</td>" for n, cell in enumerate(shown)]
        if where:
            asked = escape(urlencode([(name, str(value)) for name, value in where]))
            parts[0] = f'<td><a href="cases.html#{asked}">{escape(shown[0])}</a></td>'
        lines.append(f"<tr>{''.join(parts)}</tr>")
    more = len(answer.rows) - _MOST_ROWS
    rest = f"<p class=about>{more:,} more rows are in the files.</p>" if more > 0 else ""
    return (
        f'<div class="rows"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>{rest}'
    )


def _kind(column: int, numbers: set[int], cell: str) -> str:
    return ' class="long"' if len(cell) > _LONG else _number(column, numbers)


def _number(column: int, numbers: set[int]) -> str:
    return ' class="number"' if column in numbers else ""


def _summary(practice: Practice, answers: Iterable[Answer]) -> str:
    """Return the first page: what the store holds, and every signal with a link to its measure."""
    _, rows = practice.ask(
        "SELECT count(*), count(DISTINCT facility), count(DISTINCT provider), min(day), max(day), sum(codes) FROM cases"
    )
    count, facilities, providers, first, last, codes = rows[0]
    holds = f"{facilities} facilities, {providers} providers, {first} to {last}; {codes or 0:,} codes reported."
    parts = [f"<article><h2>{count:,} cases</h2><p>{holds}</p></article>"]
    signals = [(a.measure, s) for a in answers for s in a.signals]
    told = "".join(f"<li>{_link(m)}: {escape(s)}</li>" for m, s in signals)
    parts.append(
        f"<article><h2>What stands out</h2>{f'<ul>{told}</ul>' if told else '<p>Nothing beyond chance.</p>'}</article>"
    )
    lists = "".join(f"<li>{_link(a.measure)}{' — ' + escape(a.missing) if a.missing else ''}</li>" for a in answers)
    parts.append(f"<article><h2>Measures</h2><ul>{lists}</ul></article>")
    return "".join(parts)


def _link(measure: Measure) -> str:
    return f'<a href="{measure.section}.html#{measure.name}">{escape(measure.title)}</a>'


def _page(title: str, here: str, practice: Practice, body: str, sections: Sequence[str], script: str = "") -> str:
    style = _asset("site.css")
    names = [("index", "Overview"), *((s, s.capitalize()) for s in sections), ("cases", "Cases")]
    links = "".join(
        f'<a href="{name}.html"{" aria-current=page" if name == here else ""}>{shown}</a>' for name, shown in names
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in practice.notes)
    own = f'<p class="files"><a href="{here}.pdf">PDF of this page</a></p>' if here in SECTIONS else ""
    # The pictures carry their own styles, so styles may stand inline; scripts may not, but for ours.
    allowed = _hash(script) if script else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - Chartcode</title><style>{style}</style></head>"
        f"<body><header><h1>Chartcode</h1>{links}</header><main>"
        f'<p class="about">{escape(title)}, {escape(str(practice.period))}</p>{own}{notes}{body}</main>'
        f"{f'<script>{script}</script>' if script else ''}</body></html>\n"
    )


def _cases(practice: Practice, sections: Sequence[str]) -> str:
    """Return the page of cases, which shows those that its address asks for."""
    columns, rows = cases(practice)
    data = json.dumps({"columns": columns, "rows": rows}, default=_text).replace("<", "\\u003c")
    heads = "".join(f"<th>{escape(name)}</th>" for name in columns)
    count = practice.count("SELECT count(*) FROM cases")
    held = f'<p class="note">This page holds the first {MOST:,} of {count:,} cases.</p>' if count > MOST else ""
    body = (
        f'<article><h2 id="which"></h2>{held}<div class="rows"><table><thead><tr>{heads}</tr></thead>'
        "<tbody></tbody></table></div></article>"
        f'<script type="application/json" id="data">{data}</script>'
    )
    return _page("Cases", "cases", practice, body, sections, _asset("cases.js"))


def _text(value: Any) -> str:  # noqa: ANN401 - whatever DuckDB gives
    return value.isoformat() if isinstance(value, date) else str(value)


def _asset(name: str) -> str:
    return files("chartcode.analysis").joinpath(name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return "'sha256-" + b64encode(sha256(script.encode()).digest()).decode() + "'"
