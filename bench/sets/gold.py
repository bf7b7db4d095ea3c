"""Gold notes of all kinds: ``gold.jsonl`` and ``notes/ID.txt``, with alternatives, traps, procedures, E/M, entities."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.notes import Item, Note, Trap
from bench.sets.files import Missing, objects, text
from chartcode.model.code import dotted, looks_like_icd10cm


def read(data: Path, split: str | None = None) -> list[Note]:
    """Return the notes of a folder that holds ``gold.jsonl`` (or another single ``*.jsonl``) and ``notes``.

    Args:
        data: the folder.
        split: a folder inside it, where the set is split.

    Raises:
        Missing: the files are not there, or an object is not of this form.
    """
    folder = data / split if split else data
    keys = [folder / "gold.jsonl"] if (folder / "gold.jsonl").is_file() else sorted(folder.glob("*.jsonl"))
    if len(keys) != 1:
        raise Missing(f"{folder}: no gold.jsonl here; give the folder that holds gold.jsonl and notes/")
    return [_note(key, folder / "notes", keys[0]) for key in objects(keys[0])]


def is_em(code: str) -> bool:
    """Tell whether a CPT number lies in the section Evaluation and Management (99202-99499)."""
    return code.isdigit() and 99202 <= int(code) <= 99499


def _note(key: dict[str, Any], folder: Path, source: Path) -> Note:
    try:
        procedures: list[dict[str, Any]] = key.get("procedures") or []
        em, entities = key.get("em") or {}, key.get("entities") or {}
        return Note(
            id=str(key["id"]),
            text=text(folder / f"{key['id']}.txt"),
            items=tuple(_item(d, dotted) for d in key["dx"]),
            setting=key.get("setting"),
            kind=key.get("kind", ""),
            traps=tuple(_traps(key.get("traps") or ())),
            services=tuple(_item(p) for p in procedures if p["system"] != "PCS" and not is_em(p["code"])),
            pcs=tuple(_item(p) for p in procedures if p["system"] == "PCS"),
            em=em.get("level"),
            em_code=em.get("code") or "",
            medications=tuple(entities.get("medications") or ()),
            equipment=tuple(entities.get("equipment") or ()),
        )
    except KeyError as error:
        raise Missing(f"{source}: an object lacks {error}; see the README beside the gold notes") from None


def _item(entry: dict[str, Any], spelling: Any = str.upper) -> Item:  # noqa: ANN401 - any str -> str
    codes = dict.fromkeys(spelling(c) for c in (entry["code"], *(entry.get("alt") or ())))
    required = entry.get("status", "required") == "required"
    modifiers = tuple(str(m).upper() for m in entry.get("modifiers") or ())
    return Item(tuple(codes), required, tuple(entry.get("evidence") or ()), entry.get("why") or "", modifiers)


def _traps(traps: Iterable[dict[str, Any]]) -> Iterable[Trap]:
    """Yield the traps whose wrong code is an ICD-10-CM code (others name CPT, HCPCS, PCS or ICD-9 codes)."""
    for trap in traps:
        wrong = trap.get("wrong") or ""
        if looks_like_icd10cm(wrong) and (len(wrong) == 3 or wrong[3] == "."):
            yield Trap(dotted(wrong), trap.get("quote") or "", trap.get("why") or "")
