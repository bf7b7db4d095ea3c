"""``python -m bench fuzz``: readers on damaged records: no exception but the reader's own, and how long the worst took.

Each record under ``--data`` is damaged at random (``bench.mutations``) and read. A reader may give charts, or refuse
with a sentence; anything else is a fault, printed with the record and the seed that make it again.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from pathlib import Path
from time import perf_counter

from bench import machine
from bench.mutations import mutated
from bench.sets.files import Missing
from chartcode.collect import Unreadable, read

_LARGEST = 200_000
"""Records larger than this are left out: they are slow to read and damage in them is not different."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="a folder of records of any format")
    parser.add_argument("--n", type=int, default=1_000_000, help="how many damaged records (default: a million)")
    parser.add_argument("--seed", type=int, default=0, help="where to begin (default: 0)")
    parser.add_argument("--only", default="", help="only records whose way has this in it")


def samples(folder: Path, only: str = "", largest: int = _LARGEST) -> list[tuple[Path, bytes]]:
    """Return the records of a folder that are not too large.

    Raises:
        Missing: there are none.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and only in p.as_posix())
    found = [(p, p.read_bytes()) for p in files if 0 < p.stat().st_size <= largest]
    if not found:
        raise Missing(f"{folder}: there are no records in it; give the folder of records")
    return found


def main(options: argparse.Namespace) -> int:
    """Damage, read, count."""
    known = samples(options.data, options.only)
    outcome: Counter[str] = Counter()
    worst, began = (0.0, ""), perf_counter()
    for seed in range(options.seed, options.seed + options.n):
        path, data = known[seed % len(known)]
        damaged, start = mutated(data, seed), perf_counter()
        try:
            outcome[_read(damaged)] += 1
        except Exception:  # noqa: BLE001 - whatever it is, is what is looked for
            outcome["FAULT"] += 1
            print(f"{path}, seed {seed}: {traceback.format_exc(limit=-3)}", file=sys.stderr)
        worst = max(worst, (perf_counter() - start, f"{path.name}, seed {seed}"))
    seconds = perf_counter() - began
    print(f"{machine.describe()}\n{len(known)} records, {options.n} damaged readings, {seconds:.0f} s")
    print(", ".join(f"{name}: {count}" for name, count in outcome.most_common()))
    print(f"the slowest took {worst[0]:.2f} s ({worst[1]})")
    return int(outcome["FAULT"] > 0)


def _read(data: bytes) -> str:
    refused = given = 0
    for one in read(data):
        refused += isinstance(one, Unreadable)
        given += not isinstance(one, Unreadable)
    return "charts and refusals" if given and refused else "charts" if given else "refused" if refused else "NOTHING"
