"""``chartcode demo``: the year of a practice that does not exist, coded by the real engines, and its reports."""

from __future__ import annotations

import argparse
import csv
import json
import os
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, JOBS, OK, between, say

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice
    from chartcode.demo import Event

ENCOUNTERS = 5_000
FEWEST, MOST = 20, 200_000
_NOTES = 40
"""Notes that are kept for reading; the others are coded and forgotten."""
Told = Callable[[str, int, int], None]


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "demo",
        help="make, code and report on the year of an invented practice",
        description="Invent a year of a small hospital, its emergency department and two clinics, code it, and open the"
        " reports. Problems are planted for the reports to find. Writes to DIR: demo.parquet (the codes),"
        " accounts.csv, fees.csv, practice.toml, remit (what payers answered), notes (some of the charts' notes) and"
        " report (the pages).",
    )
    verb.add_argument(
        "-o", "--output", metavar="DIR", default="chartcode-demo", help="folder (default: chartcode-demo)"
    )
    verb.add_argument("--no-open", action="store_true", help="do not open the reports in the browser")
    verb.add_argument(
        "--encounters",
        type=between(FEWEST, MOST),
        default=ENCOUNTERS,
        metavar="N",
        help=f"encounters of the year (default: {ENCOUNTERS:,}); the planted problems show from about 600 on",
    )
    verb.add_argument("--jobs", type=between(1, JOBS), metavar="N", help="processes (default: one a processor)")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the practice, code it, write the reports and open them."""
    try:
        from chartcode.analysis.practice import Beside, Practice
        from chartcode.analysis.site import write_site
        from chartcode.batch.store import Store  # noqa: F401 - asked here, so that nothing is coded in vain
    except ImportError:
        say("the demo needs what reports need: pip install 'chartcode[reports]'")
        return DATA
    from chartcode.cli.shelf import bar
    from chartcode.demo import year

    begun, folder = monotonic(), Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    events = tuple(year(options.encounters))
    jobs = options.jobs or min(JOBS, os.cpu_count() or 1)
    _keep(events, folder)
    with bar() as told:
        store, status = _code(events, folder / "demo.parquet", jobs, told)
        beside = Beside((folder / "remit",), folder / "fees.csv", folder / "practice.toml")
        practice = Practice.open(store, folder / "accounts.csv", beside=beside)
        index = write_site(practice, folder / "report", told=lambda _, n, of: told("writing the reports", n + 1, of))
    print(f"{len(events):,} encounters coded and reported in {monotonic() - begun:.0f} seconds; processes: {jobs}.")
    _tell(practice)
    print(f"The reports begin at {index}; some of the notes are in {folder / 'notes'}.")
    if not options.no_open:
        webbrowser.open(index.resolve().as_uri())
    return status


def _keep(events: Sequence[Event], folder: Path) -> None:
    """Write what stands beside the charts: accounts, fees, the payers' mail; and the notes of some for reading."""
    from chartcode.demo import accounts, fees_csv, mail, practice_toml
    from chartcode.demo.notes import texts

    billed = [(event, accounts(event)) for event in events]
    rows = [account.row() for _, account in billed]
    with (folder / "accounts.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    (folder / "fees.csv").write_text(fees_csv(), encoding="utf-8")
    (folder / "practice.toml").write_text(practice_toml(), encoding="utf-8")
    remit = folder / "remit"
    remit.mkdir(exist_ok=True)
    for name, text in mail(billed):
        (remit / name).write_text(text, encoding="ascii")
    notes = folder / "notes"
    notes.mkdir(exist_ok=True)
    for event in events[:: max(1, len(events) // _NOTES)][:_NOTES]:
        for name, text in texts(event).items():
            (notes / f"{name}.txt").write_text(text + "\n", encoding="utf-8")


def _code(events: Sequence[Event], out: Path, jobs: int, told: Told) -> tuple[Path, int]:
    """Code the charts of the encounters into a store; return its place and the exit status."""
    from chartcode.batch.store import Store
    from chartcode.cli.coding import Task, parts
    from chartcode.cli.shelf import open_shelf
    from chartcode.demo import LAST, chart
    from chartcode.demo.decisions import decided
    from chartcode.model.case import BILLING
    from chartcode.report.rows import Rows

    people = {event.id: own for event in events if (own := decided(event))}
    status, task = OK, Task(BILLING, LAST, Rows(), counted=True, decisions=people)
    with Store(out) as store:
        charts = (chart(event) for event in events)
        for number, part in enumerate(parts(charts, task, open_shelf(), jobs), start=1):
            told("coding the charts", number, len(events))
            if part.complaint:
                say(part.complaint)
                status = DATA
            else:
                store.add(json.loads(part.text))
    return store.files["cases"], status


def _tell(practice: Practice) -> None:
    """Say what was planted, and what the reports found of it."""
    from chartcode.analysis.measure import measures
    from chartcode.demo.planted import PLANTED

    by_id = {measure.id: measure for measure in measures()}
    for problem in PLANTED:
        print(f"\nPlanted: {problem.told}.")
        for name in problem.measures:
            found = [s for s in practice.answer(by_id[name]).signals if problem.shows(s)]
            print(f"  {name}: {'; '.join(found) or 'not found; too few encounters'}")
    print()
