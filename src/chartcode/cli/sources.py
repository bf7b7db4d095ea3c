"""Where the charts of a verb come from: its PATHs, read one by one or put together by folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chartcode.collect import Unreadable
    from chartcode.collect.table_columns import Columns
    from chartcode.model.chart import Chart


def add_sources(verb: argparse.ArgumentParser) -> None:
    """Add the PATHs and the options that say how files become charts."""
    verb.add_argument(
        "path",
        nargs="+",
        metavar="PATH",
        help="a record of any format that is read, a folder of them, or - for standard input",
    )
    verb.add_argument(
        "--together",
        action="store_true",
        help="the files of one folder are the documents of one chart, named after the folder",
    )
    verb.add_argument(
        "--map",
        type=columns,
        metavar="FIELD=COLUMN,...",
        help="what the columns of a table hold, such as text=note_text,id=csn; or a TOML file of such lines",
    )

    verb.add_argument(
        "--rejects",
        metavar="FILE",
        help="write what cannot be read, with place and reason, one JSON object a line",
    )


def columns(written: str) -> Columns:
    """Read a map of columns from the command line."""
    from chartcode.collect.table_columns import BadMap, read_map

    try:
        return read_map(written)
    except BadMap as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def sources(options: argparse.Namespace) -> Iterator[Chart | Unreadable]:
    """Yield the charts of the PATHs, and an ``Unreadable`` in the place of each that gives none, which is also kept."""
    from chartcode.cli.rejects import keeping

    return keeping(_sources(options), options.rejects)


def _sources(options: argparse.Namespace) -> Iterator[Chart | Unreadable]:
    from chartcode.collect import read

    said = {"setting": options.setting, "day": options.date, "sex": options.sex, "age": options.age}
    said["columns"] = options.map
    alone = [path for path in options.path if options.together and path != "-" and not Path(path).is_dir()]
    for path in options.path:
        if path not in alone:
            yield from read(path, together=options.together, **said)
    if alone:
        yield from _one(alone, said)


def _one(paths: list[str], said: dict[str, Any]) -> Iterator[Chart | Unreadable]:
    """Yield the one chart of files named singly, behind complaints about those that cannot be read."""
    from chartcode.collect import Unreadable, read
    from chartcode.collect.together import together

    charts: list[Chart] = []
    for path in paths:
        for result in read(path, **said):
            if isinstance(result, Unreadable):
                yield result
            else:
                charts.append(result)
    if charts:
        folders = {Path(path).resolve().parent.name for path in paths}
        yield together(folders.pop() if len(folders) == 1 and len(charts) > 1 else charts[0].id, charts)
