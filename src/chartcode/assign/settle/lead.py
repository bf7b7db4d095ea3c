"""What speaks for a reported candidate as principal or first-listed diagnosis, in numbers (Guidelines II and IV.G)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chartcode.assign.settle.candidates import Candidate

WORTH = 0.2
"""The probability from which a candidate may be looked at as the first; the best of them is reported in any case."""
_NOT_THERE = 9.0
_SYMPTOMS = ("R", "M25.5", "M54.2", "M54.5", "M54.6", "M54.9", "M79.6")
_STATUS = (
    "Z66",
    "Z68",
    "Z72",
    "Z73",
    "Z74",
    "Z78",
    "Z79",
    "Z80",
    "Z81",
    "Z82",
    "Z83",
    "Z84",
    "Z85",
    "Z86",
    "Z87",
    "Z88",
    "Z9",
)
_VAGUE_INJURIES = ("T07", "T14")
_NAMED = ("in final", "in assessment")
_LIKELY_ENOUGH = 0.2
_SETTLED = 0.4
_HARDLY = 0.05


def by_guideline(leads: Mapping[str, float], able: Sequence[Candidate]) -> dict[str, float]:
    """Return how well each candidate would stand first, a definite diagnosis before its symptoms and before a status.

    Guidelines II.A and IV.D: a code of chapter 18 is not first where a related definitive diagnosis is established; it is
    taken for related where the record names it among its diagnoses and the model finds it not much less likely to lead.
    I.C.21.c: status, history and long-term drugs are said beside what was treated. I.C.19.b: "multiple injuries" is for
    records that name none.
    """
    found = dict(leads)
    low = (*_STATUS, *_VAGUE_INJURIES)
    definite = [c for c in able if not c.code.startswith((*_SYMPTOMS, *low)) and c.score >= _SETTLED]
    if definite:
        for candidate in able:
            if candidate.code.startswith(low):
                found[candidate.code] *= _HARDLY
    best = max(able, key=lambda c: found[c.code], default=None)
    if best is None or not best.code.startswith(_SYMPTOMS):
        return found
    named = [
        c
        for c in definite
        if c.code[0] != "Z" and any(c.row.get(n) for n in _NAMED) and leads[c.code] >= _LIKELY_ENOUGH * leads[best.code]
    ]
    if named:
        first = max(named, key=lambda c: leads[c.code])
        found[first.code] = found[best.code] + _HARDLY
    return found


_SEPSIS = ("A40", "A41", "A02.1", "A22.7", "A26.7", "A32.7", "A42.7", "B37.7")
_WITH_SEPSIS = ("R65.2", "J12", "J13", "J14", "J15", "J16", "J18", "J69.0", "J96.0", "J80", "N10", "N12", "N13.6", "N17", "N30", "N39.0", "L02",
                "L03", "K57", "K65", "K75.0", "K80", "K81", "K83.0", "G93.4", "R78.81", "I95", "D65", "E87.2", "K72.0", "M86", "E86")  # fmt: skip


def sepsis_first(leads: Mapping[str, float], able: Sequence[Candidate]) -> dict[str, float]:
    """Return the leads with sepsis before its localized infection and the organs that fail (Guidelines I.C.1.d.4)."""
    found = dict(leads)
    best = max(able, key=lambda c: found[c.code], default=None)
    septic = [c for c in able if c.code.startswith(_SEPSIS) and c.score >= _SETTLED]
    if best is not None and septic and best.code.startswith(_WITH_SEPSIS):
        first = max(septic, key=lambda c: (found[c.code], c.score))
        found[first.code] = found[best.code] + _HARDLY
    return found


_SELDOM = ("I10", "I25.10", "E78", "E03", "E11.9", "E66", "K21.9", "M81", "F32.A", "F41.9", "G47.33", "N40.0", "J44.9", "J45.909", "M19.90", "D64.9",
           "I48.2", "I25.2", "H25", "H26", "H40", "H91", "F17", "I12.9", "N18.9", "M10.9", "G89", "K57.30", "K57.90")  # fmt: skip
"""Chronic conditions without complication, for which nobody is admitted to a hospital."""


def acute_first(leads: Mapping[str, float], able: Sequence[Candidate], *, inpatient: bool) -> dict[str, float]:
    """Return the leads of a stay with what occasions an admission before chronic conditions that do not (Guidelines II)."""
    found = dict(leads)
    acute = [
        c for c in able if not c.code.startswith((*_SELDOM, *_SYMPTOMS, "Z", "B95", "B96")) and c.score >= _SETTLED
    ]
    if inpatient and any(found[c.code] >= _HARDLY for c in acute):
        for candidate in able:
            if candidate.code.startswith(_SELDOM):
                found[candidate.code] *= _HARDLY
    return found


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
