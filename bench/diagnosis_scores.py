"""The report on diagnoses of any set: scores, ranked lists, codes never trained on, bands, chapters, kinds of note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from bench.answers import Answer, considered, diagnoses, in_band
from bench.chapters import NAMES, chapter
from bench.counts import Tally, f1, interval, ratio, tally, total
from bench.notes import Note, cut
from bench.ranking import average_precision, reliability
from bench.tables import share, span, table
from chartcode.model.case import BANDS

_COLUMNS = ("P", "R", "F1", "95 % of F1", "found", "required", "right", "reported")


def scores(name: str, rows: Sequence[Tally]) -> tuple[str, ...]:
    """Return one line of a table of scores, with the bootstrap interval of F1 over notes."""
    all_ = total(rows)
    return (
        name,
        *map(share, (all_.precision, all_.recall, all_.f1)),
        span(interval([astuple(r) for r in rows], f1)),
        *map(str, astuple(all_)),
    )


def overall(notes: Sequence[Note], answers: Sequence[Answer], seen: frozenset[str] | None) -> str:
    """Return exact and three-character scores, and those of codes that the training data do not hold.

    Args:
        notes: the notes with their keys.
        answers: one answer a note.
        seen: the codes of the training data; None if it is not known what they are.
    """
    lines = [
        scores("exact", tallies(notes, answers)),
        scores("3-character", [_short(n, a) for n, a in _pairs(notes, answers)]),
    ]
    if seen is not None:
        lines.append(scores("seen in training", tallies(notes, answers, lambda code: code in seen)))
        lines.append(scores("never seen in training", tallies(notes, answers, lambda code: code not in seen)))
    asked = [i for n in notes for i in n.items if i.required]
    within = sum(
        not considered(a).isdisjoint(i.accepted) for n, a in _pairs(notes, answers) for i in n.items if i.required
    )
    recall = within / len(asked) if asked else 0.0
    return (
        table(("diagnoses", *_COLUMNS), lines)
        + f"\n\nRecall of everything that was considered (reported, rejected, rivals, proposals): {share(recall)}"
        + ("" if seen is not None else "\nCodes never seen in training: name the training data with --trained-on DIR.")
    )


def tallies(
    notes: Sequence[Note], answers: Sequence[Answer], where: Callable[[str], bool] = lambda _: True
) -> list[Tally]:
    """Return the counts of each note, over the codes that ``where`` admits."""
    return [tally(n.items, diagnoses(a), where) for n, a in _pairs(notes, answers)]


def _short(note: Note, answer: Answer) -> Tally:
    return tally(cut(note.items, 3), {code[:3] for code in diagnoses(answer)})


def ranked(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the mean average precision in the order given, and by confidence where that is another order."""
    given = [list(diagnoses(a)) for a in answers]
    by_confidence = [sorted(found, key=lambda c: -_confidence(found[c])) for found in map(diagnoses, answers)]
    lines = [_map("MAP, in the order given", notes, given)]
    if given != by_confidence:
        lines.append(_map("MAP, ordered by confidence", notes, by_confidence))
    return "\n".join(lines)


def _confidence(entry: Mapping[str, Any]) -> float:
    return float(entry.get("confidence") or 0.0)


def _map(name: str, notes: Sequence[Note], lists: Sequence[Sequence[str]]) -> str:
    each = [
        average_precision(codes, {i.code for i in n.items if i.required}) for n, codes in zip(notes, lists, strict=True)
    ]
    mean = sum(each) / len(each) if each else 0.0
    return f"{name}: {share(mean)} (95 %: {span(interval([(ap, 1) for ap in each], ratio(0, 1)))})"


def bands(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return precision and coverage of each band, and the reliability curve of the confidences."""
    right = total(tallies(notes, answers)).right
    lines = []
    for band in BANDS:
        rows = [tally(n.items, in_band(a, band)) for n, a in _pairs(notes, answers)]
        all_ = total(rows)
        lines.append(
            (
                band,
                share(all_.precision),
                span(interval([astuple(r) for r in rows], ratio(2, 3))),
                share(all_.recall),
                share(all_.right / right if right else 0.0),
                str(all_.right),
                str(all_.reported),
            )
        )
    headings = ("band", "precision", "95 %", "coverage", "share of the right codes", "right", "reported")
    judged = [
        (_confidence(entry), code in _accepted(n))
        for n, a in _pairs(notes, answers)
        for code, entry in diagnoses(a).items()
    ]
    bins, error = reliability(judged)
    curve = [
        (f"{b.low:.1f}-{b.high:.1f}", share(b.confidence), share(b.precision), str(b.right), str(b.count)) for b in bins
    ]
    return (
        "Coverage: required items hit by a code of the band.\n\n"
        + table(headings, lines)
        + "\n\n"
        + table(("confidence", "mean confidence", "precision", "right", "reported"), curve)
        + f"\n\nExpected calibration error: {share(error)}"
    )


def by_chapter(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the scores of each chapter of ICD-10-CM that occurs."""
    lines = []
    for name in NAMES:
        rows = tallies(notes, answers, lambda code, name=name: chapter(code) == name)  # type: ignore[misc]
        all_ = total(rows)
        if all_.required or all_.reported:
            lines.append(scores(name, rows))
    return table(("chapter", *_COLUMNS), lines)


def by(what: str, notes: Sequence[Note], answers: Sequence[Answer], key: Callable[[Note], str]) -> str:
    """Return the scores of each group of notes, or an empty string if there is but one."""
    groups = sorted({key(n) for n in notes})
    if len(groups) < 2:
        return ""
    rows = tallies(notes, answers)
    lines = []
    for group in groups:
        own = [row for n, row in zip(notes, rows, strict=True) if key(n) == group]
        lines.append(scores(f"{group or 'not said'} ({len(own)})", own))
    return table((f"{what} (notes)", *_COLUMNS), lines)


def _accepted(note: Note) -> set[str]:
    return {code for i in note.items for code in i.accepted}


def _pairs(notes: Sequence[Note], answers: Sequence[Answer]) -> list[tuple[Note, Answer]]:
    return list(zip(notes, answers, strict=True))
