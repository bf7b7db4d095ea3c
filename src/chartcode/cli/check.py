"""``chartcode check``: the rules on a case that someone else coded."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from chartcode.model.case import Case


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "check",
        help="run the rules on coded cases",
        description="Run the rules on coded cases. The exit status is 1 if a finding is an error.",
    )
    verb.add_argument(
        "path",
        metavar="FILE",
        help="cases in the napkin notation or in JSON, claims (X12 837), or - for standard input",
    )
    verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books serve cases without a date")
    verb.add_argument("--format", choices=("table", "jsonl"), default="table", help="how to write (default: table)")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check every case, and say what was found."""
    from chartcode.cli.cases import BadCases, cases, contents
    from chartcode.cli.shelf import open_shelf, require_books
    from chartcode.model.case import ERROR
    from chartcode.pipeline import StepFailed, recheck

    try:
        text = contents(options.path)
    except BadCases as error:
        say(str(error))
        return DATA
    shelf = open_shelf()
    require_books(shelf, options.date)
    status = OK
    for case in cases(text, "standard input" if options.path == "-" else options.path):
        if isinstance(case, BadCases):
            say(str(case))
            status = DATA
            continue
        try:
            checked = recheck(case, shelf, today=options.date or today())
        except (LookupError, StepFailed) as error:
            say(f"{case.chart.id}: {error.args[0]}")
            status = DATA
            continue
        print(_written(checked, options.format), end="", flush=True)
        if any(finding.severity == ERROR for finding in checked.findings):
            status = DATA
    return status


def _written(case: Case, form: str) -> str:
    if form == "jsonl":
        from chartcode.report.jsonl import Lines

        return Lines().case(case)
    from chartcode.cli.code import terminal
    from chartcode.report.table import Table

    return Table(*terminal()).case(case)
