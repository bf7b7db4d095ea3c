"""ACI-Bench visit notes with adjudicated billing codes (ICD-10-CM): for evaluation only."""

from __future__ import annotations

from pathlib import Path

from bench.notes import Note, item
from bench.sets.files import Missing, objects


def read(data: Path, split: str | None = None) -> list[Note]:
    """Return the visits of a JSON-lines file, or of every ``*.jsonl`` in a folder.

    Args:
        data: the file or folder.
        split: only files with this word in their name.

    Raises:
        Missing: there is no such file, or an object lacks ``encounter_id``, ``note`` or ``icd10cm``.
    """
    files = sorted(p for p in data.glob("*.jsonl") if (split or "") in p.name) if data.is_dir() else [data]
    if not files:
        raise Missing(f"{data}: no *{split or ''}.jsonl here; give the file itself")
    notes = []
    for path in files:
        for visit in objects(path):
            try:
                codes = dict.fromkeys(map(item, visit["icd10cm"]))
                notes.append(
                    Note(
                        str(visit["encounter_id"]),
                        visit["note"],
                        tuple(codes),
                        setting="professional",
                        kind=visit.get("subset", ""),
                    ),
                )
            except KeyError as error:
                raise Missing(f"{path}: an object lacks {error}; give ACI notes with their codes") from None
    return notes
