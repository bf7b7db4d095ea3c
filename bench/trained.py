"""The codes that training data hold, so that a score can be given for those that a model has never seen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.sets import codiesp, gold
from bench.sets.files import Missing
from chartcode.model.code import dotted


def seen(folders: Iterable[Path]) -> frozenset[str]:
    """Return the ICD-10-CM codes of training folders: a CodiEsp split's own folder, or one with ``gold.jsonl``.

    Raises:
        Missing: a folder is neither.
    """
    codes: set[str] = set()
    for folder in folders:
        if (folder / "gold.jsonl").is_file():
            codes.update(code for note in gold.read(folder) for item in note.items for code in item.accepted)
        else:
            codes.update(dotted(code) for _, code in codiesp.rows(codiesp.split_folder(folder)))
    return frozenset(codes)


def beside(data: Path, split: str | None) -> list[Path]:
    """Return the CodiEsp ``train`` folder that belongs to the data scored, or nothing if there is none."""
    folder = codiesp.split_folder(data, split).resolve()
    try:
        return [codiesp.split_folder(folder.parent, "train")]
    except Missing:
        return []
