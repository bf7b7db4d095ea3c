"""Fits the weights by which a note's headings and phrases tell its kind and setting.

    python training/fit_cues.py GOLD_FOLDER > src/chartcode/collect/weights.toml

GOLD_FOLDER holds `gold.jsonl` (one object a note with `id`, `kind`, `setting` and `em`) and `notes/ID.txt`. The model
is multinomial logistic regression with a ridge; ten-fold cross-validated accuracies go to standard error. The codings
are machine-made under expert instruction and not certified by human coders, and doubtful ones are many: two careful
readers would not agree on all of them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chartcode.collect.cues import CONSTANT, cues
from chartcode.collect.sections import sections
from chartcode.collect.words import words

RIDGE = 0.01
FOLDS = 10
STEPS = 400
RARE = 4
SMALL = 0.05

Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

UNNAMED = {"history and physical", "progress note", "other"}


def kind(row: dict) -> str:
    """The kind of a coded note; the unnamed ones by the visit that was coded for them."""
    code = row["em"]["code"]
    if row["kind"] != "other":
        return row["kind"]
    if code[:4] == "9922" or code in {"99304", "99305", "99306"}:
        return "history and physical"
    return "progress note" if code[:4] in {"9923", "9930", "9931"} else "other"


def fit(x: Matrix, y: Labels, count: int) -> Matrix:
    """The weights, features by labels, by Nesterov's accelerated gradient."""
    weights = ahead = np.zeros((x.shape[1], count))
    rate, momentum = 0.5 * np.linalg.norm(x, 2) ** 2 / len(x) + RIDGE, 1.0
    truth = np.eye(count)[y]
    for _ in range(STEPS):
        step = ahead - (x.T @ (softmax(x @ ahead) - truth) / len(x) + RIDGE * ahead) / rate
        later = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead, weights, momentum = step + (momentum - 1) / later * (step - weights), step, later
    return weights


def softmax(scores: Matrix) -> Matrix:
    """Rows of scores as probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def folds(x: Matrix, y: Labels, count: int, seed: int) -> Labels:
    """What each note is called by weights fitted on the other folds."""
    order = np.random.default_rng(seed).permutation(len(y))
    said = np.zeros(len(y), int)
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        rest = np.setdiff1d(order, held)
        said[held] = (x[held] @ fit(x[rest], y[rest], count)).argmax(axis=1)
    return said


def main(folder: Path) -> None:
    """Fit, measure and print."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    texts = [(folder / "notes" / f"{row['id']}.txt").read_text("utf-8") for row in rows]
    found = [cues(sections(text), words(text)) for text in texts]
    seen = [name for one in found for name in one]
    names = sorted({name for name in seen if seen.count(name) >= RARE})
    x = np.array([[one.get(name, 0.0) for name in names] for one in found])
    merged = {
        "kind": lambda label: "other" if label in UNNAMED else label,
        "setting": lambda label: label,
        "setting, outpatient and professional as one": lambda label: "outpatient" if label == "professional" else label,
        "inpatient or not": lambda label: label == "inpatient",
    }
    print("# Weights of the cues, by question and value. Fitted by training/fit_cues.py; do not edit by hand.")
    for question, labels in (("kind", [kind(row) for row in rows]), ("setting", [row["setting"] for row in rows])):
        values = sorted(set(labels))
        y = np.array([values.index(label) for label in labels])
        runs = [folds(x, y, len(values), seed) for seed in range(3)]
        for name, merge in merged.items():
            if (question == "kind") == (name == "kind"):
                right = [
                    np.mean([merge(values[a]) == merge(values[b]) for a, b in zip(run, y, strict=True)]) for run in runs
                ]
                print(f"{name}: {np.mean(right):.3f} of {len(rows)} notes, cross-validated", file=sys.stderr)
        weights = fit(x, y, len(values))
        for column, value in enumerate(values):
            print(f'\n[{question}."{value}"]')
            for name, weight in zip(names, weights[:, column], strict=True):
                if abs(weight) >= SMALL or name == CONSTANT:
                    print(f'"{name}" = {weight:.2f}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
