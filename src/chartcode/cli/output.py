"""Where a verb writes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from chartcode.cli.options import USAGE, say


@contextmanager
def output(target: str | None) -> Iterator[TextIO]:
    """Give the stream to write to.

    A file is written beside its target and put in its place when all went well; until then, and after any error, the
    target is as it was. What is not a regular file (a device, a pipe) is written directly.
    """
    if target in (None, "-"):
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    path = Path(str(target))
    if path.exists() and not path.is_file():
        if path.is_dir():
            _refuse(target, "it is a folder; name a file")
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    path = path.resolve()  # a link stays a link
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        stream = beside.open("x", encoding="utf-8", newline="\n")
    except OSError as error:
        _refuse(target, (error.strerror or "it cannot be written").lower())
    try:
        with stream:
            yield stream
        if beside.stat().st_size:
            beside.replace(path)
        else:  # nothing could be written: what was there before is worth more than an empty file
            beside.unlink()
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _refuse(target: str | None, why: str) -> None:
    say(f"argument -o: {target}: {why}")
    raise SystemExit(USAGE)
