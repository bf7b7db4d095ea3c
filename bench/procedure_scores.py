"""How right the procedures are: ICD-10-PCS, and CPT with HCPCS, by the definitions that are published with each set.

Gold notes: an item is found by its code or an alternative, a reported code is right if any item accepts it; required
items alone are asked for. ICD-10-PCS over the notes that have PCS items, at seven and at four characters; beside it,
for information, as if every item were required (the gold coding leaves PCS of outpatient operations optional).
CodiEsp: micro scores over the documents that have a procedure, each reported code cut to the length, four or seven, of
the key's code that it hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.answers import Answer, procedures
from bench.counts import Tally, tally
from bench.diagnosis_scores import scores
from bench.notes import Item, Note, cut
from bench.sets.gold import is_em
from bench.tables import share, table
from bench.visit_scores import NOT_BUILT

SERVICES = ("CPT", "HCPCS")
PCS = ("ICD-10-PCS", "PCS")

_HEADINGS = ("procedures", "P", "R", "F1", "95 % of F1", "found", "required", "right", "reported")


def report(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the tables of scores; what no answer has at all is said to be not built."""
    if any(len(item.code) < 7 for note in notes for item in note.pcs):
        return table(_HEADINGS, [scores("PCS, at the key's own length", _own_length(notes, answers))])
    services = [[c for c in procedures(a, SERVICES) if not is_em(c)] for a in answers]
    lines = []
    if any(services):
        lines.append(scores("CPT/HCPCS", [tally(n.services, c) for n, c in zip(notes, services, strict=True)]))
        lines += _by_halves(notes, services)
    pcs = [(n.pcs, procedures(a, PCS)) for n, a in zip(notes, answers, strict=True) if n.pcs]
    if any(codes for _, codes in pcs):
        lines += [scores(f"PCS, {length} characters", _at(pcs, length)) for length in (7, 4)]
        all_asked = [(tuple(replace(i, required=True) for i in items), codes) for items, codes in pcs]
        lines += [scores(f"PCS, {length}, all items required", _at(all_asked, length)) for length in (7, 4)]
    missing = [
        f"{name}: {NOT_BUILT}"
        for name, built in (("CPT/HCPCS", any(services)), ("PCS", any(codes for _, codes in pcs)))
        if not built
    ]
    said = [_modifiers(notes, answers)] if any(services) else []
    return "\n".join(([table(_HEADINGS, lines)] if lines else []) + said + missing)


def _by_halves(notes: Sequence[Note], services: Sequence[list[str]]) -> list[tuple[str, ...]]:
    """Return the scores of each half of a set: the rules were made while reading the first half alone."""
    found = []
    for name, first in (("read while building", 0), ("unseen", 1)):
        half = [(n.services, c) for place, (n, c) in enumerate(zip(notes, services, strict=True)) if place % 2 == first]
        if any(codes for _, codes in half):
            found.append(scores(f"CPT/HCPCS, half {name}", [tally(*one) for one in half]))
    return found


def _modifiers(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Say on how many of the key's codes that are reported the modifiers are the key's, in any order."""
    right = asked = 0
    for note, answer in zip(notes, answers, strict=True):
        given: dict[str, list[set[str]]] = {}
        for entry in answer.get("procedures") or ():
            given.setdefault(entry["code"], []).append(set(entry.get("modifiers") or ()))
        for item in note.services:
            if item.code in given:
                asked += 1
                right += set(item.modifiers) in given[item.code]
    figure = share(right / asked if asked else 0.0)
    return f"Modifiers as in the key, on its codes that are reported: {figure} ({right} of {asked})"


def _at(pcs: Sequence[tuple[tuple[Item, ...], list[str]]], length: int) -> list[Tally]:
    return [tally(cut(items, length), {code[:length] for code in codes}) for items, codes in pcs]


def _own_length(notes: Sequence[Note], answers: Sequence[Answer]) -> list[Tally]:
    return [tally(n.pcs, at_own_length(procedures(a, PCS), n)) for n, a in zip(notes, answers, strict=True) if n.pcs]


def at_own_length(codes: Sequence[str], note: Note) -> set[str]:
    """Return reported codes, each cut to the length of the key's code that it hits; whole where it hits none.

    >>> at_own_length(["BW20ZZZ", "0DTJ4ZZ"], Note("n", "", pcs=(Item(("BW20",)), Item(("0DTJ0ZZ",)))))
    {'BW20', '0DTJ4ZZ'}
    """
    keys = [item.code for item in note.pcs]
    return {next((key for key in keys if code[: len(key)] == key), code) for code in codes}
