"""What is asked of an answer: one object of ``chartcode code --format jsonl``, from a file or made by the Coder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from bench.notes import Note
from bench.sets.files import Missing, objects
from chartcode.model.code import dotted

Answer: TypeAlias = Mapping[str, Any]

EMPTY: Answer = {"diagnoses": []}


def diagnoses(answer: Answer) -> dict[str, Mapping[str, Any]]:
    """Return the reported ICD-10-CM codes as printed, in the order given, with their entries (the first of two)."""
    found: dict[str, Mapping[str, Any]] = {}
    for entry in answer.get("diagnoses") or ():
        if entry.get("system", "ICD-10-CM") == "ICD-10-CM":
            found.setdefault(dotted(entry["code"]), entry)
    return found


def in_band(answer: Answer, band: str) -> dict[str, Mapping[str, Any]]:
    """Return the reported ICD-10-CM codes of one band."""
    return {code: entry for code, entry in diagnoses(answer).items() if entry.get("band") == band}


def procedures(answer: Answer, systems: Iterable[str]) -> list[str]:
    """Return the reported codes of some procedure systems, each once, in the order given."""
    wanted = set(systems)
    codes = (p["code"].upper() for p in answer.get("procedures") or () if p.get("system") in wanted)
    return list(dict.fromkeys(codes))


def considered(answer: Answer) -> set[str]:
    """Return every ICD-10-CM code that the answer names: reported, rejected, rival, or (run here) only proposed."""
    found = set(diagnoses(answer))
    for entry in answer.get("diagnoses") or ():
        found.update(dotted(r["code"]) for r in entry.get("rivals") or ())
    for key in ("rejected", "proposals"):
        found.update(dotted(r["code"]) for r in answer.get(key) or ())
    return found


def facts(answer: Answer, kind: str) -> list[str]:
    """Return the texts of the facts of one kind that the record does not deny; plain strings are taken as well."""
    entries = (answer.get("facts") or {}).get(kind) or ()
    kept = (e for e in entries if isinstance(e, str) or e.get("assertion", "affirmed") == "affirmed")
    return [e if isinstance(e, str) else str(e.get("text", "")) for e in kept]


def load(path: Path, notes: Sequence[Note]) -> list[Answer]:
    """Return the answers of a results file in the order of the notes; a note without one gets an empty answer.

    Raises:
        Missing: the file is absent, an object lacks ``id``, or no id is that of a note.
    """
    found: dict[str, Answer] = {}
    for answer in objects(path):
        if "id" not in answer:
            raise Missing(f"{path}: an object lacks 'id'; give the output of chartcode code --format jsonl")
        found[str(answer["id"]).rsplit("/", 1)[-1]] = answer
    names = {n.id for n in notes}
    if names and not names & found.keys():
        raise Missing(f"{path}: no id in it is that of a note; is it of this set and split?")
    return [found.get(n.id, EMPTY) for n in notes]
