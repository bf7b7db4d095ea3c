"""A note and its diagnoses -> what this room makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from chartcode.assign.visits import visit
from chartcode.assign.visits.record import Record
from chartcode.books import Books
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Diagnosis, Mention, Visit
from chartcode.model.code import icd10cm

DAY = date(2026, 5, 1)


def case_of(text: str, diagnoses: dict[str, str], setting: str = "outpatient", **known: object) -> Case:
    """Return a case with diagnoses, each by the words of the text that stand for it."""
    chart = chart_from_text(text, "note", setting=setting, day=DAY, **known)  # type: ignore[arg-type]
    document = chart.documents[0]
    found = []
    for code, words in diagnoses.items():
        at = text.index(words)
        span = document.span(at, at + len(words))
        found.append(Diagnosis(icd10cm(code), evidence=(Mention(span, section=document.section_at(at)),)))
    return Case(chart, tuple(found))


@pytest.fixture
def record(books: Books) -> Callable[..., Record]:
    return lambda *args, **known: Record(case_of(*args, **known), books)


@pytest.fixture
def seen(books: Books) -> Callable[..., Visit | None]:
    return lambda *args, **known: next(visit(case_of(*args, **known), books), None)
