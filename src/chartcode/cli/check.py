"""``chartcode check``: the rules on a case that someone else coded."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, TextIO

from chartcode.cli.options import DATA, OK, day, say, today
from chartcode.cli.profiles import add_profile, chosen_profile

if TYPE_CHECKING:
    from chartcode.books import Shelf
    from chartcode.model.case import Case, Decision, Finding
    from chartcode.validate.site import Profile

TABLE, JSONL, NAPKIN = "table", "jsonl", "napkin"


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "check",
        help="run the rules on coded cases",
        description="Run the rules on coded cases. The exit status is 1 if a finding is an error that nobody accepted.",
    )
    verb.add_argument(
        "paths",
        nargs="+",
        metavar="CASE",
        help="cases in the napkin notation or in JSON, claims (X12 837, FHIR), or - for standard input",
    )
    verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books serve cases without a date")
    verb.add_argument(
        "--format", choices=(TABLE, JSONL, NAPKIN), help="how to write (default: table; with --fix: napkin or jsonl)"
    )
    add_profile(verb)
    verb.add_argument(
        "--accept",
        action="append",
        default=[],
        type=_acceptance,
        metavar="RULE=REASON",
        help="let the findings of a rule stand, for a reason that is kept with the case (may be repeated)",
    )
    verb.add_argument(
        "--fix",
        action="store_true",
        help="apply the remedies that need no judgement: the corrected cases are written, the findings left are shown",
    )
    verb.add_argument("-o", "--output", metavar="OUT", help="write to a file, which appears only when it is whole")
    verb.set_defaults(run=run)


def _acceptance(value: str) -> tuple[str, str]:
    """Read ``RULE=REASON``."""
    rule, _, reason = value.partition("=")
    if not rule.strip() or not reason.strip():
        raise argparse.ArgumentTypeError(f"{value!r} is not RULE=REASON; say why the finding may stand")
    return rule.strip(), reason.strip()


def run(options: argparse.Namespace) -> int:
    """Check every case, and say what was found."""
    from chartcode.cli.output import output
    from chartcode.cli.shelf import open_shelf, require_books

    profile = chosen_profile(options.profile)
    accepted = _decisions(options.accept, profile)
    shelf = open_shelf()
    require_books(shelf, options.date)
    status = OK
    with output(options.output) as stream:
        for path in options.paths:
            status = max(status, _file(path, options, shelf, profile, accepted, stream))
    return status


def _decisions(acceptances: list[tuple[str, str]], profile: Profile) -> tuple[Decision, ...]:
    """Return the decisions to let rules' findings stand; leave with a sentence if there is no such rule."""
    from chartcode.model.case import Decision
    from chartcode.validate import catalogue

    known = {rule.id for rule in (*catalogue(), *profile.own)}
    for rule, _ in acceptances:
        if rule not in known:
            say(f"there is no rule {rule!r}; 'chartcode rules list' shows them all")
            raise SystemExit(DATA)
    return tuple(
        Decision("override", rule, reason, "chartcode check --accept", today()) for rule, reason in acceptances
    )


def _file(
    path: str,
    options: argparse.Namespace,
    shelf: Shelf,
    profile: Profile,
    accepted: tuple[Decision, ...],
    stream: TextIO,
) -> int:
    """Check the cases of one file, write them, and return the status."""
    from chartcode.cli.cases import BadCases, cases, contents, is_json
    from chartcode.model.case import ERROR
    from chartcode.pipeline import StepFailed, recheck

    try:
        text = contents(path)
    except BadCases as error:
        say(str(error))
        return DATA
    form = options.format or ((NAPKIN if _is_napkin(text, json=is_json(text)) else JSONL) if options.fix else TABLE)
    status = OK
    for case in cases(text, "standard input" if path == "-" else path):
        if isinstance(case, BadCases):
            say(str(case))
            status = DATA
            continue
        done: tuple[Finding, ...] = ()
        try:
            given = case.plus(accepted)
            if options.fix:
                given, done = _mended(given, shelf, profile, options)
            checked = recheck(given, shelf, today=options.date or today(), check=profile.validate)
        except (LookupError, StepFailed) as error:
            say(f"{case.chart.id}: {error.args[0]}")
            status = DATA
            continue
        stream.write(_written(checked, form))
        stream.flush()
        if options.fix:
            _offer(checked, done, sys.stdout if options.output else sys.stderr, form)
        if any(finding.severity == ERROR and finding.accepted is None for finding in checked.findings):
            status = DATA
    return status


def _is_napkin(text: str, *, json: bool) -> bool:
    return not json and not text.lstrip().startswith(("ISA", "GS", "ST"))


def _mended(
    case: Case, shelf: Shelf, profile: Profile, options: argparse.Namespace
) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case with every safe remedy applied, and what was mended."""
    from chartcode.pipeline import Coder
    from chartcode.validate.remedies import mended

    books, _ = Coder(shelf).books(case.chart, options.date or today())
    return mended(case, books, profile.validate)


def _offer(case: Case, done: tuple[Finding, ...], stream: TextIO, form: str) -> None:
    """Say what was mended, and show what is left to a person, with the remedy that each rule offers."""
    for finding in done:
        print(f"{case.chart.id}: mended: {finding.message} ({finding.rule})", file=stream)
    if form != TABLE:
        print(_written(case, TABLE), end="", file=stream)


def _written(case: Case, form: str) -> str:
    if form == JSONL:
        from chartcode.report.jsonl import Lines

        return Lines().case(case)
    if form == NAPKIN:
        from chartcode.model.notation import write

        return f"{write(case)}\n"
    from chartcode.cli.code import terminal
    from chartcode.report.table import Table

    return Table(*terminal()).case(case)
