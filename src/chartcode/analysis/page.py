"""The reference of the store's tables and of the measures: ``python -m chartcode.analysis.page tables``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from chartcode.analysis.accounts import ACCOUNTS
from chartcode.analysis.areas import AREAS
from chartcode.analysis.care import CARE
from chartcode.analysis.definitions import reference
from chartcode.analysis.measure import SECTIONS, measures
from chartcode.analysis.posting import POSTED
from chartcode.analysis.pricing import PRICED
from chartcode.analysis.recapture import CONDITIONS
from chartcode.analysis.returns import RETURNS
from chartcode.analysis.specialties import SPECIALTIES
from chartcode.report.columns import TABLES

_TABLES = """# Tables of the store

`chartcode batch PATH... -o cases.parquet` writes `cases.parquet` and beside it a file for each further table
(`cases.lines.parquet`, `cases.findings.parquet`, `cases.indicators.parquet`); any program that reads Parquet can ask
them. Columns may be added, never renamed. No word of a record is in them.
`accounts` is not written but read: the file that `chartcode report --accounts FILE` takes, CSV or Parquet. The tables
after it are made while a report runs: of the X12 files that `--remit` names, and of the cases; a measure can ask them.

This page is made from the program: `python -m chartcode.analysis.page tables > docs/reference/tables.md`.
"""
_MEASURES = """# Measures of the reports

`chartcode report all cases.parquet -o report` answers all of these; `chartcode report list` names them. A measure is
one file of `src/chartcode/analysis/measures`. Kind *control* draws a p chart: limits three standard errors from the
pooled share, and the month of a change point where a binomial split is convincing. Kind *funnel* compares units: a
signal lies three standard errors or more from the share of all the others. Kind *rate* gives n of d with the interval
of 95 % (Wilson); of few at risk no rate is said. Kinds *peers* and *mean peers* set units against the median of their
group, such as a specialty: one stands out three standard errors away and with an interval that leaves the median out,
and what rests on few, or has fewer than two peers, is not judged. Quality indicators are defined in
[Quality indicators](indicators.md).

This page is made from the program: `python -m chartcode.analysis.page measures > docs/reference/measures.md`.
"""


_INDICATORS = """# Quality indicators

Made after the indicators of AHRQ (Patient Safety, Prevention, Inpatient Quality) and advice on screening, by our
own lists and with the simplifications that each names: AHRQ-style, never the official measure, and not adjusted for
risk. What must have arisen in hospital is asked of the present-on-admission indicator. Codes are given by their
beginnings; a question mark is any one sign. The lists stand, with the day from which each holds, in
`src/chartcode/books/parameters/indicators_*.toml`, and a test holds them against the books. The conditions that CMS
does not pay for (HAC) are found by its own grouper.

This page is made from the program: `python -m chartcode.analysis.page indicators > docs/reference/indicators.md`.
"""
_SHOWN = date(2026, 10, 1)
"""The day whose indicators the page shows."""


def tables() -> Iterator[str]:
    """Yield the page of the tables, line by line."""
    yield _TABLES
    for name, columns in (
        *TABLES.items(),
        ("accounts", ACCOUNTS),
        *POSTED.items(),
        *PRICED.items(),
        ("specialties", SPECIALTIES),
        ("conditions", CONDITIONS),
        ("returns", RETURNS),
        ("areas", AREAS),
        ("care", CARE),
    ):
        yield f"## {name}\n"
        yield "| column | type | what it holds |\n| --- | --- | --- |"
        yield from (f"| `{column.name}` | {column.type} | {column.means} |" for column in columns)
        yield ""


def listed() -> Iterator[str]:
    """Yield the page of the measures, line by line."""
    yield _MEASURES
    for section in SECTIONS:
        yield f"## {section.capitalize()}\n"
        yield "| measure | definition | numerator | denominator | source | kind |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for m in measures():
            if m.section == section:
                needs = f" Needs {', '.join(m.needs)}." if m.needs else ""
                yield (
                    f"| **{m.title}** (`{m.id}`) | {m.definition}{needs} | {m.numerator} | {m.denominator} |"
                    f" {m.source} | {m.kind} |"
                )
        yield ""


def counted() -> Iterator[str]:
    """Yield the page of the quality indicators, line by line."""
    yield _INDICATORS
    yield from reference(_SHOWN)


if __name__ == "__main__":
    for line in {"tables": tables, "measures": listed, "indicators": counted}[sys.argv[1]]():
        print(line)  # noqa: T201 - the page
