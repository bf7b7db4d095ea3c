"""``chartcode explain``: one code's proof."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, USAGE, add_encounter, say, today
from chartcode.model.case import BILLING, MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chartcode.books import Shelf
    from chartcode.model.case import Case


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "explain",
        help="show the proof of one code",
        description="Show the proof of one code: its words, its way through the book, the rules it passed, and what "
        "lost against it; or why a code is not reported. The exit status is 1 if no chart speaks of the code.",
    )
    verb.add_argument("path", metavar="PATH", help="a note, or JSON as 'chartcode code --format jsonl' wrote it, or -")
    verb.add_argument("code", metavar="CODE", help="a code such as E11.42, a category such as E11, or the word visit")
    verb.add_argument("--mode", choices=MODES, default=BILLING, help="as for 'chartcode code' (default: billing)")
    add_encounter(verb)
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the proof from each chart that speaks of the code."""
    from chartcode.cli.code import terminal
    from chartcode.cli.shelf import open_shelf, require_books
    from chartcode.report.proof import proof
    from chartcode.report.table import text

    if not any(character.isalnum() for character in options.code):
        say("argument CODE: name a code such as E11.42, or a category such as E11")
        return USAGE
    shelf = open_shelf()
    require_books(shelf, options.date)
    status, spoken = OK, False
    width, colour = terminal()
    for case in _cases(options, shelf):
        if isinstance(case, str):
            say(case)
            status = DATA
            continue
        shown = proof(case, options.code, _checked(case))
        if shown is not None:
            spoken = True
            print(f"{case.chart.id}\n\n{text(shown, width, colour)}", end="")
    if not spoken:
        say(f"no chart speaks of {options.code.upper()}; 'chartcode code' lists the codes and the rejected ones")
        return DATA
    return status


def _checked(case: Case) -> list[str]:
    """Return the rules that were run on a case: of its mode and day, their books on the shelf."""
    from chartcode.validate import catalogue

    day, told = case.chart.encounter.on or today(), [finding.message for finding in case.findings]
    absent = {need.system for rule in catalogue() for need in rule.needs if any(map(need.told, told))}
    return [
        rule.id
        for rule in catalogue()
        if case.mode in rule.modes and rule.governs(day) and not any(need.system in absent for need in rule.needs)
    ]


def _cases(options: argparse.Namespace, shelf: Shelf) -> Iterator[Case | str]:
    """Yield the cases of a note or of a file of cases, and in the place of each that cannot be read, why not."""
    from chartcode.cli.cases import BadCases, cases, is_json
    from chartcode.collect import Unreadable, read
    from chartcode.pipeline import Coder, StepFailed

    try:
        source, text = _source(options.path)
    except BadCases as error:
        yield str(error)
        return
    if is_json(text):
        yield from (str(c) if isinstance(c, BadCases) else c for c in cases(text, options.path))
        return
    coder = Coder(shelf, mode=options.mode)
    for chart in read(source, setting=options.setting, day=options.date, sex=options.sex, age=options.age):
        if isinstance(chart, Unreadable):
            yield str(chart)
            continue
        try:
            yield coder(chart, today=options.date or today())
        except (LookupError, StepFailed) as error:
            yield f"{chart.id}: {error.args[0]}"


def _source(path: str) -> tuple[str | bytes, str]:
    """Return what the reader of notes is to read, and the text in which to look for JSON (empty if there is none)."""
    from pathlib import Path

    from chartcode.cli.cases import LIMIT, contents, is_json

    if path == "-":
        data = sys.stdin.buffer.read(LIMIT)
        return data, "" if _RESOURCE in data[:_HEAD] else data.decode("utf-8-sig", errors="replace")
    if not Path(path).is_file():
        return path, ""
    with Path(path).open("rb") as stream:
        head = stream.read(_HEAD)
    coded = is_json(head.decode("utf-8-sig", errors="replace")) and _RESOURCE not in head
    return path, contents(path) if coded else ""


_HEAD = 4096
_RESOURCE = b'"resourceType"'
"""What tells FHIR, which is a record to be coded, from the JSON of cases."""
