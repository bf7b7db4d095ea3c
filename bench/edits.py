"""NCCI's edits in our book beside the rows of CMS's files, and what a look-up costs."""

from __future__ import annotations

import csv
import gzip
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from bench import machine
from bench.figure import Figure
from bench.sets.files import Missing
from chartcode.books import Shelf
from chartcode.books.ncci import Edit

QUARTER = "2024Q3"
EDITED = date(2024, 7, 15)
"""A day of the quarter whose edits the shared data folder holds."""
SAMPLE = 10_000


def with_edits(data: Path, home: Path) -> tuple[Shelf, float]:
    """Return a shelf with the edits of the shared data folder installed, and the seconds that this took."""
    from chartcode.books.build import addon, mue, ncci_ptp, pfs
    from chartcode.books.files import Files, Wish

    shutil.copytree(Shelf.open().folder, home / "books")
    folder = data / "codesets" / "ncci" / QUARTER
    began = perf_counter()
    for build, system, found in (
        (ncci_ptp.build, "ncci-ptp", folder.glob("ptp_*")),
        (mue.build, "mue", folder.glob("mue_*")),
        (addon.build, "addon", folder.glob("add_on*")),
        (pfs.build, "pfs", (data / "codesets" / "pfs").glob("pprrvu_2024_last*")),
    ):
        with tempfile.TemporaryDirectory() as given:
            for path in found:
                shutil.copy(path, given)
            into = home / "books" / system / f"{QUARTER}.sqlite"
            into.parent.mkdir(exist_ok=True)
            into.unlink(missing_ok=True)
            build(Files.of(Path(given)), into, Wish(release=QUARTER), lambda *_: None)
    return Shelf.open(home), perf_counter() - began


def look_ups(data: Path, shelf: Shelf, seed: int, installing: float) -> Iterable[Figure]:
    """Yield how the book of pairs and units agrees with the rows of the files, and what a look-up costs."""
    chance = random.Random(seed)  # noqa: S311 - as above
    folder = data / "codesets" / "ncci" / QUARTER
    pairs = shelf.at(EDITED).ncci.pairs
    if pairs is None:
        raise Missing(f"{folder}: the edits were not installed")
    rows, known = pair_rows(folder, chance)
    seconds = min(_looking(shelf, rows) for _ in range(3))  # the least disturbed of three, each with nothing read yet
    wrong = sum(not _same(row, pairs.history(row[1], row[2], row[0])) for row in rows)
    yield Figure("installing NCCI pairs, units, add-ons and the fee schedule: s", f"{installing:.1f}")
    yield Figure(
        f"{len(rows):,} sampled rows of pairs: exactly the edit of the row", str(len(rows) - wrong), "all", not wrong
    )
    strangers = non_pairs(known, chance)
    false = sum(bool(pairs.history(a, b, setting)) for setting, a, b in strangers)
    yield Figure(f"{len(strangers):,} random non-pairs: no edit", str(len(strangers) - false), "all", not false)
    a_pair = seconds / len(rows) * 1e6
    yield Figure("look-up of a pair, none seen before: microseconds", f"{a_pair:.1f}", "under 20", a_pair < 20)
    grown = memory(shelf.folder.parent, rows)
    size = (shelf.folder / "ncci-ptp" / f"{QUARTER}.sqlite").stat().st_size / 1e6
    yield Figure(
        "peak memory of a process that opens the shelf and looks them up: MB", f"{grown:.0f}", "under 150", grown < 150
    )
    yield Figure("the book of pairs on disk: MB", f"{size:.0f}")
    yield units(folder, shelf)


_LOOKING = """
import resource, sys
from datetime import date
from functools import partial
from pathlib import Path
from chartcode.books import Shelf
pairs = Shelf.open(Path(sys.argv[1])).at(date.fromisoformat(sys.argv[2])).ncci.pairs
for line in sys.stdin:
    setting, column1, column2 = line.split()
    pairs.edit(column1, column2, setting, date.fromisoformat(sys.argv[2]))
status = Path("/proc/self/status")  # Linux carries ru_maxrss over from the parent that started the process
held = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
print(int(held[0].split()[1]) if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory(home: Path, rows: Sequence[Row]) -> float:
    """Return the peak memory in MB of a fresh process that does nothing but look the rows up."""
    asked = "".join(f"{row[0]} {row[1]} {row[2]}\n" for row in rows)
    command = [sys.executable, "-c", _LOOKING, str(home), EDITED.isoformat()]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return machine.peak_mb(int(done.stdout))


def _looking(shelf: Shelf, rows: Sequence[Row]) -> float:
    """Return the seconds of looking the rows up in a book that was just opened."""
    from chartcode.books import installed
    from chartcode.books.ncci import Pairs

    release = shelf.release("ncci-ptp", EDITED)
    if release is None:
        raise Missing("the edits were not installed")
    book = Pairs(installed.opened(release))
    began = process_time()
    for row in rows:
        book.edit(row[1], row[2], row[0], EDITED)
    return process_time() - began


Row = tuple[str, str, str, str, str, str]
"""Setting, column 1, column 2, last day ('' if open), modifier indicator, rationale."""


def pair_rows(folder: Path, chance: random.Random) -> tuple[list[Row], set[tuple[str, str, str]]]:
    """Return a sample of the files' rows, and all their pairs as (setting, column 1, column 2)."""
    rows: list[Row] = []
    known: set[tuple[str, str, str]] = set()
    for setting, name in (("practitioner", "ptp_prac"), ("hospital", "ptp_out")):
        own: list[Row] = []
        with gzip.open(next(folder.glob(f"{name}*")), "rt", encoding="utf-8") as lines:
            next(lines)
            for seen, line in enumerate(lines):
                col1, col2, last, modifier, why = line.rstrip("\n").split(",", 4)
                known.add((setting, sys.intern(col1), sys.intern(col2)))
                row = (setting, col1, col2, "" if last.startswith("9999") else last, modifier, why.strip('"'))
                if len(own) < SAMPLE // 2:
                    own.append(row)
                elif (at := chance.randint(0, seen)) < SAMPLE // 2:
                    own[at] = row
        rows += own
    chance.shuffle(rows)
    return rows, known


def non_pairs(known: set[tuple[str, str, str]], chance: random.Random) -> list[tuple[str, str, str]]:
    """Return as many pairs of the files' own codes that the files do not join."""
    first = sorted({col1 for _, col1, _ in known})
    second = sorted({col2 for _, _, col2 in known})
    found: list[tuple[str, str, str]] = []
    while len(found) < SAMPLE:
        pair = (chance.choice(("practitioner", "hospital")), chance.choice(first), chance.choice(second))
        if pair not in known:
            found.append(pair)
    return found


def _same(row: Row, history: Iterable[Edit]) -> bool:
    return any((e.last.isoformat() if e.last else "", e.modifier, e.rationale) == row[3:] for e in history)


def units(folder: Path, shelf: Shelf) -> Figure:
    """Return how many rows of the tables of units the book answers exactly."""
    book = shelf.at(EDITED).ncci.units
    total = right = 0
    for setting, name in (("practitioner", "mue_prac"), ("hospital", "mue_out"), ("dme", "mue_dme")):
        with next(folder.glob(f"{name}*")).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                limit = book.limit(row["hcpcs_code"], setting) if book else None
                total += 1
                right += limit is not None and (str(limit.units), str(limit.indicator), limit.rationale) == (
                    row["mue_units"],
                    row["mue_mai"],
                    row["mue_rationale"],
                )
    return Figure(
        f"{total:,} rows of units in three tables: exactly the limit of the row", str(right), "all", right == total
    )
