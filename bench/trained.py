"""The codes that training data hold, so that a score can be given for those that a model has never seen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.sets import codiesp, gold
from bench.sets.files import Missing
from chartcode.model.code import dotted

FITTED_SPLITS = ("train", "dev")
"""The CodiEsp splits that ``training/fit_diagnoses.py`` fits the shipped model on, beside the gold notes."""


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
    """Return the CodiEsp folders that the shipped model was fitted on, as far as they lie beside the data scored."""
    folder = codiesp.split_folder(data, split).resolve()
    found = []
    for name in FITTED_SPLITS:
        try:
            found.append(codiesp.split_folder(folder.parent, name))
        except Missing:
            continue
    return found


def warning(name: str, data: Path, split: str | None) -> str:
    """Return what to say where the shipped model may have been fitted on the very notes scored, else nothing."""
    if name == "gold":
        return "NOT HELD OUT if these are the gold notes that the shipped model was fitted on: the figures flatter it."
    if name == "codiesp" and codiesp.split_folder(data, split).resolve().name in FITTED_SPLITS:
        return "NOT HELD OUT: the shipped model was fitted on these notes: the figures flatter it."
    return ""
