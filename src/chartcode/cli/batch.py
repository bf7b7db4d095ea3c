"""``chartcode batch``: charts in, a store of their codes, findings and groups out, for reports."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from chartcode.cli.options import DATA, JOBS, OK, add_encounter, between, say, today
from chartcode.cli.sources import add_sources, sources
from chartcode.model.case import BILLING, MODES


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
    from chartcode.cli.coding import Task, parts
    from chartcode.cli.shelf import open_shelf, require_books
    from chartcode.report.rows import Rows

    shelf = open_shelf()
    require_books(shelf, options.date)
    task = Task(options.mode, options.date or today(), Rows(), counted=True)
    status, coded = OK, 0
    with Store(Path(options.output)) as store:
        for part in parts(sources(options), task, shelf, options.jobs):
            if part.complaint:
                say(part.complaint)
                status = DATA
                continue
            store.add(json.loads(part.text))
            coded += 1
    say(f"{coded:,} cases in {store.files['cases']}")
    return status
