"""Files of invented notes, each with the lines that a coder expects of it.

``== what it shows | options of the chart | lines``, then the note. A line is a number, its modifiers and its units:
``71046-26``, ``J1885x4``; none are expected where none are written. ``?`` is a digit that another test is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chartcode.model.case import Procedure, Visit

_HEAD = re.compile(r"^== (.*?) \| ?(.*?) ?\| ?(.*)$", re.MULTILINE)


def noted(folder: Path) -> Iterator[tuple[str, dict[str, object], str, str]]:
    """Yield what each note of a folder shows, its options, its text and its lines."""
    for file in sorted(folder.glob("*.txt")):
        parts = _HEAD.split(file.read_text("utf-8"))[1:]
        for told, options, lines, text in zip(*(parts[n::4] for n in range(4)), strict=True):
            named: dict[str, object] = dict(option.split("=") for option in options.split(", ") if option)
            if "age" in named:
                named["age"] = int(str(named["age"]))
            yield f"{file.stem}: {told}", named, text.strip(), lines


def shown(entry: Procedure | Visit) -> str:
    """Return a line or a visit as it is written in the files."""
    code = entry.code.value if isinstance(entry, Procedure) else entry.code or ""
    units = entry.units if isinstance(entry, Procedure) else 1
    return "-".join((code, *entry.modifiers)) + f"x{units}" * (units > 1)
