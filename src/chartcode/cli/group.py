"""``chartcode group``: the groups of coded cases, and what if one code did not stand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from chartcode.books import Books, Shelf
    from chartcode.group.whatif import WhatIf
    from chartcode.model.case import Case

SYSTEMS = (
    "ms-drg",
    "hcc",
    "hcc-score",
    "hcc-v24",
    "rxhcc",
    "suspects",
    "elixhauser",
    "charlson",
    "ccsr",
    "hac",
    "quality",
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "group",
        help="group coded cases: MS-DRG, CMS-HCC, comorbidities, CCSR",
        description="Group coded cases, and say which code drove each group and by which table.",
    )
    verb.add_argument(
        "path", metavar="CASE", nargs="+", help="cases as 'chartcode check' takes them, or - for standard input"
    )
    verb.add_argument(
        "--system",
        choices=SYSTEMS,
        action="append",
        help="only by this system (may be repeated; default: all but hcc-v24, rxhcc, hac and quality)",
    )
    verb.add_argument("--what-if", action="store_true", help="show the MS-DRG without each code of a stay")
    verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books serve cases without a date")
    verb.add_argument("--format", choices=("table", "jsonl"), default="table", help="how to write (default: table)")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Group every case of every file."""
    from chartcode.cli.cases import BadCases, cases, contents
    from chartcode.cli.shelf import open_shelf, require_books

    shelf = open_shelf()
    require_books(shelf, options.date)
    status = OK
    for path in options.path:
        try:
            found = cases(contents(path), "standard input" if path == "-" else path)
        except BadCases as error:
            say(str(error))
            status = DATA
            continue
        for case in found:
            if isinstance(case, BadCases):
                say(str(case))
                status = DATA
            else:
                status = max(status, _group(case, shelf, options))
    return status


def _group(case: Case, shelf: Shelf, options: argparse.Namespace) -> int:
    """Group one case and write it."""
    from dataclasses import replace

    from chartcode.faults import place
    from chartcode.group.systems import GROUPERS, USUAL, absent
    from chartcode.group.whatif import what_if
    from chartcode.model.case import Case, Finding, Group
    from chartcode.pipeline import Coder

    try:
        books, remarks = Coder(shelf).books(case.chart, options.date or today())
        names = options.system or USUAL
        told = [*case.chart.remarks, *remarks, *(told for name in names if (told := absent(name, case, books)))]
        chart = replace(case.chart, remarks=tuple(dict.fromkeys(told)))
        kept = tuple(entry for entry in case.entries if not isinstance(entry, Finding | Group))
        plain = Case(chart, kept, case.mode, books.versions)
        grouped = plain.plus(group for name in names for group in GROUPERS[name](plain, books))
        shown = what_if(plain, books) if options.what_if else None
    except LookupError as error:
        say(f"{case.chart.id}: {error.args[0]}")
        return DATA
    except Exception as fault:  # noqa: BLE001 - whatever a grouper raises may hold a patient's words
        say(f"{case.chart.id}: it could not be grouped ({place(fault)}); please report it")
        return DATA
    print(_written(grouped, shown, books, options), end="", flush=True)
    return OK


def _written(case: Case, shown: WhatIf | None, books: Books, options: argparse.Namespace) -> str:
    if options.format == "jsonl":
        import json

        from chartcode.model.plain import plain

        whole = plain(case)
        kept = ("id", "setting", "date", "books", "remarks", "groups")
        line: dict[str, Any] = {key: whole[key] for key in kept if key in whole}
        if options.what_if:
            line["what_if"] = _plain(shown) if shown else None
        return json.dumps(line, ensure_ascii=False) + "\n"
    from chartcode.cli.code import terminal
    from chartcode.cli.groups import lines
    from chartcode.report.table import text

    return "".join(text(part, *terminal()) for part in lines(case, shown, books)) + "\n"


def _plain(shown: WhatIf) -> dict[str, Any]:
    """Return what-if as the JSON contract has it."""
    return {
        "version": shown.version,
        **{
            name: {"drg": drg.code, "title": drg.title, "severity": drg.severity, "weight": shown.weight(drg)}
            for name, drg in (("final", shown.final), ("working", shown.working), ("baseline", shown.baseline))
        },
        "rests_on": [str(code) for code in shown.rests_on],
        "codes": [
            {
                "code": str(effect.code),
                "system": effect.code.system,
                "principal": effect.principal,
                "without": effect.drg.code if effect.drg else None,
                "weight": shown.weight(effect.drg),
                "changes": shown.changes(effect),
                "severity": effect.part.severity,
                "excluded": effect.part.excluded,
                "conditions": [c.number for c in effect.part.conditions if c.met],
            }
            for effect in shown.effects
        ],
    }
