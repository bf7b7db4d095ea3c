"""The further reports on gold notes: first-listed, traps, procedures, the level of the visit, entities."""

from __future__ import annotations

from collections.abc import Sequence

from bench import entity_scores, visit_scores
from bench.answers import Answer, diagnoses, procedures
from bench.counts import tally
from bench.diagnosis_scores import scores
from bench.notes import Note, cut
from bench.sets.gold import is_em
from bench.tables import table
from bench.visit_scores import NOT_BUILT, row

_SERVICES = ("CPT", "HCPCS")
_PCS = ("ICD-10-PCS", "PCS")


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


def report(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the tables of all that gold notes have beside the diagnoses' own scores."""
    hits, count = first_listed(notes, answers)
    falls = [(trapped(n, a), len(n.traps)) for n, a in zip(notes, answers, strict=True)]
    rows = [
        row("first-listed diagnosis right", [(hit, 1) for hit in hits]),
        row("wrong codes of traps reported", falls),
    ]
    parts = [table(("of gold notes", "share", "95 %", "n", "of"), rows) if count else "No note has a diagnosis."]
    parts += [_procedures(notes, answers), visit_scores.report(notes, answers), entity_scores.report(notes, answers)]
    return "\n\n".join(parts)


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
