"""A folder into which others put records: each file is taken once, when it is complete, also after a restart."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from chartcode.collect.source import Source
from chartcode.feed.intake import Intake, Outcome
from chartcode.feed.store import REJECTS

JOURNAL = "journal.jsonl"
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".writing")
"""Endings by which senders say that they are still writing; they rename the file when it is whole."""

_Look = tuple[int, int]
"""A file's size in bytes, and when it was last changed, in nanoseconds."""


class Watcher:
    """Looks through a folder again and again; a file is complete when two looks find it unchanged.

    What was taken stands in ``journal.jsonl`` in the store, so a restart takes nothing twice. A file that is changed
    later is taken again, and its result replaced. The folder itself is only read.
    """

    def __init__(self, folder: Path, intake: Intake) -> None:
        self._folder = folder
        self._intake = intake
        self._out = intake.store.root.resolve()
        self._journal = intake.store.root / JOURNAL
        self._done = dict(_journal(self._journal))
        self._seen: dict[str, _Look] = {}

    def look(self) -> Iterator[Outcome]:
        """Look once; take the files that have not changed since the look before, and yield what became of each.

        Raises:
            OSError: the folder cannot be read, or a result cannot be stored.
        """
        seen: dict[str, _Look] = {}
        for name, path in self._files():
            try:
                status = path.stat()
            except FileNotFoundError:  # taken away between listing and looking
                continue
            found = status.st_size, status.st_mtime_ns
            if self._done.get(name) == found:
                continue
            if self._seen.get(name) == found:
                yield self._take(name, path, found)
            else:
                seen[name] = found
        self._seen = seen

    def waiting(self) -> bool:
        """Tell whether files were seen that may be complete at the next look."""
        return bool(self._seen)

    def _files(self) -> Iterator[tuple[str, Path]]:
        for path in sorted(self._folder.rglob("*")):
            way = path.relative_to(self._folder)
            if any(part.startswith(".") for part in way.parts) or path.suffix.lower() in _UNFINISHED:
                continue
            if path.is_file() and self._out not in path.resolve().parents:
                yield way.as_posix(), path

    def _take(self, name: str, path: Path, found: _Look) -> Outcome:
        outcome = self._intake.take(name, Source(name, str(path), path))
        if outcome.refused and not outcome.charts:
            self._copy(name, path)
        line = json.dumps(
            {
                "file": name,
                "size": found[0],
                "changed": found[1],
                "charts": outcome.charts,
                "refused": len(outcome.refused),
            }
        )
        with self._journal.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        self._done[name] = found
        return outcome

    def _copy(self, name: str, path: Path) -> None:
        """Keep a file that gave nothing beside its reason, unless it is too large to be a record."""
        if path.stat().st_size <= _COPIED:
            self._intake.store.put(REJECTS, name, path.read_bytes())


_COPIED = 50_000_000
"""The largest refused file that is copied to the rejects, in bytes; a larger one is named in its reason only."""


def _journal(path: Path) -> Iterator[tuple[str, _Look]]:
    """Yield what a journal says; a last line that was cut off by the end of the process is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
            yield str(said["file"]), (int(said["size"]), int(said["changed"]))
        except (ValueError, KeyError, TypeError):
            continue
