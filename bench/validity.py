"""``python -m bench validity``: no invalid code on its date, no crash, no note without an answer.

Every note is coded on one day. A code is invalid if the book in force on that day does not list it as reportable, or,
with ``--codes``, if it is not in the publisher's own list either.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench import machine
from bench.answers import Answer, diagnoses
from bench.sets.files import text
from bench.tables import table
from bench.texts import texts
from chartcode.model.case import MODES
from chartcode.model.code import dotted

KEYS = ("id", "setting", "date", "books", "diagnoses", "rejected", "procedures", "visit", "facts", "findings", "groups")
"""What every answer must have, by the contract of ``chartcode code --format jsonl``."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="notes: a .jsonl(.gz) file or a folder of .txt files")
    parser.add_argument("--date", type=date.fromisoformat, help="whose books to use (default: 2026-05-01)")
    parser.add_argument("--mode", choices=MODES, nargs="+", default=list(MODES), help="default: both")
    parser.add_argument("--limit", type=int, help="only the first N notes")
    parser.add_argument("--codes", type=Path, help="the publisher's list of valid codes: one code first on each line")


@dataclass(slots=True)
class Outcome:
    """What was seen over many notes. ``faults`` name notes and codes, never words of a note."""

    notes: int = 0
    codes: int = 0
    without_code: int = 0
    without_evidence: int = 0
    faults: list[str] = field(default_factory=list)

    def look(self, name: str, answer: Answer, valid: Iterable[str]) -> None:
        """Judge one answer; ``valid`` are those of its codes that were reportable on the day."""
        self.notes += 1
        missing = [key for key in KEYS if key not in answer]
        if missing:
            self.faults.append(f"{name}: the answer lacks {', '.join(missing)}")
        found = diagnoses(answer)
        self.codes += len(found)
        self.without_code += not found
        self.without_evidence += sum(not entry.get("evidence") for entry in found.values())
        self.faults += [f"{name}: {code} is not valid on the day" for code in sorted(found.keys() - set(valid))]


def main(options: argparse.Namespace) -> int:
    """Code every note and print what was seen; 1 if there was a fault."""
    from bench.running import DAY, book

    day = options.date or DAY
    reportable = book(day).valid
    listed = published(options.codes) if options.codes else None
    notes = texts(options.data)[: options.limit]
    print(
        f"{machine.describe()}\nbooks of {day}" + (f"; {len(listed)} codes in the publisher's list" if listed else "")
    )
    outcomes = {}
    for mode in options.mode:
        outcomes[mode] = outcome = Outcome()
        for name, answer in _coded(notes, mode, day, outcome):
            codes = diagnoses(answer)
            outcome.look(name, answer, [c for c in codes if reportable(c) and (listed is None or c in listed)])
    print("\n" + report(len(notes), outcomes))
    return int(any(o.faults for o in outcomes.values()))


def report(notes: int, outcomes: dict[str, Outcome]) -> str:
    """Return the table of outcomes and the first faults."""
    headings = ("mode", "notes", "answers", "codes", "answers without a code", "codes without evidence", "faults")
    rows = [
        (mode, str(notes), *map(str, (o.notes, o.codes, o.without_code, o.without_evidence, len(o.faults))))
        for mode, o in outcomes.items()
    ]
    lines = [f"{mode}: {fault}" for mode, o in outcomes.items() for fault in o.faults[:50]]
    return table(headings, rows) + ("\n\n" + "\n".join(lines) if lines else "\n\nNo fault.")


def published(path: Path) -> frozenset[str]:
    """Return the codes of a publisher's list: the first word of each line."""
    return frozenset(dotted(line.split()[0]) for line in text(path).splitlines() if line.strip())


def _coded(notes: Sequence[tuple[str, str]], mode: str, day: date, outcome: Outcome) -> Iterable[tuple[str, Answer]]:
    """Yield (id, answer); a note that cannot be coded becomes a fault that holds none of its words."""
    from bench.running import coder, runs
    from chartcode.pipeline import StepFailed

    code = coder(mode)
    for name, words in notes:
        try:
            yield name, next(runs([(name, words, None)], code, day)).answer
        except StepFailed as failed:  # its message holds no words of the note
            outcome.faults.append(f"{name}: no answer: {failed}")
        except Exception as error:  # noqa: BLE001 - whatever stops a note is what is looked for
            outcome.faults.append(f"{name}: no answer ({type(error).__name__})")
