"""``python -m bench accuracy``: how right the codes are, by the definitions that are published with each set.

Codes: micro precision, recall and F1 over (note, code). For gold notes an item is found by its code or an alternative,
and a reported code is right if any item, required or optional, accepts it. Three-character scores cut both sides.
MAP: mean average precision over the notes with a key. Intervals: bootstrap over notes, 1,000 draws, fixed seed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from bench import (
    diagnosis_scores,
    entity_scores,
    error_file,
    gold_scores,
    negex_scores,
    procedure_scores,
    trained,
    visit_scores,
)
from bench.answers import Answer, load
from bench.notes import Note
from bench.sets import aci, codiesp, gold, negex
from bench.tables import share
from chartcode.model.case import BILLING, MENTIONS, MODES

SETS = ("codiesp", "aci", "gold", "negex")
PARTS: dict[str, Callable[[Sequence[Note], Sequence[Answer]], str]] = {
    "entities": entity_scores.report,
    "procedures": procedure_scores.report,
    "visit": visit_scores.report,
}
"""Reports that can be asked for alone."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--set", required=True, choices=SETS, help="whose form the data have")
    parser.add_argument("--data", required=True, type=Path, help="folder or file of the set")
    parser.add_argument("--split", help="train, dev, test, ...: a part of the set")
    parser.add_argument("--mode", choices=MODES, help="default: mentions for codiesp, billing otherwise")
    parser.add_argument(
        "--date", type=date.fromisoformat, help="whose books to use (default: 2026-05-01; codiesp: 2018-05-01)"
    )
    parser.add_argument("--limit", type=int, help="only the first N notes, for a quick trial")
    parser.add_argument("--part", choices=sorted(PARTS), help="only this report, of sets whose keys have it")
    parser.add_argument("--blind", action="store_true", help="keep the setting that the key knows from the Coder")
    parser.add_argument("--trained-on", type=Path, nargs="+", help="folders of the training data, for codes never seen")
    parser.add_argument("--results", type=Path, help="score this output of chartcode code --format jsonl instead")
    parser.add_argument("--save", type=Path, help="write the answers there, as JSON lines for --results")
    parser.add_argument("--errors", type=Path, help="write every mistake there (it will hold words of the notes)")


def main(options: argparse.Namespace) -> int:
    """Score, print, and write what was asked for."""
    if options.set == "negex":
        return _negex(options)
    notes = _notes(options)
    answers = _loaded(options, notes) if options.results else _answers(options, notes)
    if options.save:
        options.save.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")
    folders = options.trained_on or (trained.beside(options.data, options.split) if options.set == "codiesp" else [])
    if options.part:
        print(PARTS[options.part](notes, answers))
    else:
        print(report(options.set, notes, answers, trained.seen(folders) if folders else None))
    if options.errors:
        options.errors.write_text(error_file.write(options.set, notes, answers, _titles(options)), encoding="utf-8")
        print(f"\nMistakes: {options.errors} (it holds words of the notes)")
    return 0


def report(name: str, notes: Sequence[Note], answers: Sequence[Answer], seen: frozenset[str] | None) -> str:
    """Return the whole report on a set of notes as Markdown.

    Args:
        name: ``codiesp``, ``aci`` or ``gold``.
        notes: the notes with their keys.
        answers: one answer a note.
        seen: the codes of the training data, if known.
    """
    parts = [diagnosis_scores.overall(notes, answers, seen)]
    if name == "codiesp":
        parts.append(diagnosis_scores.ranked(notes, answers))
    if name == "gold":
        parts += [_as_found(notes, answers), gold_scores.report(notes, answers)]
    parts += [diagnosis_scores.bands(notes, answers), diagnosis_scores.by_chapter(notes, answers)]
    parts.append(diagnosis_scores.by("kind", notes, answers, lambda n: n.kind))
    parts.append(diagnosis_scores.by("setting", notes, answers, lambda n: n.setting or ""))
    return "\n\n".join(part for part in parts if part)


def _notes(options: argparse.Namespace) -> list[Note]:
    if options.set == "codiesp" and options.part == "procedures":
        return codiesp.read_procedures(options.data, options.split)[: options.limit]
    read = {"codiesp": codiesp.read, "aci": aci.read, "gold": gold.read}[options.set]
    return read(options.data, options.split)[: options.limit]


def _loaded(options: argparse.Namespace, notes: Sequence[Note]) -> list[Answer]:
    """Read the answers from a file and say how many notes have one."""
    answers = load(options.results, notes)
    without = sum("id" not in a for a in answers)
    print(f"{options.set} {options.split or ''}: {len(notes)} notes, answers of {options.results.name}")
    print(f"{without} notes have no answer there and count as empty\n" if without else "")
    return answers


def _answers(options: argparse.Namespace, notes: Sequence[Note]) -> list[Answer]:
    """Run the Coder over the notes and say by which books and how fast."""
    from bench.running import coder, day_of, runs

    mode = options.mode or (MENTIONS if options.set == "codiesp" else BILLING)
    day = day_of(options.set, options.date)
    began = perf_counter()
    triples = [(n.id, n.text, None if options.blind else n.setting) for n in notes]
    answers = [run.answer for run in runs(triples, coder(mode), day, whole=options.errors is not None)]
    spent = perf_counter() - began
    books = (
        ", ".join(f"{name} {version}" for name, version in (answers[0].get("books") or {}).items()) if answers else ""
    )
    print(f"{options.set} {options.split or ''}: {len(notes)} notes, mode {mode}, books of {day} ({books})")
    print(f"coded in {spent:.1f} s ({len(notes) / spent:.0f} notes a second with loading)")
    print(trained.warning(options.set, options.data, options.split) + "\n")
    return answers


def _titles(options: argparse.Namespace) -> Callable[[str], str]:
    """Return what gives a code's title: the book used; none for answers from a file, which are scored without books."""
    if options.results:
        return lambda _: ""
    from bench.running import book, day_of

    title: Callable[[str], str] = book(day_of(options.set, options.date)).title
    return title


def _as_found(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Say how often the chart's setting and kind are those of the key."""
    settings = [a.get("setting") == n.setting for n, a in zip(notes, answers, strict=True)]
    kinds = [(a.get("documents") or [{}])[0].get("kind") == n.kind for n, a in zip(notes, answers, strict=True)]
    return (
        f"Setting as in the key: {share(sum(settings) / len(settings) if settings else 0.0)}; "
        f"kind as in the key: {share(sum(kinds) / len(kinds) if kinds else 0.0)}"
    )


def _negex(options: argparse.Namespace) -> int:
    from chartcode.assign.context import Context

    sentences = negex.read(options.data)[: options.limit]
    said = [Context(s.text).assertion(s.start, s.end, "")[0] for s in sentences]
    print(f"negex: {len(sentences)} sentences\n\n{negex_scores.report(sentences, said)}")
    if options.errors:
        lines = [error_file.HEADER.format(name="negex"), *negex_scores.mistakes(sentences, said), ""]
        options.errors.write_text("\n".join(lines), encoding="utf-8")
        print(f"\nMistakes: {options.errors} (it holds words of the notes)")
    return 0
