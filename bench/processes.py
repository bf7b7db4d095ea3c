"""A command run from outside, as its user would, with its wall time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.machine import peak_mb
from bench.sets.files import Missing


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command cost: wall and processor seconds, peak resident memory in MB, exit status, its error output."""

    wall: float
    cpu: float
    peak: float
    status: int
    errors: str = field(default="", repr=False)


def spent(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its end, its output discarded.

    The kernel counts the memory of the process that starts a command as the command's own until it has begun: measure
    from a small process, before anything large is loaded.
    """
    with tempfile.TemporaryFile() as errors:
        began = perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the command is ours
            list(command),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        return Spent(
            wall,
            usage.ru_utime + usage.ru_stime,
            peak_mb(usage.ru_maxrss),
            process.returncode,
            errors.read().decode("utf-8", "replace"),
        )


def chartcode() -> str:
    """Return the installed command that belongs to this Python.

    Raises:
        Missing: the package is not installed beside this Python.
    """
    path = Path(sys.executable).parent / "chartcode"
    if not path.is_file():
        raise Missing(f"{path}: the command is not installed; run: python -m pip install .")
    return str(path)
