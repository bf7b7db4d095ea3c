"""The shelf of books for a verb: opened once, with a progress bar while it is compiled for the first time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from chartcode.cli.options import USAGE, say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from chartcode.books import Shelf


def open_shelf() -> Shelf:
    """Open the shelf; on a terminal, the first compile shows its progress on standard error."""
    from chartcode.books import Shelf

    if not sys.stderr.isatty():
        return Shelf.open()
    with _Bar() as shown:
        return Shelf.open(progress=shown)


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """Give what shows progress on standard error: a bar on a terminal, else a line as each step begins to take long."""
    if sys.stderr.isatty():
        with _Bar() as shown:
            yield shown
    else:
        yield _lines()


def _lines() -> Callable[[str, int, int], None]:
    """Return what names each thing that is done once, where no bar can be drawn."""
    told: set[str] = set()

    def progress(what: str, _done: int, _total: int) -> None:
        if what not in told:
            told.add(what)
            print(f"{what} ...", file=sys.stderr, flush=True)

    return progress


def require_books(shelf: Shelf, day: date | None) -> None:
    """Leave with the status for usage if a day that the user named has no books."""
    if day is None:
        return
    try:
        shelf.at(day)
    except LookupError as error:
        say(f"argument --date: {error.args[0]}")
        raise SystemExit(USAGE) from None


class _Bar:
    """A progress bar that appears with the first report of progress, so nothing is paid when nothing is compiled."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bar:  # noqa: PYI034 - no class derives from it
        return self

    def __exit__(self, *_: object) -> None:
        if self.progress:
            self.progress.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        if self.progress is None:
            from rich.console import Console
            from rich.progress import Progress

            self.progress = Progress(console=Console(stderr=True), transient=True)
            self.progress.start()
        if what not in self.tasks:
            self.tasks[what] = self.progress.add_task(what, total=total)
        self.progress.update(self.tasks[what], completed=done, total=total)
