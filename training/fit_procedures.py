"""Fit what research mode knows of procedures: phrases of CodiEsp with codes, and how far to trust our own terms.

    python training/fit_procedures.py --data DATA --projected FILE ... --out src/chartcode/books/fitted/procedures.npz

DATA is the shared data folder; the FILEs are the English evidence spans that ``project_codiesp.py`` wrote (marked and
silver). Deterministic. What a document is judged by was never learned from itself: phrases, trust and threshold are
cross-fitted over five folds of documents; the printed scores are those of the folds, at the threshold of the other
folds. A code is right if it is one of CodiEsp's, compared at that code's own length (four or seven characters).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from chartcode.assign.operations import research
from chartcode.assign.operations.axes import drafts
from chartcode.assign.operations.reading import read
from chartcode.assign.operations.tables import walk
from chartcode.books import Books, Shelf
from chartcode.books.model import Phrases
from chartcode.books.procedure_phrases import ProcedurePhrases
from chartcode.books.words import MASK, forms, phrase_key
from chartcode.books.words import share as word_share
from chartcode.collect import chart_from_text
from chartcode.model.case import MENTIONS, Case

DAY = date(2026, 5, 1)
FOLDS = 5
LEAST = 0.07
"""Associations that hold less often than this are not worth a look."""
WEIGHT = 0.7
PRIOR = 0.4
"""A phrase that was marked once is believed this much before its documents are counted; so is a term of ours."""


@dataclass
class Note:
    """A CodiEsp document with its procedure codes, upper case, and what the engine's own terms make of it."""

    id: str
    case: Case
    text: str
    codes: frozenset[str]
    fold: int
    terms: frozenset[tuple[str, str]] = frozenset()


class Training(Books):
    """Books of the day with phrases under construction."""

    own: ProcedurePhrases

    @property
    def procedure_phrases(self) -> ProcedurePhrases:
        """The phrases under construction."""
        return self.own


def notes_of(data: Path, splits: Iterable[str]) -> list[Note]:
    """Read CodiEsp documents (English) with their procedure codes."""
    notes = []
    for split in splits:
        folder = data / "notes" / "codiesp" / split
        codes: dict[str, set[str]] = defaultdict(set)
        for name, code in csv.reader((folder / f"{split}P.tsv").open(encoding="utf-8"), delimiter="\t"):
            codes[name].add(code.upper())
        for path in sorted((folder / "en").glob("*.txt")):
            text = path.read_bytes().decode("utf-8")
            chart = chart_from_text(text, path.stem)
            chart = replace(chart, encounter=replace(chart.encounter, first=DAY, last=DAY))
            fold = sha256(path.stem.encode()).digest()[0] % FOLDS
            notes.append(Note(path.stem, Case(chart, (), MENTIONS), text, frozenset(codes[path.stem]), fold))
    return notes


def own_terms(note: Note, books: Books) -> frozenset[tuple[str, str]]:
    """Return (term of ours, code that it makes) for each that a note has."""
    found = [
        f for d in note.case.chart.documents for f in read(d, books.operations) if "off" not in f.operation.options
    ]
    walked = ((f, walk(draft, f, books.icd10pcs)) for f in found for draft in drafts(f, books.operations))
    return frozenset((f.operation.name, w.code) for f, w in walked if w is not None)


def right(code: str, gold: Iterable[str]) -> str | None:
    """Return the gold code that a code hits at the gold's own length, or None."""
    return next((g for g in gold if code[: len(g)] == g), None)


def windows(text: str, abbreviations: dict[str, int]) -> set[int]:
    """Return the keys of all windows of up to six words of a text."""
    h = [word_share(w, abbreviations) for w in forms(text)]
    return {sum(h[i:j]) & MASK for i in range(len(h)) for j in range(i + 1, min(i + 7, len(h) + 1))}


def fit(spans: list[dict], notes: list[Note], books: Books) -> ProcedurePhrases:
    """Learn phrases and trust from the given notes alone."""
    short = books.lexicon.abbreviations
    within = {n.id for n in notes}
    known = {(s["es"].lower(), s["code"]) for s in spans if s["doc"] in within}
    pairs: dict[int, dict[str, float]] = defaultdict(dict)
    for span in spans:
        silver = span["split"] == "background" and span["score"] >= 0.9 and span["trust"] >= PRIOR
        if span["doc"] not in within and not (silver and (span["es"].lower(), span["code"]) in known):
            continue
        words, code = forms(span["en"]), span["code"].upper()
        if len(words) <= 7 and len(span["en"]) < 70 and any(len(w) > 1 and w[0].isalpha() for w in words):
            key = phrase_key(words, short)
            pairs[key][code] = max(pairs[key].get(code, 0.0), span.get("trust", PRIOR))
    has, hit = Counter[int](), Counter[tuple[int, str]]()
    fired, good = Counter[str](), Counter[str]()
    for note in notes:
        for key in windows(note.text, short) & pairs.keys():
            has[key] += 1
            for code in pairs[key]:
                hit[key, code] += code in note.codes
        for name in {name for name, _ in note.terms}:
            fired[name] += 1
            good[name] += any(right(code, note.codes) for n, code in note.terms if n == name)
    table: dict[int, dict[str, float]] = {}
    for key, codes in pairs.items():
        shares = {c: round((hit[key, c] + WEIGHT * trust) / (has[key] + 1.0), 3) for c, trust in codes.items()}
        kept = {c: s for c, s in shares.items() if s >= LEAST and books.icd10pcs.complete(c)}
        if kept and key:
            table[key] = kept
    unknown = round((sum(good.values()) + 1) / (sum(fired.values()) + 2), 3)
    terms = {name: round((good[name] + 2 * unknown) / (fired[name] + 2), 3) for name in sorted(fired)}
    return made(table, terms, unknown, short)


def made(
    table: dict[int, dict[str, float]], terms: dict[str, float], unknown: float, abbreviations: dict[str, int]
) -> ProcedurePhrases:
    """Return phrases ready to use, with the threshold at nought."""
    names: dict[str, int] = {}
    return ProcedurePhrases(
        "", Phrases({**columns(table, names), "code_names": list(names)}, abbreviations), terms, 0.0, unknown
    )


def columns(table: dict[int, dict[str, float]], names: dict[str, int]) -> dict[str, np.ndarray]:
    """Return the columns of the file; ``names`` is filled with the codes in the order of their numbers."""
    keys = sorted(table)
    starts, codes, shares = [0], [], []
    for key in keys:
        for code, share in sorted(table[key].items(), key=lambda kv: (-kv[1], kv[0]))[:3]:
            codes.append(names.setdefault(code, len(names)))
            shares.append(share)
        starts.append(len(codes))
    return {
        "phrase_keys": np.array(keys, dtype=np.uint64),
        "phrase_starts": np.array(starts, dtype=np.uint32),
        "phrase_codes": np.array(codes, dtype=np.uint32),
        "phrase_shares": np.array(shares, dtype=np.float32),
    }


def answers(note: Note, books: Books) -> list[tuple[float, str]]:
    """Return (confidence, code) of a note's procedures, all of them."""
    return [(p.confidence, p.code.value) for p in research.every(note.case, books, "operations")]


def score(judged: list[tuple[Note, list[tuple[float, str]]]], threshold: float) -> tuple[float, float, float]:
    """Return micro precision, recall and F1 over the notes that have a code."""
    hits = told = asked = 0
    for note, codes in judged:
        if not note.codes:
            continue
        said = {right(c, note.codes) or c for confidence, c in codes if confidence >= threshold}
        hits, told, asked = hits + len(said & note.codes), told + len(said), asked + len(note.codes)
    precision, recall = hits / max(told, 1), hits / max(asked, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def best(judged: list[tuple[Note, list[tuple[float, str]]]]) -> float:
    """Return the threshold with the best F1."""
    return max((n / 100 for n in range(5, 80)), key=lambda t: score(judged, t)[2])


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--projected", type=Path, nargs="+", required=True)
    parser.add_argument("--splits", default="train,dev", help="CodiEsp splits to fit on")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    books = Training(DAY, Shelf.open())
    spans = [json.loads(line) for path in options.projected for line in path.read_text(encoding="utf-8").splitlines()]
    spans = [s for s in spans if s["kind"] == "P"]
    notes = [replace(n, terms=own_terms(n, books)) for n in notes_of(options.data, options.splits.split(","))]
    judged: dict[int, list[tuple[Note, list[tuple[float, str]]]]] = {}
    for f in range(FOLDS):
        books.own = fit(spans, [n for n in notes if n.fold != f], books)
        judged[f] = [(n, answers(n, books)) for n in notes if n.fold == f]
        print(f"fold {f + 1} of {FOLDS} judged", file=sys.stderr)
    outside = {f: best([j for g in range(FOLDS) if g != f for j in judged[g]]) for f in range(FOLDS)}
    held = [(n, [(c, code) for c, code in codes if c >= outside[f]]) for f in range(FOLDS) for n, codes in judged[f]]
    print("cross-validated, thresholds of the other folds: P {:.3f} R {:.3f} F1 {:.3f}".format(*score(held, 0.0)))
    every = [j for f in range(FOLDS) for j in judged[f]]
    threshold = best(every)
    print("at one threshold {}: P {:.3f} R {:.3f} F1 {:.3f}".format(threshold, *score(every, threshold)))
    final = fit(spans, notes, books)
    write(final, threshold, options.out)


def write(final: ProcedurePhrases, threshold: float, out: Path) -> None:
    """Write the file that the package ships."""
    arrays = {
        name: getattr(final.phrases, f"_{name.removeprefix('phrase_')}", None)
        for name in ("phrase_starts", "phrase_codes", "phrase_shares")
    }
    arrays["phrase_keys"] = final.phrases.keys
    head = {
        "version": f"procedures-{DAY.isoformat()}", "codes": list(final.phrases._names), "terms": dict(final.terms),  # noqa: SLF001
        "threshold": threshold, "unknown": final.unknown,
    }  # fmt: skip
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **arrays)
    print(f"{out.name}: {out.stat().st_size / 1e3:.0f} kB, {len(final.phrases.keys)} phrases")


if __name__ == "__main__":
    main()
