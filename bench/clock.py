"""Where the time goes: the steps of the Coder, each with its processor time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from time import process_time

from bench.tables import share, table
from chartcode.books import Books
from chartcode.model.case import Case, Entry

Step = Callable[[Case, Books], Iterable[Entry]]


class Clock:
    """Adds up the processor seconds of whatever it wraps, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def step(self, step: Step) -> Step:
        """Return a step that does the same and is timed; a step that yields is run to its end at once."""
        name = getattr(step, "__name__", type(step).__name__)

        @wraps(step)
        def timed(case: Case, books: Books) -> Iterable[Entry]:
            began = process_time()
            entries = tuple(step(case, books))
            self.seconds[name] += process_time() - began
            return entries

        return timed

    def reset(self) -> None:
        """Begin again at nothing."""
        self.seconds.clear()

    def report(self, notes: int, whole: float) -> str:
        """Return the table of steps in their order; ``whole`` are the seconds of everything, steps and the rest."""
        rows = [(name, spent) for name, spent in self.seconds.items()]
        rows.append(("reading the text, output", max(whole - sum(self.seconds.values()), 0.0)))
        return table(
            ("step", "ms a note", "share"),
            [(name, f"{spent / notes * 1000:.2f}", share(spent / whole if whole else 0.0)) for name, spent in rows],
        )
