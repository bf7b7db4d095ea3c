"""Answers made here, in one process: the Coder over notes, by the books of one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from time import process_time
from typing import Any

from bench.answers import Answer
from bench.clock import Clock
from chartcode.books import ICD10CM, Shelf
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Mention
from chartcode.model.chart import Chart
from chartcode.model.plain import plain
from chartcode.pipeline import STEPS, Coder

DAY = date(2026, 5, 1)
"""The day whose books are used unless ``--date`` says otherwise: the day for which the gold notes were coded."""
CODIESP_DAY = date(2018, 5, 1)
"""The same for CodiEsp, coded by CIE-10-ES 2018: codes of later editions (R51.9, M54.50) cannot be in its key."""


def day_of(name: str, asked: date | None) -> date:
    """Return the day whose books serve a set: the one asked for, else the one for which its key was coded."""
    return asked or (CODIESP_DAY if name == "codiesp" else DAY)


@dataclass(frozen=True, slots=True)
class Run:
    """An answer, and how many processor seconds it took (waiting for other programs is not counted)."""

    answer: Answer
    seconds: float


def coder(mode: str, clock: Clock | None = None) -> Coder:
    """Return a Coder over the books of this machine; the first call ever compiles them. A clock times its steps."""
    steps = STEPS if clock is None else tuple(map(clock.step, STEPS))
    return Coder(Shelf.open(), steps, mode)


def book(day: date) -> ICD10CM:
    """Return the ICD-10-CM book in force on a day."""
    return Shelf.open().at(day).icd10cm


def chart(name: str, text: str, day: date, setting: str | None = None) -> Chart:
    """Return the chart of a note, moved to a day.

    The notes carry dates of years before ICD-10-CM, or none; their keys hold on one day, so that day is set.
    """
    found = chart_from_text(text, name, setting=setting, day=day)
    return replace(found, encounter=replace(found.encounter, first=day, last=day))


def runs(notes: Iterable[tuple[str, str, str | None]], coder: Coder, day: date, whole: bool = False) -> Iterator[Run]:
    """Yield the answer to each (id, text, setting).

    Args:
        notes: what to code.
        coder: with its mode.
        day: picks the books.
        whole: add what the contract leaves out, ``mentions`` and ``proposals``, for the analysis of mistakes.
    """
    for name, text, setting in notes:
        began = process_time()
        case = coder(chart(name, text, day, setting))
        answer = plain(case)
        seconds = process_time() - began
        yield Run({**answer, **_opinions(case)} if whole else answer, seconds)


def _opinions(case: Case) -> dict[str, Any]:
    return {
        "mentions": _places(case.mentions),
        "proposals": [
            {"code": p.code.value, "by": p.by, "confidence": round(p.confidence, 4), "evidence": _places(p.evidence)}
            for p in case.proposals
        ],
    }


def _places(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    return [
        {"start": m.span.start, "end": m.span.end, "text": m.span.text, "section": m.section, "assertion": m.assertion}
        for m in mentions
    ]
