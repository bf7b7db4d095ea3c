"""The further reports on gold notes: first-listed, traps, procedures, the level of the visit, entities."""

from __future__ import annotations

from collections.abc import Sequence

from bench import entity_scores, procedure_scores, visit_scores
from bench.answers import Answer, diagnoses
from bench.notes import Note
from bench.tables import table
from bench.visit_scores import row


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
    parts += [scores.report(notes, answers) for scores in (procedure_scores, visit_scores, entity_scores)]
    return "\n\n".join(parts)
