"""Measured values of a record as numbers, for rules of clinical validation.

A value is taken only where it is a plain number; one with a sign (``<5``), a range or a word is left aside, because a
rule that asks a clinician must not rest on a guess. Units are those that United States laboratories report in.
"""

from __future__ import annotations

import re

from chartcode.model.case import Case
from chartcode.model.chart import AFFIRMED

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")


def lab(case: Case, name: str, least: float, most: float) -> tuple[float, ...]:
    """Return the values of a laboratory test, in the order of the record; those out of the possible range are dropped.

    ``least`` and ``most`` bound what the test can be in its usual unit, which keeps values in other units out.
    """
    return _values(case, "lab", name, least, most)


def sign(case: Case, name: str, least: float, most: float) -> tuple[float, ...]:
    """Return the values of a vital sign, likewise."""
    return _values(case, "vital", name, least, most)


def _values(case: Case, kind: str, name: str, least: float, most: float) -> tuple[float, ...]:
    found = []
    for fact in case.chart.facts:
        if fact.kind != kind or fact.assertion != AFFIRMED or _name(fact.get("name") or fact.text) != name:
            continue
        said = (fact.get("value") or "").strip()
        if _NUMBER.fullmatch(said) and least <= float(said) <= most:
            found.append(float(said))
    return tuple(found)


def _name(said: str) -> str:
    """Return a test's name in the reader's words, without what laboratories add to it (``Sodium [serum]``)."""
    return re.split(r"[\[(,;:]", said.lower(), maxsplit=1)[0].strip()
