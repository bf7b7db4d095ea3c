"""``python -m bench linearity``: processor time against length for notes that are large and odd.

One note is made of the data until it has the full size, then put into each odd shape and coded at rising lengths. The
exponent is the slope of log time over log length between the last two lengths: 1 is linear, 2 quadratic. A shape fails
above the limit; a clear refusal passes. Growth stops for a shape when the next length would take too long.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import cycle
from math import log
from pathlib import Path

from bench import machine
from bench.machine import peak_mb
from bench.tables import table
from bench.texts import texts
from chartcode.model.case import BILLING, MODES

LIMIT = 1.25
"""The largest exponent that passes: measured times scatter, and caches are left behind as texts grow."""

_STEPS = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="notes: a .jsonl(.gz) file or a folder of .txt files")
    parser.add_argument("--size", type=int, default=5_000_000, help="characters of the largest text (default: 5000000)")
    parser.add_argument("--mode", choices=MODES, default=BILLING, help="default: billing")
    parser.add_argument("--date", type=date.fromisoformat, help="whose books to use (default: 2026-05-01)")
    parser.add_argument("--patience", type=float, default=300.0, help="seconds that one text may take (default: 300)")
    parser.add_argument("--shape", choices=SHAPES, nargs="+", default=list(SHAPES), help="default: all")


def main(options: argparse.Namespace) -> int:
    """Measure each shape and print; 1 if one of them grows faster than its length."""
    from bench.clock import Clock
    from bench.running import DAY, coder, runs

    clock = Clock()
    code, day = coder(options.mode, clock), options.date or DAY
    source = texts(options.data)
    seed = grown([words for _, words in source], options.size)
    list(runs([("warm", source[0][1], None)], code, day))

    def seconds(words: str) -> float:
        clock.reset()
        (run,) = runs([("odd", words, None)], code, day)
        steps.append((len(words), dict(clock.seconds)))
        return run.seconds

    print(f"{machine.describe()}, {options.mode}\n")
    rows, failed = [], False
    steps: list[tuple[int, dict[str, float]]] = []
    for name in options.shape:
        steps.clear()
        timed, refusal = growth(SHAPES[name](seed), seconds, options.patience)
        slope = exponent(timed)
        failed |= slope > LIMIT
        times = [f"{size / 1e6:.2f} MB {spent:.1f} s" for size, spent in timed]
        rows.append((name, *(times + [""] * (_STEPS - len(times))), f"{slope:.2f}", steep(steps), refusal))
    headings = ("shape", *(f"length {at + 1}" for at in range(_STEPS)), "exponent", "steep steps", "stopped by")
    print(table(headings, rows))
    print(f"\nPeak memory of the process: {peak_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss):.0f} MB")
    return int(failed)


def growth(words: str, seconds: Callable[[str], float], patience: float) -> tuple[list[tuple[int, float]], str]:
    """Time a text at an eighth, a quarter, a half and the whole of its length.

    Returns:
        (length, seconds) of each that was coded, and what stopped the growth, or the empty string.
    """
    timed: list[tuple[int, float]] = []
    for part in (8, 4, 2, 1):
        if len(timed) > 1 and timed[-1][1] * 2 ** exponent(timed) > patience:
            return timed, "patience"
        size = len(words) // part
        try:
            timed.append((size, seconds(words[:size])))
        except Exception as error:  # noqa: BLE001 - a refusal is an answer here; its kind is printed
            return timed, f"refused at {size / 1e6:.2f} MB ({type(error).__name__})"
    return timed, ""


def exponent(timed: Sequence[tuple[int, float]]) -> float:
    """Return the slope of log time over log length between the last two measurements; 0 if there are fewer."""
    if len(timed) < 2:
        return 0.0
    (shorter, fast), (longer, slow) = timed[-2:]
    return log(max(slow, 1e-9) / max(fast, 1e-9)) / log(longer / shorter)


def steep(steps: Sequence[tuple[int, Mapping[str, float]]]) -> str:
    """Name the steps that grow faster than the limit, with their exponents; those under a twentieth are left out."""
    if len(steps) < 2:
        return ""
    (shorter, fast), (longer, slow) = steps[-2:]
    whole = sum(slow.values())
    slopes = {
        name: exponent([(shorter, fast.get(name, 0.0)), (longer, spent)])
        for name, spent in slow.items()
        if spent > whole / 20
    }
    return ", ".join(f"{name} {slope:.2f}" for name, slope in slopes.items() if slope > LIMIT)


def grown(notes: Sequence[str], size: int) -> str:
    """Return the notes one after another, again from the first when they run out, cut to a size."""
    if not any(notes):
        return ""
    parts: list[str] = []
    length = 0
    for words in cycle(notes):
        parts.append(words)
        length += len(words) + 2
        if length >= size:
            return "\n\n".join(parts)[:size]
    return ""


def _endless(words: str) -> str:
    return " ".join(words.split())


def _table(words: str) -> str:
    """Put the words into rows of six cells of two words."""
    tokens = words.split()
    cells = [" ".join(tokens[at : at + 2]) for at in range(0, len(tokens), 2)]
    return "\n".join("| " + " | ".join(cells[at : at + 6]) + " |" for at in range(0, len(cells), 6))


def _no_sentences(words: str) -> str:
    return words.translate(str.maketrans(".;:!?\n\r", "       ")).lower()


def _copied(words: str) -> str:
    return words[: len(words) // 10] * 10


SHAPES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "one endless line": _endless,
    "a table": _table,
    "capitals": str.upper,
    "no sentences": _no_sentences,
    "copied ten times": _copied,
    "one word": lambda words: "pain " * (len(words) // 5),
    "no blanks": lambda words: "".join(words.split()),
}
"""The odd shapes; each keeps about the length of the text."""
