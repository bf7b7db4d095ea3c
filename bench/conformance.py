"""``python -m bench conformance``: our answers beside those of CMS's own software, claim by claim.

DATA is a folder of decks: JSON lines files, told apart by their fields. MS-DRG: initial and final group and category,
return code, the severity of each diagnosis. Medicare Code Editor: every edit and how often, by our own rules. CMS-HCC:
the list of categories and the raw score. The three ways in which hospital-acquired conditions make a claim ungroupable
are one return code here: the grouper's library words them otherwise than CMS's program.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import machine
from bench.sets.files import Missing
from bench.tables import table

Row = Mapping[str, Any]
Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of deck: its name, the fields by which it is known, what it expects of a row, and what we answer."""

    name: str
    fields: tuple[str, ...]
    expected: Callable[[Row], Answer]
    ours: Callable[[Row], Answer]

    def fits(self, row: Row) -> bool:
        """Tell whether a row is of this kind; a dot in a field goes a level down."""
        return all(_has(row, field.split(".")) for field in self.fields)


@dataclass(slots=True)
class Outcome:
    """What was seen of one deck."""

    deck: str
    kind: str
    total: int = 0
    agreed: int = 0
    differences: list[str] = field(default_factory=list)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="a folder of decks (.jsonl or .jsonl.gz), or one deck")
    parser.add_argument("--show", type=int, default=5, metavar="N", help="differences to show of a deck (default: 5)")


def main(options: argparse.Namespace) -> int:
    """Answer every deck and print agreed and total; 1 if there was a difference."""
    print(machine.describe() + "\n")
    outcomes = list(run(options.data))
    print(report(outcomes, options.show))
    return int(any(o.agreed != o.total for o in outcomes))


def run(data: Path) -> Iterator[Outcome]:
    """Yield the outcome of each deck.

    Raises:
        Missing: there is no deck.
    """
    paths = [data] if data.is_file() else sorted(p for p in data.rglob("*") if p.name.endswith((".jsonl", ".jsonl.gz")))
    if not paths:
        raise Missing(f"{data}: no deck (.jsonl) of reference answers is there; name the folder that holds them")
    outcomes = [answered(path.name, list(rows(path))) for path in paths]
    if not any(outcome.total for outcome in outcomes):
        raise Missing(f"{data}: no row of its files is one of {', '.join(k.name for k in kinds())}")
    yield from outcomes


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a deck."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip())


def answered(deck: str, claims: list[Row]) -> Outcome:
    """Compare our answers with a deck's; a file whose rows are of no known kind is named and not counted."""
    kind = next((k for k in kinds() if claims and k.fits(claims[0])), None)
    if kind is None:
        return Outcome(deck, "", differences=[f"{deck}: not a deck of {', '.join(k.name for k in kinds())}; left out"])
    outcome = Outcome(deck, kind.name)
    for number, row in enumerate(claims, 1):
        outcome.total += 1
        expected = kind.expected(row)
        try:
            ours = kind.ours(row)
        except Exception as fault:  # noqa: BLE001 - one claim that cannot be answered is a difference, not the end
            ours = {"fault": f"{type(fault).__name__}: {fault}"}
        if ours == expected:
            outcome.agreed += 1
        else:
            keys = [key for key in (*expected, *ours) if expected.get(key) != ours.get(key)]
            told = "; ".join(f"{key} {expected.get(key)!r}, ours {ours.get(key)!r}" for key in dict.fromkeys(keys))
            outcome.differences.append(f"{deck}, row {number}: {told}")
    return outcome


def report(outcomes: list[Outcome], show: int) -> str:
    """Return the table of decks, and the first differences of each."""
    cells = [(o.deck, o.kind, str(o.agreed), str(o.total), f"{o.agreed / o.total:.2%}") for o in outcomes if o.total]
    lines = [line for o in outcomes for line in o.differences[:show]]
    whole = table(("deck", "kind", "agreed", "total", "share"), cells)
    return whole + "\n\n" + ("\n".join(lines) if lines else "No difference.")


def kinds() -> tuple[Kind, ...]:
    """Return the kinds of decks that are known."""
    from bench import oracles

    return (
        Kind("MS-DRG", ("pdx", "expected.final_drg"), oracles.drg_expected, oracles.drg_ours),
        Kind("MCE", ("pdx", "expected.edits"), oracles.mce_expected, oracles.mce_ours),
        Kind("CMS-HCC", ("model", "dx", "hcc"), oracles.hcc_expected, oracles.hcc_ours),
    )


def _has(row: object, path: list[str]) -> bool:
    for step in path:
        if not isinstance(row, Mapping) or step not in row:
            return False
        row = row[step]
    return True
