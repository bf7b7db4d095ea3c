"""What speaks for a reported candidate as principal or first-listed diagnosis, in numbers (Guidelines II and IV.G)."""

from __future__ import annotations

from collections.abc import Sequence

NAMES = (
    "score", "score rank", "score gap", "order rank", "final rank", "assessment rank", "reported", "in final",
    "in assessment", "in early", "in history", "in course", "in past", "in family", "in social", "in none",
    "first in final", "first in assessment", "first in early", "first in history", "first in course", "first in none",
    "order", "place", "coverage", "symptom", "z", "z kind", "injury", "chapter", "event", "chronic", "affirmed", "possible",
    "historical", "biggest", "near start", "words", "joined", "is inpatient", "is outpatient", "is ed", "is professional",
    "is operative note", "is discharge summary", "is office visit", "is radiology report", "is consult", "category prior",
    "code prior", "spoken", "vague", "confidence",
)  # fmt: skip
WORTH = 0.2
"""The probability from which a candidate may be looked at as the first; the best of them is reported in any case."""
_NOT_THERE = 9.0


def ranked(table: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Return the rows of the candidates worth a look with their ranks among each other; ``score`` must be filled in."""
    best = max((row["score"] for row in table), default=0.0)
    return [
        row
        | {
            "score rank": float(sum(other["score"] > row["score"] for other in table)),
            "score gap": best - row["score"],
            "order rank": float(sum(other["order"] < row["order"] for other in table)),
            "final rank": _rank(row, table, "in final"),
            "assessment rank": _rank(row, table, "in assessment"),
            "reported": float(len(table)),
        }
        for row in table
    ]


def _rank(row: dict[str, float], table: Sequence[dict[str, float]], group: str) -> float:
    if not row[group]:
        return _NOT_THERE
    return float(sum(other[group] > 0 and other["order"] < row["order"] for other in table))
