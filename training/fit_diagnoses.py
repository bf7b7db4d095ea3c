"""Fit the shipped model of diagnoses: phrase associations, priors, and one forest of trees per question.

    python training/fit_diagnoses.py --data DATA --projected FILE --out src/chartcode/books/fitted/diagnoses.npz

DATA is the shared data folder; FILE the English evidence spans that ``project_codiesp.py`` wrote. Deterministic.

Three forests: ``billing`` (is a candidate accepted by the gold coding), ``needed`` (is it one that nearly every coder
reports), ``mentions`` (is it among CodiEsp's codes); and
``lead``, a logistic model (is it the first-listed diagnosis). What a document is judged by was never learned from
itself: phrase associations, priors and trees are cross-fitted over folds of documents; the printed scores are those of
the folds.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from operator import itemgetter
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from chartcode.assign.settle import agreed, describe, policy, wanted, worth_a_look
from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.features import PRIORS, rows, term_key
from chartcode.assign.settle.lead import by_guideline, ranked
from chartcode.assign.settle.sequence import may_lead
from chartcode.books import ICD10CM, Books, Shelf
from chartcode.books.model import Forest, Model
from chartcode.books.words import MASK, forms, phrase_key
from chartcode.books.words import share as word_share
from chartcode.collect import chart_from_text
from chartcode.model.case import BILLING, MENTIONS, Case
from chartcode.model.chart import Chart
from chartcode.model.code import dotted
from chartcode.pipeline import OPINIONS

DAY = date(2026, 5, 1)
"""The day for which the gold notes were coded."""
CODIESP_DAY = date(2018, 5, 1)
"""A day of the edition by which CodiEsp was coded (CIE-10-ES 2018): R51 was a code then, and R51.9 was none."""
FOLDS = 5
SURE = 0.93
"""How often what is marked confident has to be right on the folds: notes that nobody read lose about .03 of it."""
LEAST = 0.07
"""Associations that hold less often than this are not worth a look."""
PLACES = frozenset(
    ("abdomen", "ankle", "arm", "back", "blood", "breast", "chest", "cheek", "ear", "elbow", "eye", "face", "finger",
     "flank", "foot", "forearm", "groin", "hand", "head", "heart", "hip", "kidney", "knee", "left", "leg", "liver",
     "lung", "neck", "pressure", "right", "shoulder", "side", "skin", "spine", "stomach", "thigh", "throat", "toe",
     "wrist")
)  # fmt: skip
"""A projected span of these words alone names a place, not what ails it."""
_PAREN = re.compile(r"\([^)]*\)")


@dataclass
class Note:
    """A note to learn from: its accepted codes (and the first-listed ones), or CodiEsp's codes."""

    id: str
    text: str
    accepted: set[str]
    first: set[str] = field(default_factory=set)
    required: list[set[str]] = field(default_factory=list)
    fold: int = 0


@dataclass
class Seen:
    """What came of one note: a row of features and a label for each candidate."""

    note: Note
    codes: list[str]
    table: list[dict[str, float]]
    terms: list[list[str]]
    reached: list[bool]
    case: Case = field(default=Case(Chart("")), repr=False)
    standing: list[Candidate] = field(default_factory=list, repr=False)


def fold_of(name: str) -> int:
    """Return a document's fold, by its name alone."""
    return sha256(name.encode()).digest()[0] % FOLDS


def gold_notes(data: Path) -> list[Note]:
    """Read the gold notes."""
    folder = data / "notes" / "gold"
    notes = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        text = (folder / "notes" / f"{item['id']}.txt").read_bytes().decode("utf-8")
        ways = [{d["code"], *d["alt"]} for d in item["dx"]]
        notes.append(
            Note(
                item["id"],
                text,
                set().union(*ways) if ways else set(),
                ways[0] if ways else set(),
                [w for w, d in zip(ways, item["dx"], strict=True) if d["status"] == "required"],
                fold_of(item["id"]),
            )
        )
    return notes


def codiesp_notes(data: Path, splits: Iterable[str]) -> list[Note]:
    """Read CodiEsp documents (English) with their diagnosis codes."""
    notes = []
    for split in splits:
        folder = data / "notes" / "codiesp" / split
        codes: dict[str, set[str]] = defaultdict(set)
        for name, code in csv.reader((folder / f"{split}D.tsv").open(encoding="utf-8"), delimiter="\t"):
            codes[name].add(dotted(code))
        notes += [
            Note(path.stem, path.read_bytes().decode("utf-8"), codes[path.stem], fold=fold_of(path.stem))
            for path in sorted((folder / "en").glob("*.txt"))
        ]
    return notes


def index_phrases(data: Path) -> Iterator[tuple[list[str], str]]:
    """Yield (normal forms, code) of the official Alphabetic Index: main term with its subterms."""
    path = data / "codesets" / "icd10cm" / "2026" / "icd10cm_index_2026_DERIVED.csv.gz"
    above: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = int(row["level"])
            above = [*above[:level], row["term"]]
            code = row["code"].strip().rstrip("-").rstrip(".")
            if not code or level > 3:
                continue
            terms = [_PAREN.sub("", t) for t in above]
            heads = (
                [h.strip() for h in terms[0].split(",")]
                if "," in terms[0] and len(terms[0].split(",")) == 2
                else [terms[0]]
            )
            for head in {*heads, terms[0]}:
                found = forms(" ".join([head, *terms[1:]]))
                if found and (len(found) > 1 or len(found[0]) > 3):
                    yield found, dotted(code.replace("-", ""))


class Associations:
    """Phrase key -> code -> (documents with the phrase, those with the code), counted over notes."""

    def __init__(self, abbreviations: dict[str, int]) -> None:
        """Take the lexicon's abbreviations."""
        self.abbreviations = abbreviations
        self.codes: dict[int, dict[str, float]] = defaultdict(dict)

    def key(self, words: list[str]) -> int:
        """Return a phrase's key."""
        return phrase_key(words, self.abbreviations)

    def arrays(self, names: dict[str, int]) -> dict[str, np.ndarray]:
        """Return the columns of the model file."""
        keys = sorted(k for k in self.codes if k)
        starts, codes, shares = [0], [], []
        for key in keys:
            for code, share in sorted(self.codes[key].items(), key=lambda kv: (-kv[1], kv[0]))[:3]:
                codes.append(names.setdefault(code, len(names)))
                shares.append(share)
            starts.append(len(codes))
        return {
            "phrase_keys": np.array(keys, dtype=np.uint64),
            "phrase_starts": np.array(starts, dtype=np.uint32),
            "phrase_codes": np.array(codes, dtype=np.uint32),
            "phrase_shares": np.array(shares, dtype=np.float32),
        }


def windows(text: str, abbreviations: dict[str, int]) -> set[int]:
    """Return the keys of all windows of up to six words of a text."""
    h = [word_share(w, abbreviations) for w in forms(text)]
    return {sum(h[i:j]) & MASK for i in range(len(h)) for j in range(i + 1, min(i + 7, len(h) + 1))}


def associate(
    spans: list[dict],
    notes: list[Note],
    official: list[tuple[list[str], str]],
    abbreviations: dict[str, int],
    book: ICD10CM,
) -> Associations:
    """Learn associations from evidence spans of the given notes, and take the official Index's."""
    made = Associations(abbreviations)
    within = {n.id: n for n in notes}
    known = {(s["es"].lower(), s["code"]) for s in spans if s["doc"] in within and s["kind"] == "D"}
    pairs: dict[int, dict[str, float]] = defaultdict(dict)
    for span in spans:
        own = span["doc"] in within or (
            span["split"] == "background"
            and span["score"] >= 0.9
            and span["trust"] >= 0.4
            and (span["es"].lower(), span["code"]) in known
        )
        if own and span["kind"] == "D" and len(span["en"]) < 70:
            words = forms(span["en"])
            if len(words) <= 7 and not PLACES.issuperset(words) and any(len(w) > 1 and w[0].isalpha() for w in words):
                key, code = made.key(words), dotted(span["code"])
                pairs[key][code] = max(pairs[key].get(code, 0.0), span.get("trust", 0.4))
    has: dict[int, int] = Counter()
    hit: dict[tuple[int, str], int] = Counter()
    for note in notes:
        for key in windows(note.text, abbreviations) & pairs.keys():
            has[key] += 1
            for code in pairs[key]:
                hit[key, code] += code in note.accepted
    for words, code in official:
        if book.entry(code) is not None:
            made.codes[made.key(words)].setdefault(code, 0.5)
    for key, codes in pairs.items():
        shares = {c: round((hit[key, c] + 0.7 * trust) / (has[key] + 1.0), 3) for c, trust in codes.items()}
        made.codes[key] = {c: share for c, share in shares.items() if share >= LEAST} or made.codes.get(key, {})
        if not made.codes[key]:
            del made.codes[key]
    return made


def model_of(made: Associations, abbreviations: dict[str, int]) -> Model:
    """Return a model with associations and no trees, for making candidates."""
    names: dict[str, int] = {}
    arrays = made.arrays(names)
    arrays["head"] = np.frombuffer(
        json.dumps({"version": "", "codes": list(names), "forests": {}}).encode(), dtype=np.uint8
    )
    return Model(arrays, abbreviations)


class Training(Books):
    """Books of the day with a model under construction."""

    own: Model

    @property
    def model(self) -> Model:
        """The model under construction."""
        return self.own


def _but_for_its_seventh(code: str) -> str:
    """Return an injury's code as CodiEsp writes it: without the seventh character, and what fills up to it."""
    return code[:-1].rstrip("X").rstrip(".") if len(code) == len("S72.002A") else ""


def look(note: Note, books: Books, mode: str) -> Seen:
    """Make a note's candidates and their features (priors left at nought)."""
    chart = chart_from_text(note.text, note.id)
    chart = replace(chart, encounter=replace(chart.encounter, first=books.day, last=books.day))
    case = Case(chart, (), mode)
    for step in OPINIONS:
        case = case.plus(step(case, books))
    standing, _ = policy(case, books)
    table = rows(standing, case, books)
    for candidate, row in zip(standing, table, strict=True):
        candidate.row = row
    return Seen(
        note,
        [c.code for c in standing],
        table,
        [[term_key(m, books) for m in c.mentions] for c in standing],
        [c.code in note.accepted or _but_for_its_seventh(c.code) in note.accepted for c in standing],
        case,
        standing if mode == BILLING else [],
    )


def priors_of(seen: Iterable[Seen], weight: float = 3.0) -> dict[str, float]:
    """Return log-odds by code, category and phrase, shrunk to the overall rate."""
    n: Counter = Counter()
    k: Counter = Counter()
    for s in seen:
        for code, terms, good in zip(s.codes, s.terms, s.reached, strict=True):
            for name in {f"code:{code}", f"cat:{code[:3]}", *terms, ""}:
                n[name] += 1
                k[name] += good
    rate = (k[""] + 1) / (n[""] + 2)
    odds = math.log(rate / (1 - rate))
    return {
        name: round(math.log((k[name] + weight * rate) / (n[name] - k[name] + weight * (1 - rate))) - odds, 3)
        for name in n
        if name and n[name] >= 2
    }


def with_priors(s: Seen, priors: dict[str, float]) -> list[dict[str, float]]:
    """Return a note's rows with their priors filled in."""
    return [
        row
        | {
            "code prior": priors.get(f"code:{code}", 0.0),
            "category prior": priors.get(f"cat:{code[:3]}", 0.0),
            "term prior": max((priors.get(t, 0.0) for t in terms), default=0.0),
        }
        for row, code, terms in zip(s.table, s.codes, s.terms, strict=True)
    ]


def matrix(table: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """Return rows as a matrix."""
    return np.array([[row.get(n, 0.0) for n in names] for row in table], dtype=np.float64).reshape(-1, len(names))


def grow(x: np.ndarray, y: np.ndarray, seed: int = 7) -> HistGradientBoostingClassifier:
    """Fit trees."""
    model = HistGradientBoostingClassifier(
        learning_rate=0.09, max_iter=110, max_leaf_nodes=16, min_samples_leaf=15,
        l2_regularization=3.0, max_features=0.35, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return model.fit(x, y)


def exported(model: HistGradientBoostingClassifier) -> dict[str, np.ndarray]:
    """Return trees as flat arrays; a leaf has no left child (-1)."""
    feature, split, left, right, value, roots = [], [], [], [], [], []
    for (tree,) in model._predictors:  # noqa: SLF001 - the library has no public way to read its trees
        base = len(feature)
        roots.append(base)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            feature.append(0 if leaf else int(node["feature_idx"]))
            split.append(0.0 if leaf else float(node["num_threshold"]))
            left.append(-1 if leaf else base + int(node["left"]))
            right.append(-1 if leaf else base + int(node["right"]))
            value.append(float(node["value"]) if leaf else 0.0)
    return {
        "feature": np.array(feature, dtype=np.int16), "split": np.array(split), "left": np.array(left, dtype=np.int32),
        "right": np.array(right, dtype=np.int32), "value": np.array(value), "roots": np.array(roots, dtype=np.int32),
    }  # fmt: skip


def forest_of(part: dict, trees: dict[str, np.ndarray]) -> Forest:
    """Return a forest ready to score."""
    return Forest(tuple(part["names"]), base=part["base"], scale=tuple(part["scale"]), threshold=part["threshold"],
                  sure=part["sure"], priors=part["priors"], **trees)  # fmt: skip


def platt(raw: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the scale that calibrates raw scores."""
    fit = LogisticRegression(C=1e6).fit(raw.reshape(-1, 1), y)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def gold_score(chosen: list[tuple[Note, set[str]]]) -> tuple[float, float, float]:
    """Return precision, required recall and F1 as the gold notes' README defines them."""
    right = sum(len(codes & note.accepted) for note, codes in chosen)
    reported = sum(len(codes) for _, codes in chosen)
    hit = sum(bool(way & codes) for note, codes in chosen for way in note.required)
    wanted = sum(len(note.required) for note, _ in chosen)
    p, r = right / max(1, reported), hit / max(1, wanted)
    return p, r, 2 * p * r / max(1e-9, p + r)


def micro(chosen: list[tuple[Note, set[str]]]) -> tuple[float, float, float]:
    """Return micro precision, recall and F1 over codes."""
    right = sum(len(codes & note.accepted) for note, codes in chosen)
    reported = sum(len(codes) for _, codes in chosen)
    wanted = sum(len(note.accepted) for note, _ in chosen)
    p, r = right / max(1, reported), right / max(1, wanted)
    return p, r, 2 * p * r / max(1e-9, p + r)


def question(
    name: str,
    seen: list[Seen],
    score: Callable[[list[tuple[Note, set[str]]]], tuple[float, float, float]],
    slack: float = 0.0,
) -> tuple[dict, dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Cross-fit a forest over the folds; return (forest part, arrays, out-of-fold scores by note).

    The threshold is the lowest whose F1 is within ``slack`` of the best: a ranked list gains from going on a little.
    """
    names = sorted({k for s in seen for row in s.table for k in row} | set(PRIORS))
    oof: dict[str, np.ndarray] = {}
    raws, ys = [], []
    inner = {f: priors_of(s for s in seen if s.note.fold != f) for f in range(FOLDS)}
    table = {s.note.id: matrix(with_priors(s, inner[s.note.fold]), names) for s in seen}
    for f in range(FOLDS):
        train = [s for s in seen if s.note.fold != f]
        x = np.vstack([table[s.note.id] for s in train])
        y = np.concatenate([s.reached for s in train])
        model = grow(x, y)
        for s in seen:
            if s.note.fold == f and s.codes:
                raw = model.decision_function(table[s.note.id])
                oof[s.note.id] = raw
                raws.append(raw)
                ys.append(np.array(s.reached))
    scale = platt(np.concatenate(raws), np.concatenate(ys))
    probs = {k: 1 / (1 + np.exp(-(scale[0] * v + scale[1]))) for k, v in oof.items()}
    tried = []
    for threshold in np.arange(0.1, 0.9, 0.01):
        chosen = [
            (s.note, {c for c, p in zip(s.codes, probs.get(s.note.id, ()), strict=False) if p >= threshold})
            for s in seen
        ]
        figures = score(chosen)
        tried.append((figures[2], float(threshold), figures))
    best = min((t for t in tried if t[0] >= max(tried)[0] - slack), key=itemgetter(1))
    flat, truth = np.concatenate(list(probs.values())), np.concatenate([np.array(s.reached) for s in seen if s.codes])
    order = np.concatenate([probs[s.note.id] for s in seen if s.codes])
    sure = next((float(t) for t in np.arange(0.5, 0.97, 0.01) if truth[order >= t].mean() >= 0.905), 0.97)
    confident = order >= sure
    share, covered = truth[confident].mean(), truth[confident].sum() / truth.sum()
    print(f"{name}, confident: {share:.3f} right, {covered:.3f} of the right candidates")
    ceiling = score([(s.note, {c for c in s.codes if c in s.note.accepted}) for s in seen])
    print(f"{name}: P {best[2][0]:.3f} R {best[2][1]:.3f} F1 {best[2][2]:.3f} at {best[1]:.2f}; sure from {sure:.2f}; "
          f"{len(flat)} candidates, base rate {truth.mean():.3f}, ceiling recall {ceiling[1]:.3f}")  # fmt: skip
    everything = priors_of(seen)
    x = np.vstack([table[s.note.id] for s in seen if s.codes])
    y = np.concatenate([s.reached for s in seen])
    final = grow(x, y)
    part = {
        "names": names, "base": float(final._baseline_prediction.ravel()[0]), "scale": list(scale),  # noqa: SLF001
        "threshold": round(best[1], 3), "sure": round(sure, 3), "priors": everything,
    }  # fmt: skip
    return part, exported(final), probs


def answers(
    seen: list[Seen], probs: dict, need: dict, thresholds: tuple[float, float], books: Books
) -> list[tuple[Seen, list[Candidate], list[Candidate]]]:
    """Return for each note the candidates that would be reported, and the doubtful ones that might still come first."""
    found = []
    for s in seen:
        standing = [replace(c, score=float(p), rivals=[], reasons=list(c.reasons), why="")
                    for c, p in zip(s.standing, probs.get(s.note.id, ()), strict=True)]  # fmt: skip
        needs = {c.code: float(q) for c, q in zip(standing, need.get(s.note.id, ()), strict=True)}
        likely = [c for c in standing if c.score >= thresholds[0] and needs[c.code] >= thresholds[1]]
        chosen = wanted(likely, standing, needs, s.case, books)
        reported, fallen = agreed(chosen, standing, [], s.case, books)
        found.append((s, reported, worth_a_look(fallen)))
    return found


def thrift(seen: list[Seen], probs: dict, need: dict, part: dict, books: Books) -> tuple[float, list]:
    """Set the billing thresholds; return how likely a code must be required to be reported, and what is reported then.

    Optional codes cost nothing in the gold score, and a coder's time in life: of all pairs of thresholds whose F1 is
    within a point of the best, the one that reports the fewest codes. ``sure`` is the lowest score from which the
    reported codes are right nine times in ten.
    """
    found = []
    for t in np.arange(0.34, 0.62, 0.04):
        for u in np.arange(0.0, 0.45, 0.05):
            chosen = answers(seen, probs, need, (float(t), float(u)), books)
            figures = gold_score([(s.note, {c.code for c in reported}) for s, reported, _ in chosen])
            count = sum(len(reported) for _, reported, _ in chosen)
            found.append((figures[2], count, round(float(t), 3), round(float(u), 3), figures, chosen))
    best = max(f[0] for f in found)
    _, count, part["threshold"], needed, figures, chosen = min(
        (f for f in found if f[0] >= best - 0.01), key=lambda f: f[1]
    )
    p, r, f1 = figures
    print(f"billing, thrifty: P {p:.3f} R {r:.3f} F1 {f1:.3f}; {count} codes; thresholds {part['threshold']}, {needed}")
    scored = [(c.score, c.code in s.note.accepted) for s, reported, _ in chosen for c in reported]
    right = sum(good for _, good in scored)
    for sure in np.arange(0.5, 0.97, 0.01):
        band = [good for score, good in scored if score >= sure]
        if band and sum(band) / len(band) >= SURE:
            break
    part["sure"] = round(float(sure), 3)
    print(
        f"billing, confident from {part['sure']}: {sum(band) / len(band):.3f} right,"
        f" {sum(band) / right:.3f} of the right codes"
    )
    return needed, chosen


def fit_billing(seen: list[Seen], parts: dict, arrays: dict, books: Books) -> list[Seen]:
    """Fit what a coder reports and what nearly every coder reports; return what might come first, out of fold."""
    part, trees, probs = question("billing", seen, gold_score)
    accepted = [s.reached for s in seen]
    for s in seen:
        wanted = set().union(*s.note.required)
        s.reached = [c in wanted for c in s.codes]
    needed, needed_trees, need = question("needed", seen, gold_score)
    for s, reached in zip(seen, accepted, strict=True):
        s.reached = reached
    needed["threshold"], chosen = thrift(seen, probs, need, part, books)
    parts["billing"], arrays["billing"] = part, trees
    parts["needed"], arrays["needed"] = needed, needed_trees
    return [
        leading(s, [*reported, *doubtful], books)
        for s, reported, doubtful in chosen
        if s.note.first and (reported or doubtful)
    ]


def leading(s: Seen, candidates: list[Candidate], books: Books) -> Seen:
    """Return a note's rows for the question which candidate comes first."""
    terms = dict(zip(s.codes, s.terms, strict=True))
    describe(candidates, s.case, books)
    return Seen(
        s.note,
        [c.code for c in candidates],
        ranked([c.row | {"score": c.score} for c in candidates]),
        [terms.get(c.code) or [term_key(m, books) for m in c.mentions] for c in candidates],
        [c.code in s.note.first for c in candidates],
        s.case,
        candidates,
    )


def fit_lead(leads: list[Seen], book: ICD10CM) -> tuple[dict, int]:
    """Fit what picks the first-listed diagnosis; return its part of the model and how often it was right."""
    names = sorted({k for s in leads for row in s.table for k in row} | set(PRIORS))
    inner = {f: priors_of((s for s in leads if s.note.fold != f), weight=6) for f in range(FOLDS)}
    table = {s.note.id: matrix(with_priors(s, inner[s.note.fold]), names) for s in leads}
    right = 0

    def fitted(train: list[Seen]) -> Pipeline:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=3000))
        return model.fit(np.vstack([table[s.note.id] for s in train]), np.concatenate([s.reached for s in train]))

    for f in range(FOLDS):
        model = fitted([s for s in leads if s.note.fold != f])
        for s in leads:
            if s.note.fold == f:
                scores = dict(zip(s.codes, model.predict_proba(table[s.note.id])[:, 1], strict=True))
                able = [c for c in s.standing if may_lead(c.code, s.case, book)]
                scores = by_guideline(scores, able)
                right += bool(able) and max(able, key=lambda c: scores[c.code]).code in s.note.first
    scaler, logistic = fitted(leads).named_steps.values()
    return {
        "names": names,
        "weights": logistic.coef_[0].round(5).tolist(),
        "centre": scaler.mean_.round(5).tolist(),
        "spread": scaler.scale_.round(5).tolist(),
        "base": round(float(logistic.intercept_[0]), 5),
        "priors": priors_of(leads, weight=6),
    }, right


def main() -> None:
    """Fit and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--projected", type=Path, nargs="+", required=True)
    parser.add_argument("--splits", default="train,dev", help="CodiEsp splits to fit on")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--hold-out", type=int, choices=range(FOLDS), help="leave one fold of all notes out, to measure"
    )
    options = parser.parse_args()
    shelf = Shelf.open()
    books, of_then = Training(DAY, shelf), Training(CODIESP_DAY, shelf)
    short = shelf.lexicon.abbreviations
    spans = [json.loads(line) for path in options.projected for line in path.read_text(encoding="utf-8").splitlines()]
    official = list(index_phrases(options.data))
    gold, codiesp = gold_notes(options.data), codiesp_notes(options.data, options.splits.split(","))
    gold = [n for n in gold if n.fold != options.hold_out]
    codiesp = [n for n in codiesp if n.fold != options.hold_out]
    billing_seen, mention_seen = [], []
    for f in range(FOLDS):
        books.own = of_then.own = model_of(
            associate(spans, [n for n in codiesp if n.fold != f], official, short, books.icd10cm), short
        )
        billing_seen += [look(n, books, BILLING) for n in gold if n.fold == f]
        mention_seen += [look(n, of_then, MENTIONS) for n in codiesp if n.fold == f]
        print(f"fold {f + 1} of {FOLDS} looked at", file=sys.stderr)
    parts, arrays = {}, {}
    part, trees, _ = question("mentions", mention_seen, micro, slack=0.021)
    parts["mentions"], arrays["mentions"] = part, trees
    spoken = forest_of(part, trees)
    for s in billing_seen:
        scores = spoken.scores(matrix(with_priors(s, spoken.priors), list(spoken.names)))
        s.table = [row | {"spoken": round(float(x), 4)} for row, x in zip(s.table, scores, strict=True)]
        for candidate, row in zip(s.standing, s.table, strict=True):
            candidate.row = row
    leads = fit_billing(billing_seen, parts, arrays, books)
    print(f"first-listed among those worth a look: {sum(any(s.reached) for s in leads)} of {len(leads)} notes")
    lead, right = fit_lead(leads, books.icd10cm)
    notes_with = sum(bool(n.first) for n in gold)
    print(f"first-listed right: {right / notes_with:.3f} of {notes_with} notes")
    final = associate(spans, codiesp, official, short, books.icd10cm)
    names: dict[str, int] = {}
    columns = final.arrays(names) | {f"{m}_{k}": v for m, t in arrays.items() for k, v in t.items()}
    head = {"version": f"diagnoses-{DAY.isoformat()}", "codes": list(names), "forests": parts, "lead": lead}
    columns["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **columns)
    print(f"{options.out.name}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
