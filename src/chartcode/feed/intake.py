"""One source of a feed -> its result and its rejects, both whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from chartcode.collect.formats import charts
from chartcode.collect.hl7v2.reader import NothingToCode
from chartcode.collect.repeats import with_repeats
from chartcode.collect.source import Source, Unreadable
from chartcode.faults import place
from chartcode.feed.store import REJECTS, RESULTS, Store
from chartcode.model.chart import Chart


class Uncoded(Exception):  # noqa: N818 - named as one would say it
    """A chart that could not be coded; the message is one sentence without a word of the record."""


@dataclass(frozen=True)
class Outcome:
    """What became of one source: how many charts, what was refused, and what says nothing of an encounter."""

    name: str
    charts: int = 0
    refused: tuple[Unreadable, ...] = ()
    nothing: tuple[NothingToCode, ...] = ()

    def __str__(self) -> str:
        """Return one line for the operator; no word of a record is in it."""
        said = f"{self.name}: {self.charts} chart{'' if self.charts == 1 else 's'}"
        if self.nothing:
            said += f", {len(self.nothing)} without anything to code"
        return f"{said}, {len(self.refused)} refused: {self.refused[0].why}" if self.refused else said


class Intake:
    """Takes a source in: charts to ``results/NAME.jsonl``, what is refused to ``rejects/NAME.reason.txt``."""

    def __init__(self, store: Store, line: Callable[[Chart], str]) -> None:
        self.store = store
        self._line = line

    def take(self, name: str, source: Source, *, safe: bool = True) -> Outcome:
        """Read a source, write its result and its rejects, and tell what became of it.

        Args:
            name: of the source in the store.
            source: a record or a file of them.
            safe: the disk has what is written before this returns; not needed where the store has the source itself.

        Raises:
            OSError: what came of it cannot be stored.
        """
        lines: list[str] = []
        refused: list[Unreadable] = []
        nothing: list[NothingToCode] = []
        try:
            for found in charts(source):
                if isinstance(found, NothingToCode):
                    nothing.append(found)
                elif isinstance(found, Unreadable):
                    refused.append(found)
                else:
                    self._write(found, source, lines, refused)
        except OSError:
            raise
        except Exception as fault:  # noqa: BLE001 - its message may hold a patient's words, and the feed must go on
            told = f"a fault of chartcode stopped the reading ({place(fault)}); please report it"
            refused.append(source.unreadable(told))
        outcome = Outcome(name, len(lines), tuple(refused), tuple(nothing))
        self._keep(outcome, lines, safe)
        return outcome

    def _write(self, chart: Chart, source: Source, lines: list[str], refused: list[Unreadable]) -> None:
        marked = replace(chart, documents=with_repeats(chart.documents))  # as ``collect.read`` does
        try:
            lines.append(self._line(marked))
        except Uncoded as uncoded:
            refused.append(source.unreadable(f"not coded: {uncoded}", f"chart {len(lines) + len(refused) + 1}"))

    def _keep(self, outcome: Outcome, lines: list[str], safe: bool) -> None:
        name = outcome.name
        if outcome.refused:
            told = "".join(f"{one}\n" for one in outcome.refused)
            self.store.put(REJECTS, f"{name}.reason.txt", told.encode())
            for number, one in enumerate(outcome.refused, start=1):
                if one.record and len(outcome.refused) + outcome.charts > 1:
                    self.store.put(REJECTS, f"{name}.{number}", one.record)
        else:
            self.store.drop(REJECTS, f"{name}.reason.txt")
        if lines:
            self.store.put(RESULTS, f"{name}.jsonl", "".join(lines).encode(), safe=safe)
        elif outcome.nothing:
            told = "".join(f"{one}\n" for one in outcome.nothing)
            self.store.put(RESULTS, f"{name}.nothing.txt", told.encode(), safe=safe)
