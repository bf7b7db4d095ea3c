"""``python -m bench books``: the books against the publishers' own files, and what they cost to install and open.

Each part is a module of ``bench/book_figures`` with ``figures(data, home)``; one that finds no files says so.
"""

from __future__ import annotations

import argparse
import importlib
import tempfile
from pathlib import Path

from bench import machine
from bench.book_figures import PARTS, Figure
from bench.sets.files import Missing
from bench.tables import table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="the folder that holds codesets/")
    parser.add_argument("--part", choices=PARTS, nargs="+", default=list(PARTS), help="default: all")
    parser.add_argument(
        "--home", type=Path, help="a home with releases, to be opened (default: one made for the bench)"
    )


def main(options: argparse.Namespace) -> int:
    """Print the figures part by part; 1 if one misses what is asked."""
    print(machine.describe())
    missed = 0
    with tempfile.TemporaryDirectory(prefix="chartcode-bench-") as scratch:
        home = options.home or Path(scratch)
        for name in options.part:
            part = importlib.import_module(f"bench.book_figures.{name}")
            print(f"\n## {name}\n")
            try:
                found: list[Figure] = list(part.figures(options.data / "codesets", home))
            except Missing as missing:
                print(f"not measured: {missing}")
                continue
            print(table(("figure", "asked", "reached", "met"), [f.row() for f in found]))
            missed += sum(not f.met for f in found)
    return int(bool(missed))
