"""``chartcode deidentify``: records in, the same records without the identifiers that are found, facts in place."""

from __future__ import annotations

import argparse
import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, USAGE, add_encounter, say
from chartcode.cli.sources import add_sources, sources

if TYPE_CHECKING:
    from chartcode.model.chart import Chart

CHARTS = "charts.jsonl"
RANDOM = 32


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "deidentify",
        help="take identifiers out of records",
        description="Replace names, places, numbers and ages over 89, move dates, and keep the facts where they stand. "
        "What is found by patterns and lists is not all that there may be: read the result before it leaves the house.",
    )
    add_sources(verb)
    add_encounter(verb)
    verb.add_argument(
        "--key",
        metavar="FILE",
        help="a file with a secret of 16 bytes or more: the same secret moves a patient's dates by the same days in "
        "every run (default: a random secret, used once and not kept)",
    )
    verb.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="a person's name that is in the records; may be given again",
    )
    verb.add_argument("-o", "--output", metavar="DIR", required=True, help="the folder to write to, made if absent")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the charts and their documents, and say what was replaced."""
    from chartcode.collect import Unreadable
    from chartcode.deidentify import deidentify
    from chartcode.deidentify.lists import MissingLists
    from chartcode.report.chart_jsonl import ChartLines

    key, folder = _key(options), _folder(options.output)
    if key is None or folder is None:
        return USAGE
    status, counts, done = OK, Counter[str](), 0
    with (folder / f".{CHARTS}.part").open("w", encoding="utf-8", newline="\n") as stream:
        for result in sources(options):
            if isinstance(result, Unreadable):
                say(str(result))
                status = DATA
                continue
            try:
                clean = deidentify(result, key, options.name)
            except MissingLists as missing:
                say(str(missing))
                return DATA
            counts.update(clean.counts)
            done += 1
            stream.write(ChartLines().chart(clean.chart))
            for name, text in _texts(clean.chart):
                (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / f".{CHARTS}.part").replace(folder / CHARTS)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.most_common()) or "nothing"
    print(f"{done} charts; replaced: {told}")
    print("Patterns and lists miss some identifiers: read the result before it leaves the house.")
    return status


def _key(options: argparse.Namespace) -> bytes | None:
    """Return the secret, or None after saying why there is none."""
    from chartcode.deidentify.charts import LEAST

    if options.key is None:
        return secrets.token_bytes(RANDOM)
    try:
        key = Path(options.key).read_bytes().strip()
    except OSError as error:
        say(f"argument --key: {options.key}: {(error.strerror or 'it cannot be read').lower()}")
        return None
    if len(key) < LEAST:
        say(f"argument --key: {options.key}: shorter than {LEAST} bytes; a secret is longer")
        return None
    return key


def _folder(name: str) -> Path | None:
    """Return the folder to write to, or None after saying why not; what is in it is never overwritten."""
    folder = Path(name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        say(f"argument -o: {name}: not an empty folder; name one that is empty or not there yet")
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _texts(chart: Chart) -> Iterator[tuple[str, str]]:
    """Yield the name and text of a file for each document."""
    if len(chart.documents) == 1:
        yield f"{chart.id}.txt", chart.documents[0].text
        return
    for document in chart.documents:
        yield f"{chart.id}-{document.id}.txt", document.text
