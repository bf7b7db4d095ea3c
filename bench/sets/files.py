"""Finding and reading the files of a set, with one sentence for what is missing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Missing(Exception):  # noqa: N818 - the word says what is wrong with the data
    """A file or folder that a set needs is not there, or has another form; ``str()`` says what to give instead."""


def text(path: Path) -> str:
    """Return a text file as it is (line ends kept): UTF-8, else Windows-1252; ``.gz`` is unpacked.

    Raises:
        Missing: there is no such file.
    """
    if not path.is_file():
        raise Missing(f"{path}: there is no such file; check --data and --split")
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file.

    Raises:
        Missing: the file is absent, or a line is not a JSON object.
    """
    for number, line in enumerate(text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise Missing(f"{path}: line {number} is not a JSON object; give a file with one object a line")
        yield value
