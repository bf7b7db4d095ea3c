"""``python -m bench speed``: start-up, notes a second on one core, peak memory, first compile.

Everything is measured from the shell, as a user has it; only the last line is measured within one process, after
loading, to tell the time for the notes from the time for the start.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bench import machine
from bench.processes import Spent, chartcode, spent
from bench.sets.files import Missing
from bench.tables import table
from bench.texts import texts

DAY = "2026-05-01"
_NOTE = 3000  # characters of the note with which the start is measured: "one 3 kB note"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="notes: a .jsonl(.gz) file or a folder of .txt files")
    parser.add_argument("--notes", type=int, default=1000, help="how many notes in one call (default: 1000)")
    parser.add_argument(
        "--example", type=Path, help="the note for start-up (default: the one nearest to 3,000 characters)"
    )
    parser.add_argument("--runs", type=int, default=5, help="how often the start is measured (default: 5)")
    parser.add_argument("--mode", default="billing", help="billing (default) or mentions")
    parser.add_argument("--date", default=DAY, help=f"whose books to use (default: {DAY})")


def main(options: argparse.Namespace) -> int:
    """Measure and print."""
    notes = spread(texts(options.data), options.notes)
    described, bound = machine.describe(), machine.one_core()
    with tempfile.TemporaryDirectory(prefix="chartcode-bench-") as name:
        room = Path(name)
        usual = min(notes, key=lambda note: abs(len(note[1]) - _NOTE))
        example = options.example or _write(room / "one", [usual]) / "000000.txt"
        folder = _write(room / "many", notes)
        environment = {"CHARTCODE_HOME": str(room / "home"), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        call = [chartcode(), "code", "--mode", options.mode, "--date", options.date, "--format", "jsonl"]
        one = [*call, str(example), "-o", str(room / "one.jsonl")]
        first = _checked(spent(one, environment))
        starts = [_checked(spent(one, environment)) for _ in range(options.runs)]
        whole = [*call, "--jobs", "1", str(folder), "-o", str(room / "many.jsonl")]
        many = _checked(spent(whole, environment), some_refused=True)
        size = sum(path.stat().st_size for path in (room / "home").rglob("*") if path.is_file()) / 1e6
    load, seconds, steps = _inside(notes, options.mode, date.fromisoformat(options.date))
    print(f"{described}; {bound}\n")
    print(_details(first, starts, many, len(notes)))
    print(f"\nInside one process: loading and the first note {load:.2f} s; then {_per_note(seconds)}")
    print(f"\n{steps}\n")
    print(f"Books compiled under CHARTCODE_HOME: {size:.0f} MB\n")
    print(_row(first, starts, many, seconds))
    return 0


def spread(notes: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """Return so many notes, evenly from the whole: files of notes are often sorted by specialty."""
    if len(notes) <= count:
        return list(notes)
    return [notes[at * len(notes) // count] for at in range(count)]


def _write(folder: Path, notes: Sequence[tuple[str, str]]) -> Path:
    folder.mkdir()
    for at, (_, words) in enumerate(notes):
        (folder / f"{at:06}.txt").write_bytes(words.encode("utf-8"))
    return folder


def _checked(cost: Spent, some_refused: bool = False) -> Spent:
    """Refuse a figure of a call that failed; status 1 is right where a note among many is empty."""
    if cost.status and not (some_refused and cost.status == 1 and "Traceback" not in cost.errors):
        raise Missing(f"chartcode code ended with status {cost.status}: {cost.errors.strip()[-300:]}")
    return cost


def _inside(notes: Sequence[tuple[str, str]], mode: str, day: date) -> tuple[float, list[float], str]:
    """Return the wall seconds for loading with the first note, the processor seconds of each note, and by step."""
    began = perf_counter()
    from bench.clock import Clock
    from bench.running import coder, runs
    from chartcode.cli.coding import calm

    clock = Clock()
    code = coder(mode, clock)
    list(runs([("first", notes[0][1], None)], code, day))
    load = perf_counter() - began
    calm()  # as the command does before a folder of notes
    clock.reset()
    each = [run.seconds for run in runs(((name, words, None) for name, words in notes if words.strip()), code, day)]
    return load, each, clock.report(len(each), sum(each))


def _per_note(seconds: Sequence[float]) -> str:
    slow = quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]
    return (
        f"{len(seconds) / sum(seconds):.0f} notes a second (median {median(seconds) * 1000:.1f} ms, "
        f"99th percentile {slow * 1000:.1f} ms, slowest {max(seconds) * 1000:.0f} ms)"
    )


def _details(first: Spent, starts: Sequence[Spent], many: Spent, count: int) -> str:
    walls = [s.wall for s in starts]
    return table(
        ("from the shell", "wall s", "processor s", "peak MB"),
        [
            (
                "first call in a fresh home (compiles the books)",
                f"{first.wall:.2f}",
                f"{first.cpu:.2f}",
                f"{first.peak:.0f}",
            ),
            (
                f"one note, best of {len(walls)}",
                f"{min(walls):.2f}",
                f"{min(s.cpu for s in starts):.2f}",
                f"{max(s.peak for s in starts):.0f}",
            ),
            (f"one note, median of {len(walls)}", f"{median(walls):.2f}", f"{median(s.cpu for s in starts):.2f}", ""),
            (f"{count} notes in one call", f"{many.wall:.2f}", f"{many.cpu:.2f}", f"{many.peak:.0f}"),
        ],
    ) + (
        f"\n\n{count} notes in one call: {count / many.wall:.0f} notes a second of wall time, "
        f"{count / many.cpu:.0f} of processor time, start included"
    )


def _row(first: Spent, starts: Sequence[Spent], many: Spent, seconds: Sequence[float]) -> str:
    """Return the row for ``bench/RESULTS.md``, under its heading."""
    walls = [s.wall for s in starts]
    headings = (
        "measured", "cores", "GB", "Python", "notes", "notes/s, one call", "notes/s, loaded", "start-up s min/median",
        "peak MB one/many", "first compile s",
    )  # fmt: skip
    cells = (
        machine.today(),
        str(machine.cores()),
        f"{machine.memory_gb():.1f}",
        machine.python(),
        str(len(seconds)),
        f"{len(seconds) / many.wall:.0f}",
        f"{len(seconds) / sum(seconds):.0f}",
        f"{min(walls):.2f} / {median(walls):.2f}",
        f"{max(s.peak for s in starts):.0f} / {many.peak:.0f}",
        f"{first.wall:.1f}",
    )
    return table(headings, [cells])
