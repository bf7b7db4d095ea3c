"""Invented notes beside this file, each with the lines that a coder expects of it.

``== what it shows | options of the chart | lines``, then the note. A line is a number, its modifiers and its units:
``71046-26``, ``J1885x4``; none are expected where none are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_HEAD = re.compile(r"^== (.*?) \| ?(.*?) ?\| ?(.*)$", re.MULTILINE)


def notes() -> Iterator[tuple[str, dict[str, object], str, str]]:
    """Yield what each note shows, its options, its text and its lines."""
    for file in sorted(Path(__file__).with_name("notes").glob("*.txt")):
        parts = _HEAD.split(file.read_text("utf-8"))[1:]
        for told, options, lines, text in zip(*(parts[n::4] for n in range(4)), strict=True):
            named: dict[str, object] = dict(option.split("=") for option in options.split())
            if "age" in named:
                named["age"] = int(str(named["age"]))
            yield f"{file.stem}: {told}", named, text.strip(), lines


NOTES = list(notes())


@pytest.mark.parametrize(("options", "text", "want"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_lines(lines: Callable[..., str], options: dict[str, object], text: str, want: str) -> None:
    assert lines(text, **options) == want


def test_there_are_many() -> None:
    assert len(NOTES) > 80
