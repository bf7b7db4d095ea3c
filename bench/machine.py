"""The machine on which a figure was measured, without which the figure says little."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def cores() -> int:
    """Return how many cores the machine shows."""
    return os.cpu_count() or 1


def memory_gb() -> float:
    """Return the physical memory in GB (10^9 bytes), or 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        return 0.0


def processor() -> str:
    """Return the processor's name, or the architecture where the system does not say."""
    facts = Path("/proc/cpuinfo")
    if facts.is_file():
        for line in facts.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def python() -> str:
    """Return the version of this Python."""
    return ".".join(map(str, sys.version_info[:3]))


def today() -> str:
    """Return today's date (UTC), as it stands beside a figure."""
    return datetime.now(UTC).date().isoformat()


def describe() -> str:
    """Return one line: date, version, Python, system, processor, cores, memory."""
    return (
        f"{today()}, chartcode {version('chartcode')}, Python {python()}, {platform.system()}, {processor()}, "
        f"{cores()} cores, {memory_gb():.1f} GB{busy()}"
    )


def busy() -> str:
    """Return the load where other programs take a good part of the machine: wall times are then too long."""
    try:
        load = os.getloadavg()[0]
    except (AttributeError, OSError):
        return ""
    return f" (BUSY: load {load:.1f}, so trust processor seconds, not wall seconds)" if load > cores() / 2 else ""


def one_core() -> str:
    """Keep this process and its children on one core, where the system allows it, and say so."""
    if sys.platform != "linux":
        return "not bound to one core (this system has no way to)"
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"bound to one core (number {core})"


def peak_mb(ru_maxrss: int) -> float:
    """Return a peak resident size in MB (10^6 bytes) from what ``getrusage`` gives on this system."""
    return ru_maxrss / 1e6 if sys.platform == "darwin" else ru_maxrss * 1024 / 1e6
