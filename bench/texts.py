"""Texts without keys, for speed and robustness, from any of the forms in which notes lie about."""

from __future__ import annotations

from pathlib import Path

from bench.sets.files import Missing, objects, text


def texts(data: Path) -> list[tuple[str, str]]:
    """Return (id, text) of each note.

    Args:
        data: a JSON-lines file (also ``.gz``) whose objects have ``text`` or ``note``, a text file, or a folder with
            ``*.txt``, or with such a folder named ``notes`` or ``en`` inside.

    Raises:
        Missing: there are no notes.
    """
    if data.is_dir():
        folder = next((data / name for name in ("notes", "en") if (data / name).is_dir()), data)
        found = [(path.stem, text(path)) for path in sorted(folder.glob("*.txt"))]
    elif ".jsonl" in data.suffixes:
        found = []
        for number, note in enumerate(objects(data), 1):
            words = note.get("text") or note.get("note") or ""
            found.append((str(note.get("id") or note.get("encounter_id") or f"note{number:05}"), str(words)))
    else:
        found = [(data.stem, text(data))]
    if not found:
        raise Missing(f"{data}: no notes here; give a folder of .txt files or a .jsonl file")
    return found
