"""``chartcode code``: charts in, codes with their evidence out."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, JOBS, OK, add_encounter, between, say, today
from chartcode.cli.profiles import add_profile, given_profile
from chartcode.cli.sources import add_sources, sources
from chartcode.model.case import BILLING, MODES

if TYPE_CHECKING:
    from chartcode.report import Writer

TABLE, JSONL, HTML = "table", "jsonl", "html"
WIDTH = 120


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "code",
        help="code charts",
        description="Code charts: read notes, and write their codes with the words that support each.",
    )
    add_sources(verb)
    verb.add_argument(
        "--mode",
        choices=MODES,
        default=BILLING,
        help="billing: what a certified coder reports; mentions: every finding, ranked (default: billing)",
    )
    add_encounter(verb)
    add_profile(verb)
    verb.add_argument(
        "--jobs", type=between(1, JOBS), default=1, metavar="N", help="processes to code with (default: 1)"
    )
    verb.add_argument(
        "--format",
        choices=(TABLE, JSONL, HTML),
        default=TABLE,
        help="table: to read here; jsonl: one JSON object a chart; html: one page with the notes (default: table)",
    )
    verb.add_argument("-o", "--output", metavar="OUT", help="write to a file, which appears only when it is whole")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Code the charts and write the report, in the order given."""
    from chartcode.cli.coding import Task, parts
    from chartcode.cli.output import output
    from chartcode.cli.shelf import open_shelf, require_books

    profile = given_profile(options.profile)
    with output(options.output) as stream:
        shelf = open_shelf()
        require_books(shelf, options.date)
        task = Task(options.mode, options.date or today(), _writer(options), profile=profile)
        coded, status = 0, OK
        for part in parts(sources(options), task, shelf, options.jobs):
            if part.complaint:
                say(part.complaint)
                status = DATA
                continue
            if not coded:
                stream.write(task.writer.head())
            coded += 1
            stream.write(part.text)
            if stream is sys.stdout:
                stream.flush()
        if coded:
            stream.write(task.writer.tail())
    return status


def _writer(options: argparse.Namespace) -> Writer:
    if options.format == JSONL:
        from chartcode.report.jsonl import Lines

        return Lines()
    if options.format == HTML:
        from chartcode.report.html import Page

        return Page()
    from chartcode.report.table import Table

    return Table(*terminal(options.output is None))


def terminal(speaking: bool = True) -> tuple[int, bool]:
    """Return the width to write a table in, and whether to use colours; ``NO_COLOR`` is heeded."""
    import os
    import shutil

    colour = speaking and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return shutil.get_terminal_size((WIDTH, 24)).columns, bool(colour)
