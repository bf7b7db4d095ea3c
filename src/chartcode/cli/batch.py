"""``chartcode batch``: charts in, a store of their codes, findings and groups out, for reports."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, JOBS, OK, add_encounter, between, say, today
from chartcode.cli.sources import add_sources, sources
from chartcode.model.case import BILLING, MODES

if TYPE_CHECKING:
    from chartcode.books import Shelf
    from chartcode.cli.coding import Part
    from chartcode.model.case import Decision


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "batch",
        help="code many charts into a store for reports",
        description="Code many charts and keep what 'chartcode report' counts: OUT.parquet (a row a case), and beside"
        " it OUT.lines.parquet (a row a code) and OUT.findings.parquet. No word of a record is kept.",
    )
    add_sources(verb)
    verb.add_argument("--mode", choices=MODES, default=BILLING, help="as for 'chartcode code' (default: billing)")
    add_encounter(verb)
    verb.add_argument(
        "--decisions",
        metavar="FILE",
        help="what people decided about the charts (CSV: case, act, about, who, on, why); it outranks the engines",
    )
    verb.add_argument(
        "--coded",
        action="store_true",
        help="the PATHs are cases that were coded before, as 'chartcode check' takes them, and are counted as they are",
    )
    verb.add_argument("--jobs", type=between(1, JOBS), default=1, metavar="N", help="processes (default: 1)")
    verb.add_argument("-o", "--output", metavar="OUT.parquet", required=True, help="where the store is to be")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Code the charts and write the store, which appears only when it is whole."""
    try:
        from chartcode.batch.store import Store
    except ImportError:
        say("a store needs pyarrow: pip install 'chartcode[reports]'")
        return DATA
    from chartcode.cli.shelf import open_shelf, require_books

    decisions = _decisions(options)
    if decisions is None:
        return DATA
    shelf = open_shelf()
    require_books(shelf, options.date)
    status, coded, told = OK, 0, set(decisions)
    with Store(Path(options.output)) as store:
        for part in _counted(options, shelf) if options.coded else _coded(options, shelf, decisions):
            if part.complaint:
                say(part.complaint)
                status = DATA
                continue
            rows = json.loads(part.text)
            told.discard(rows["cases"][0]["case_id"])
            store.add(rows)
            coded += 1
    if told:
        say(f"{options.decisions}: decisions about {len(told):,} cases that did not come")
        status = DATA
    say(f"{coded:,} cases in {store.files['cases']}")
    return status


def _decisions(options: argparse.Namespace) -> dict[str, tuple[Decision, ...]] | None:
    """Return people's decisions by case, or None after saying why they cannot be read."""
    from chartcode.collect.decisions import BadDecisions, decisions
    from chartcode.model.ledger import OVERRIDE
    from chartcode.validate import catalogue

    if options.decisions is None:
        return {}
    if options.coded:
        say("--decisions are for charts; cases that were coded before (--coded) hold their own")
        return None
    try:
        with Path(options.decisions).open(encoding="utf-8-sig", newline="") as lines:
            found = decisions(lines)
    except UnicodeDecodeError:
        say(f"{options.decisions}: the file is not UTF-8 text; save it as UTF-8")
        return None
    except BadDecisions as fault:
        say(f"{options.decisions}: {fault}")
        return None
    known = {rule.id for rule in catalogue()}
    unknown = {d.about for own in found.values() for d in own if d.act == OVERRIDE and d.about not in known}
    for rule in sorted(unknown):
        say(f"{options.decisions}: there is no rule {rule!r}; 'chartcode rules list' shows them all")
    return None if unknown else found


def _coded(options: argparse.Namespace, shelf: Shelf, decisions: dict[str, tuple[Decision, ...]]) -> Iterator[Part]:
    from chartcode.cli.coding import Task, parts
    from chartcode.report.rows import Rows

    task = Task(options.mode, options.date or today(), Rows(), counted=True, decisions=decisions)
    return parts(sources(options), task, shelf, options.jobs)


def _counted(options: argparse.Namespace, shelf: Shelf) -> Iterator[Part]:
    """Yield the rows of cases that were coded before, each as its ledger has it."""
    from chartcode.cli.cases import BadCases, cases, contents
    from chartcode.cli.coding import Part
    from chartcode.pipeline import StepFailed, recount
    from chartcode.report.rows import Rows

    for path in options.path:
        try:
            found = cases(contents(path), "standard input" if path == "-" else path)
        except BadCases as fault:
            yield Part(complaint=str(fault))
            continue
        for case in found:
            if isinstance(case, BadCases):
                yield Part(complaint=str(case))
                continue
            try:
                yield Part(Rows().case(recount(case, shelf, options.date or today())))
            except (LookupError, StepFailed) as fault:
                yield Part(complaint=f"{case.chart.id}: {fault.args[0]}")
