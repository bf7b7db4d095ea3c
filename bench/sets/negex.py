"""Sentences with one marked concept (NegEx): is it negated or affirmed?

A tab-separated table: report number, concept, sentence (the concept in capitals), ``Negated`` or ``Affirmed``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.sets.files import Missing, text


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; the concept stands at ``start`` to ``end``."""

    report: str
    text: str = field(repr=False)
    start: int
    end: int
    negated: bool


def read(data: Path) -> list[Sentence]:
    """Return the sentences of a file, or of the one ``*.tsv`` in a folder.

    Raises:
        Missing: there is no such file, or it has other columns.
    """
    files = sorted(data.glob("*.tsv")) if data.is_dir() else [data]
    if len(files) != 1:
        raise Missing(f"{data}: give the one .tsv file with the sentences")
    found = []
    for number, row in enumerate(csv.reader(io.StringIO(text(files[0]), newline=""), delimiter="\t"), 1):
        if len(row) < 4 or row[3].strip().lower() not in ("negated", "affirmed", "negation"):
            raise Missing(f"{files[0]}: row {number} is not: report, concept, sentence, Negated or Affirmed")
        report, concept, sentence, label = row[:4]
        if label.strip().lower() == "negation":  # the heading
            continue
        found.append(Sentence(report, sentence, *locate(concept, sentence), label.strip().lower() == "negated"))
    return found


def locate(concept: str, sentence: str) -> tuple[int, int]:
    """Return where the concept stands: in capitals, else in any case, else its longest beginning, else everywhere.

    A few concepts run over the end of their sentence, and are then not capitalised.
    """
    words = concept.split()
    for size in range(len(words), 0, -1):
        capitals = _pattern(word.upper() for word in words[:size])
        for pattern, flags in ((capitals, re.NOFLAG), (capitals, re.IGNORECASE)):
            found = re.search(rf"(?<!\w){pattern}(?!\w)", sentence, flags) or re.search(pattern, sentence, flags)
            if found:
                return found.span()
    return 0, len(sentence)


def _pattern(words: Iterable[str]) -> str:
    return r"\s+".join(map(re.escape, words))
