"""``python -m bench deidentify``: how many identifiers are found, and how much else is taken for one.

Eight sentences with invented identifiers are planted into each note (fixed seed); one is found if no letter or digit of
it is left. Precision: findings that touch a planted identifier, of all; what a note itself has (Dr. X, dates, towns)
counts as wrong, so the share is a lower bound. Notes alone: findings per 10,000 words without planting.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench.planted import Planted, plant
from bench.sets import gold
from bench.tables import share, table
from chartcode.collect import chart_from_text
from chartcode.deidentify.charts import replacements
from chartcode.deidentify.findings import Finding

SEED, COUNT = 20260501, 8
KEY = b"a key for benches alone, no secret"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="folder of gold notes")
    parser.add_argument("--limit", type=int, help="only the first N notes, for a quick trial")
    parser.add_argument("--missed", type=Path, help="write what was missed there (invented words between a note's own)")


def main(options: argparse.Namespace) -> int:
    """Plant, find, and print."""
    notes = gold.read(options.data, None)[: options.limit]
    chance = random.Random(SEED)  # noqa: S311 - the same notes each time, no secret
    rows: list[tuple[str, Sequence[Planted], Sequence[Finding]]] = []
    began = perf_counter()
    for note in notes:
        text, planted = plant(note.text, chance, COUNT)
        rows.append((text, planted, found(text)))
    spent = perf_counter() - began
    alone = Counter(finding.kind for note in notes for finding in found(note.text))
    words = sum(len(note.text.split()) for note in notes)
    print(f"{len(notes)} notes, {COUNT} sentences planted into each; {len(notes) / spent:.0f} notes a second\n")
    print(report(rows))
    told = ", ".join(f"{kind} {count / words * 10_000:.1f}" for kind, count in alone.most_common())
    print(f"\nIn the notes alone, per 10,000 words: {told}")
    if options.missed:
        lines = (f"{p.kind}\t{text[max(0, p.start - 40) : p.end + 20]!r}" for text, p in missed(rows))
        options.missed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def found(text: str) -> tuple[Finding, ...]:
    """Return what is found to identify in a note."""
    return replacements(chart_from_text(text, "note"), KEY)["note"].findings


def missed(rows: Sequence[tuple[str, Sequence[Planted], Sequence[Finding]]]) -> list[tuple[str, Planted]]:
    """Return the identifiers of which something is left, each with its note."""
    return [(text, p) for text, planted, findings in rows for p in planted if not covered(p, text, findings)]


def covered(planted: Planted, text: str, findings: Sequence[Finding]) -> bool:
    """Tell whether no letter or digit of an identifier is left."""
    left = set(range(planted.start, planted.end)).difference(*(range(f.start, f.end) for f in findings))
    return not any(text[place].isalnum() for place in left)


def report(rows: Sequence[tuple[str, Sequence[Planted], Sequence[Finding]]]) -> str:
    """Return the table of recall by kind, and the precision of all findings."""
    total = Counter(p.kind for _, planted, _ in rows for p in planted)
    lost = Counter(p.kind for _, p in missed(rows))
    lines = [(kind, share(1 - lost[kind] / n), str(n - lost[kind]), str(n)) for kind, n in total.most_common()]
    count = sum(total.values())
    lines.append(("all", share(1 - sum(lost.values()) / count), str(count - sum(lost.values())), str(count)))
    right = [any(f.start < p.end and p.start < f.end for p in planted) for _, planted, fs in rows for f in fs]
    body = table(("identifiers", "recall", "found", "of"), lines)
    return f"{body}\n\nPrecision, at least: {share(sum(right) / len(right))} ({sum(right)} of {len(right)} findings)"
