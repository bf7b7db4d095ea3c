"""``chartcode collect``: records in, what they say out: documents, facts and what could not be read."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, add_encounter, say
from chartcode.cli.sources import add_sources, sources

if TYPE_CHECKING:
    from chartcode.report import ChartWriter

TABLE, JSONL, HTML = "table", "jsonl", "html"


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "collect",
        help="show what records say",
        description="Read records of any format, and show their charts: documents, encounter, patient and facts.",
    )
    add_sources(verb)
    add_encounter(verb)
    verb.add_argument(
        "--format",
        choices=(TABLE, JSONL, HTML),
        default=TABLE,
        help="table: to read here; jsonl: one JSON object a chart; html: one page with the documents (default: table)",
    )
    verb.add_argument("-o", "--output", metavar="OUT", help="write to a file, which appears only when it is whole")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the records and write their charts, in the order given."""
    from chartcode.cli.output import output
    from chartcode.collect import Unreadable

    writer, status, written = _writer(options), OK, 0
    with output(options.output) as stream:
        for result in sources(options):
            if isinstance(result, Unreadable):
                say(str(result))
                status = DATA
                continue
            if not written:
                stream.write(writer.head())
            written += 1
            stream.write(writer.chart(result))
            if stream is sys.stdout:
                stream.flush()
        if written:
            stream.write(writer.tail())
    return status


def _writer(options: argparse.Namespace) -> ChartWriter:
    if options.format == JSONL:
        from chartcode.report.chart_jsonl import ChartLines

        return ChartLines()
    if options.format == HTML:
        from chartcode.report.chart_html import ChartPage

        return ChartPage()
    from chartcode.cli.code import terminal
    from chartcode.report.chart_table import ChartTable

    return ChartTable(*terminal(options.output is None))
