"""The folder in which a feed keeps its things: every file appears whole; what is acknowledged is on the disk before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

RECEIVED, RESULTS, REJECTS = "received", "results", "rejects"
LOCK = ".lock"
PART = ".part"


class Taken(RuntimeError):  # noqa: N818 - named as one would say it
    """Another process already keeps its feed in this folder."""


class Store:
    """A folder with ``received`` (messages as they came), ``results`` and ``rejects``; only its owner may read it.

    Raises:
        Taken: another process has it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = _locked(root / LOCK)
        for left in root.rglob(f"*{PART}"):  # of a process that was ended while it wrote
            with suppress(OSError):
                left.unlink()

    def close(self) -> None:
        """Let another process have the folder."""
        self._lock.close()

    def put(self, room: str, name: str, data: bytes, *, safe: bool = True) -> Path:
        """Write a file that appears whole; return where.

        Args:
            room: the folder within this one.
            name: of the file; it may have folders in it.
            data: what it holds.
            safe: the disk has it before this returns; not needed for what can be made again.

        Raises:
            OSError: the disk is full, or the folder cannot be written.
        """
        path = self.root / room / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(path.name + PART)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                if safe:
                    stream.flush()
                    os.fsync(stream.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        if safe:
            _settle(path.parent)
        return path

    def move(self, room: str, to: str, name: str) -> None:
        """Move a file from one room to another."""
        target = self.root / to / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.root / room / name).replace(target)
        _settle(target.parent)

    def drop(self, room: str, name: str) -> None:
        """Remove a file, if it is there."""
        (self.root / room / name).unlink(missing_ok=True)

    def names(self, room: str) -> Iterator[str]:
        """Yield the names of the files of a room, sorted; an empty file is one that the disk did not get, and none."""
        folder = self.root / room
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and path.suffix != PART and path.stat().st_size:
                yield path.relative_to(folder).as_posix()

    def read(self, room: str, name: str) -> bytes:
        """Return a file's bytes."""
        return (self.root / room / name).read_bytes()


def _settle(folder: Path) -> None:
    """Bring a folder's entries to the disk; some systems cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _locked(path: Path) -> IO[bytes]:
    """Take the folder's lock, which ends with the process that holds it."""
    stream = path.open("ab")
    try:
        import fcntl  # noqa: PLC0415 - not on every system; without it, nobody guards the folder

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass
    except OSError:
        stream.close()
        raise Taken(f"{path.parent}: another chartcode keeps its feed in this folder; give each its own") from None
    return stream
