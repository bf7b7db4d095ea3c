"""The CodiEsp corpus (CLEF eHealth 2020): case reports in English with every diagnosis that is mentioned.

A split's folder holds ``*D.tsv`` (document TAB code) and the folder ``en`` with one text a document. The published
scores count the documents that have a code; texts without one are left out.
"""

from __future__ import annotations

from pathlib import Path

from bench.notes import Item, Note, item
from bench.sets.files import Missing, text


def read(data: Path, split: str | None = None, language: str = "en") -> list[Note]:
    """Return a split's documents in the order of their first row.

    Args:
        data: the split's own folder, or the folder that holds it.
        split: its name (``train``, ``dev``, ``test``); None where ``data`` is the split's own folder.
        language: ``en`` or ``es``.

    Raises:
        Missing: the folder does not hold such a split.
    """
    folder = split_folder(data, split)
    notes = folder / language
    if not notes.is_dir():
        raise Missing(f"{folder}: there is no folder {language!r} with the texts; give the split's folder as published")
    codes: dict[str, dict[str, None]] = {}
    for name, code in rows(folder):
        codes.setdefault(name, {})[code.strip().lower()] = None
    return [Note(name, text(notes / f"{name}.txt"), tuple(map(item, found))) for name, found in codes.items()]


def read_procedures(data: Path, split: str | None = None, language: str = "en") -> list[Note]:
    """Return the documents of a split that have a procedure code, with these codes, of four or seven characters.

    Raises:
        Missing: the folder does not hold such a split, or no ``*P.tsv``.
    """
    folder = split_folder(data, split)
    tables = sorted(folder.glob("*P.tsv"))
    if not tables:
        raise Missing(f"{folder}: no *P.tsv here; give the folder of a CodiEsp split")
    codes: dict[str, dict[str, None]] = {}
    for name, code in _rows(tables[0]):
        codes.setdefault(name, {})[code.strip().upper()] = None
    notes = folder / language
    return [
        Note(name, text(notes / f"{name}.txt"), pcs=tuple(Item((code,)) for code in found))
        for name, found in codes.items()
    ]


def split_folder(data: Path, split: str | None = None) -> Path:
    """Return the folder of a split, with ``data`` as the split's own folder or the one that holds it.

    Raises:
        Missing: neither holds a ``*D.tsv``.
    """
    places = [data / split, data] if split else [data]
    for place in places:
        if _tables(place) and (split is None or place != data or data.name == split):
            return place
    if split is None and data.is_dir():
        inside = sorted(p.name for p in data.iterdir() if p.is_dir() and _tables(p))
        if inside:
            raise Missing(f"{data}: say which split with --split ({', '.join(inside)})")
    raise Missing(f"{places[0]}: no *D.tsv here; give the folder of a CodiEsp split, or the one above it and --split")


def rows(folder: Path) -> list[tuple[str, str]]:
    """Return the (document, code) rows of a split's diagnoses."""
    return _rows(_tables(folder)[0])


def _rows(path: Path) -> list[tuple[str, str]]:
    found = []
    for line in text(path).splitlines():
        cells = line.split("\t")
        if len(cells) >= 2 and cells[1].strip():
            found.append((cells[0].strip(), cells[1]))
    return found


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*D.tsv")) if folder.is_dir() else []
