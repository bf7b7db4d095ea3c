"""The further reports on gold notes: first-listed, traps, procedures, the level of the visit, entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bench.answers import Answer, diagnoses, facts, procedures
from bench.counts import interval, ratio, tally
from bench.diagnosis_scores import scores
from bench.notes import Note, cut
from bench.sets.gold import is_em
from bench.tables import share, span, table

NOT_BUILT = "not built (no answer of the whole set has one)"

_LEVELS = ("straightforward", "low", "moderate", "high")
_SERVICES = ("CPT", "HCPCS")
_PCS = ("ICD-10-PCS", "PCS")
_WORD = re.compile(r"[^\W\d_]{4,}")


def first_listed(notes: Sequence[Note], answers: Sequence[Answer]) -> tuple[list[int], int]:
    """Return, for each note with a diagnosis, 1 if the first code reported is the first item's, and how many notes."""
    hits = [
        int(next(iter(diagnoses(a)), None) in n.items[0].accepted)
        for n, a in zip(notes, answers, strict=True)
        if n.items
    ]
    return hits, len(hits)


def trapped(note: Note, answer: Answer) -> int:
    """Return how many of a note's traps it fell into: the wrong code is reported, and nowhere accepted."""
    accepted = {code for i in note.items for code in i.accepted}
    codes = diagnoses(answer).keys() - accepted
    return sum(trap.wrong in codes for trap in note.traps)


def entity_found(wanted: str, reported: Iterable[str]) -> bool:
    """Tell whether a reported string shares a word of four or more letters with an entity of the key."""
    words = set(_WORD.findall(wanted.lower()))
    return any(not words.isdisjoint(_WORD.findall(text.lower())) for text in reported)


def report(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the tables of all that gold notes have beside the diagnoses' own scores."""
    hits, count = first_listed(notes, answers)
    falls = [(trapped(n, a), len(n.traps)) for n, a in zip(notes, answers, strict=True)]
    rows = [
        _share("first-listed diagnosis right", [(hit, 1) for hit in hits]),
        _share("wrong codes of traps reported", falls),
    ]
    parts = [table(("of gold notes", "share", "95 %", "n", "of"), rows) if count else "No note has a diagnosis."]
    parts += [_procedures(notes, answers), _visits(notes, answers), _entities(notes, answers)]
    return "\n\n".join(parts)


def _share(name: str, rows: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    part, whole = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0)
    return (name, share(part / whole if whole else 0.0), span(interval(rows, ratio(0, 1))), str(part), str(whole))


def _procedures(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """CPT and HCPCS over all notes, E/M codes apart; PCS at seven and four characters over notes with PCS items."""
    services = [[c for c in procedures(a, _SERVICES) if not is_em(c)] for a in answers]
    lines = []
    headings = ("procedures", "P", "R", "F1", "95 % of F1", "found", "required", "right", "reported")
    if any(services):
        lines.append(scores("CPT/HCPCS", [tally(n.services, c) for n, c in zip(notes, services, strict=True)]))
    pcs = [(n, procedures(a, _PCS)) for n, a in zip(notes, answers, strict=True) if n.pcs]
    if any(codes for _, codes in pcs):
        lines.append(scores("PCS, 7 characters", [tally(n.pcs, codes) for n, codes in pcs]))
        lines.append(scores("PCS, 4 characters", [tally(cut(n.pcs, 4), {c[:4] for c in codes}) for n, codes in pcs]))
    missing = [
        f"{name}: {NOT_BUILT}"
        for name, built in (("CPT/HCPCS", any(services)), ("PCS", any(codes for _, codes in pcs)))
        if not built
    ]
    return "\n".join(([table(headings, lines)] if lines else []) + missing)


def _visits(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    visits = [a.get("visit") or {} for a in answers]
    if not any(visits):
        return f"E/M: {NOT_BUILT}"
    pairs = list(zip(notes, visits, strict=True))
    asked = [(n, v) for n, v in pairs if n.em in _LEVELS]
    rows = [
        _share("E/M level right", [(int(v.get("level") == n.em), 1) for n, v in asked]),
        _share("E/M code right", [(int(v.get("code") == n.em_code), 1) for n, v in pairs if n.em_code]),
        _share(
            "a level given where none applies",
            [(int(v.get("level") in _LEVELS), 1) for n, v in pairs if n.em == "not_applicable"],
        ),
    ]
    return table(("visit", "share", "95 %", "n", "of"), rows)


def _entities(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Recall of the key's entities; how many are reported at all stands beside it, since precision is not defined."""
    lines, missing = [], []
    for kind in ("medications", "equipment"):
        told = [facts(a, kind) for a in answers]
        if not any(told):
            missing.append(f"{kind}: {NOT_BUILT}")
            continue
        rows = []
        for note, texts in zip(notes, told, strict=True):
            wanted: tuple[str, ...] = getattr(note, kind)
            rows.append((sum(entity_found(w, texts) for w in wanted), len(wanted)))
        lines.append((*_share(kind, rows), str(sum(map(len, told)))))
    body = [table(("entities", "recall", "95 %", "found", "of", "reported"), lines)] if lines else []
    return "\n".join(body + missing)
