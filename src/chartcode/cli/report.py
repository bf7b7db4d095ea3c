"""``chartcode report``: a store of coded cases in, billing, compliance, quality and trends out."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from chartcode.cli.options import DATA, OK, day, say


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "report",
        help="report on many coded cases",
        description="Report on a store that 'chartcode batch' wrote: a site of pages that need no network, with every"
        " measure's definition, its picture, its table as CSV, Excel and Parquet, and the cases behind each number.",
    )
    verb.add_argument(
        "what",
        choices=("all", "billing", "compliance", "quality", "trends", "list"),
        help="which pages; list names the measures",
    )
    verb.add_argument(
        "store", nargs="?", default="cases.parquet", metavar="STORE.parquet", help="the store (default: cases.parquet)"
    )
    verb.add_argument("-o", "--output", default="report", metavar="DIR", help="folder of the site (default: report)")
    verb.add_argument(
        "--accounts", metavar="FILE", help="CSV or Parquet with the cases' charges, days, payments and denials"
    )
    verb.add_argument(
        "--remit",
        action="append",
        default=[],
        metavar="PATH",
        help="X12 files, or folders of them: remittances (835), claim statuses (277), claims as sent (837), tied to the"
        " cases; may be repeated",
    )
    verb.add_argument(
        "--fees",
        metavar="FILE",
        help="a table of fees of your own: code or revenue code, with charge, allowed amount or relative values",
    )
    verb.add_argument(
        "--practice", metavar="FILE.toml", help="the practice file: its prices, and the taxonomies of its providers"
    )
    verb.add_argument("--from", dest="first", type=day, metavar="DAY", help="first day that is counted")
    verb.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day that is counted")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the site, or name the measures."""
    if options.what == "list":
        from chartcode.analysis.measure import measures

        for measure in measures():
            print(f"{measure.id:32} {measure.title}")
        return OK
    try:
        from chartcode.analysis.measure import SECTIONS
        from chartcode.analysis.practice import Beside, NoStore, Period, Practice
        from chartcode.analysis.site import write_site
        from chartcode.books.home import home_folder
    except ImportError:
        say("reports need DuckDB, PyArrow, Matplotlib and openpyxl: pip install 'chartcode[reports]'")
        return DATA
    first: date | None = options.first
    last: date | None = options.last
    if first and last and first > last:
        say(f"--from {first} lies after --to {last}: no day is left to count")
        return DATA
    accounts = Path(options.accounts) if options.accounts else None
    try:
        fees, file = (Path(name) if name else None for name in (options.fees, options.practice))
        beside = Beside(tuple(map(Path, options.remit)), fees, file, home_folder() / "books")
        practice = Practice.open(Path(options.store), accounts, Period(first, last), beside)
    except NoStore as fault:
        say(str(fault))
        return DATA
    for note in practice.notes:
        say(note)
    index = write_site(practice, Path(options.output), SECTIONS if options.what == "all" else (options.what,))
    say(f"{index}")
    return OK
