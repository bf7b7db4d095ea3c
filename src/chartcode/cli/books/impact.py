"""``chartcode books impact``: what a release changes for one's own charts, templates and catalogues."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, USAGE, say
from chartcode.model.case import BILLING, MODES

if TYPE_CHECKING:
    from chartcode.impact import Effect, Stale
    from chartcode.model.case import Case
    from chartcode.model.chart import Chart

TABLE, JSONL = "table", "jsonl"
_NAMED = 5
"""Charts that are named beside a change; the others are counted."""


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "impact",
        help="show what a release changes for your charts",
        description="Code charts, or check saved cases, under two releases, and report which codes, rules and groups "
        "change; and which codes in templates and catalogues are not reportable any more.",
    )
    verb.add_argument(
        "--charts", nargs="+", default=[], metavar="PATH", help="charts, folders of charts, or JSON of 'chartcode code'"
    )
    verb.add_argument(
        "--templates",
        nargs="+",
        default=[],
        type=Path,
        metavar="PATH",
        help="texts, tables or workbooks that name codes",
    )
    verb.add_argument("--from", dest="one", required=True, metavar="R1", help="a release or day, such as FY2026")
    verb.add_argument("--to", dest="other", required=True, metavar="R2", help="the release that comes, such as FY2027")
    verb.add_argument("--mode", choices=MODES, default=BILLING, help="as for 'chartcode code' (default: billing)")
    verb.add_argument("--format", choices=(TABLE, JSONL), default=TABLE, help="jsonl: a chart or stale code a line")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, and print the report."""
    from chartcode.books.difference import first_day
    from chartcode.cli.shelf import open_shelf
    from chartcode.impact import effects

    if not (options.charts or options.templates):
        say("name what the release may change: --charts PATH, --templates PATH, or both")
        return USAGE
    try:
        one, other = first_day(options.one), first_day(options.other)
    except ValueError as fault:
        say(str(fault))
        return USAGE
    shelf = open_shelf()
    complaints: list[str] = []
    try:
        found = list(effects(_sources(options.charts, complaints), shelf, one, other, options.mode))
        codes = list(_stale(options.templates, complaints, shelf, one, other))
    except LookupError as fault:
        say(str(fault.args[0]))
        return DATA
    for complaint in complaints:
        say(complaint)
    if options.format == JSONL:
        _lines(found, codes)
    else:
        print(f"from {options.one} ({one}) to {options.other} ({other})")
        if options.charts:
            _report(found)
        if options.templates:
            _report_stale(codes)
    return DATA if complaints else OK


def _sources(paths: list[str], complaints: list[str]) -> Iterator[Chart | Case]:
    """Yield the charts and saved cases of files and folders; what cannot be read becomes a complaint."""
    from chartcode.cli.cases import BadCases, cases, contents, is_json
    from chartcode.collect import Unreadable, read

    for path in _files(paths):
        try:
            text = contents(path) if path.endswith((".json", ".jsonl", ".ndjson")) else ""
        except BadCases as fault:
            complaints.append(str(fault))
            continue
        if is_json(text) and '"diagnoses"' in text:
            for case in cases(text, path):
                if isinstance(case, BadCases):
                    complaints.append(str(case))
                else:
                    yield case
            continue
        for chart in read(path):
            if isinstance(chart, Unreadable):
                complaints.append(str(chart))
            else:
                yield chart


def _files(paths: list[str]) -> Iterator[str]:
    for path in paths:
        if Path(path).is_dir():
            inside = (p for p in Path(path).rglob("*") if p.is_file() and not p.name.startswith("."))
            yield from (str(p) for p in sorted(inside))
        else:
            yield path


def _stale(paths: list[Path], complaints: list[str], *days: object) -> Iterator[tuple[str, Stale]]:
    """Yield the stale codes of templates and catalogues with the name of the file."""
    from chartcode.books.build.sheets import WORKBOOK, sheet
    from chartcode.books.files import Files, Unsuitable
    from chartcode.impact import stale

    for path in paths:
        try:
            files = Files.of(path)
            for name in files.names:
                if name in files.matching(WORKBOOK):
                    text = "\n".join("\t".join(row) for row in sheet(files, name))
                else:
                    text = files.text(name)
                yield from ((files.full(name), found) for found in stale(text, *days))  # type: ignore[arg-type]
        except Unsuitable as fault:
            complaints.append(str(fault))


def _report(found: list[Effect]) -> None:
    changed = [effect for effect in found if effect]
    print(f"{len(changed)} of {len(found)} charts change")
    codes, rules, groups = defaultdict(list), defaultdict(list), defaultdict(list)
    for effect in changed:
        for before, after in effect.codes:
            codes[f"{before or 'nothing'} -> {after or 'nothing'}"].append(effect.chart)
        for rule, more in effect.rules:
            rules[f"{rule} {more:+}"].append(effect.chart)
        for system, before, after in effect.groups:
            groups[f"{system} {before or 'none'} -> {after or 'none'}"].append(effect.chart)
    for heading, table in (("codes", codes), ("rules", rules), ("groups", groups)):
        if table:
            print(heading)
        for what, charts in sorted(table.items(), key=lambda item: (-len(item[1]), item[0])):
            others = f" and {len(charts) - _NAMED} more" if len(charts) > _NAMED else ""
            print(f"  {what:<32}  {len(charts)} chart{'s' * (len(charts) > 1)}: {', '.join(charts[:_NAMED])}{others}")


def _report_stale(codes: list[tuple[str, Stale]]) -> None:
    print(f"{len(codes)} codes in templates and catalogues are not reportable any more")
    for name, found in codes:
        instead = f"now {', '.join(found.instead)}" if found.instead else "nothing in its place"
        print(f"  {name}:{found.line}  {found.code}  {instead}")


def _lines(found: list[Effect], codes: list[tuple[str, Stale]]) -> None:
    for effect in found:
        tree = {"chart": effect.chart, "codes": effect.codes, "rules": dict(effect.rules), "groups": effect.groups}
        print(json.dumps(tree, ensure_ascii=False))
    for name, one in codes:
        print(json.dumps({"file": name, "line": one.line, "code": one.code, "instead": one.instead}))
