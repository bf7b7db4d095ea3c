"""Charts -> reports, by one process or by several: the same work, and the same order, either way."""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from chartcode.cli.options import REPORT
from chartcode.collect import Unreadable
from chartcode.faults import place
from chartcode.model.case import Decision
from chartcode.model.chart import Chart
from chartcode.pipeline import COUNTED, Coder, StepFailed
from chartcode.report import Writer
from chartcode.validate import validate

if TYPE_CHECKING:
    from chartcode.books import Shelf
    from chartcode.validate.site import Profile

BATCH = 16
"""Charts handed to a process at once: enough that handing over costs little beside the coding."""


@dataclass(frozen=True)
class Task:
    """How every chart of a call is coded and written; ``decisions`` are people's, by the chart's id."""

    mode: str
    today: date
    writer: Writer
    counted: bool = False
    profile: Profile | None = None
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict, repr=False)

    def coder(self, shelf: Shelf) -> Coder:
        """Return the coder of a process; cases that will be counted go through every grouper.

        A profile's rules stand in the place of the catalogue's.
        """
        coder = Coder(shelf, COUNTED, mode=self.mode) if self.counted else Coder(shelf, mode=self.mode)
        if self.profile is not None:
            coder.steps = tuple(self.profile.validate if step is validate else step for step in coder.steps)
        return coder


@dataclass(frozen=True)
class Part:
    """What became of one source: the text of its report, or the complaint (a sentence) instead."""

    text: str = ""
    complaint: str = ""


def parts(sources: Iterable[Chart | Unreadable], task: Task, shelf: Shelf, jobs: int) -> Iterator[Part]:
    """Yield the part of each source, in the order of the sources."""
    if jobs == 1:
        coder = task.coder(shelf)
        calm()
        for source in sources:
            yield _part(source, coder, task)
        return
    running: deque[Future[list[Part]]] = deque()
    # Processes are spawned, not forked: a fork would share the parent's open databases.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,)) as pool:
        try:
            for batch in _batches(sources):
                running.append(pool.submit(_batch, batch))
                if len(running) > 2 * jobs:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def calm() -> None:
    """Let the collector of cycles look seldom: cases are many small objects without cycles (a tenth of the time)."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _batches(sources: Iterable[Chart | Unreadable]) -> Iterator[tuple[Chart | Unreadable, ...]]:
    left = iter(sources)
    while batch := tuple(islice(left, BATCH)):
        yield batch


def _part(source: Chart | Unreadable, coder: Coder, task: Task) -> Part:
    if isinstance(source, Unreadable):
        return Part(complaint=str(source))
    try:
        case = coder(source, task.decisions.get(source.id, ()), task.today)
    except LookupError as error:  # of the shelf; what a step raises comes as StepFailed
        return Part(complaint=f"{source.id}: {error.args[0]}")
    except StepFailed as fault:
        return Part(complaint=f"{fault}; {REPORT}")
    try:
        return Part(task.writer.case(case))
    except Exception as fault:  # noqa: BLE001 - one report that cannot be written must not cost the others theirs
        return Part(complaint=f"the report of {source.id!r} failed with {place(fault)}; {REPORT}")


_here: list[tuple[Coder, Task]] = []
"""The coder of a worker process, made once when the process begins."""


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends its workers
    from chartcode.books import Shelf

    _here.append((task.coder(Shelf.open()), task))
    calm()


def _batch(sources: tuple[Chart | Unreadable, ...]) -> list[Part]:
    coder, task = _here[0]
    return [_part(source, coder, task) for source in sources]
