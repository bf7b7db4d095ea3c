"""Invented notes of injuries, poisonings and what is old, with the codes that an expert expects.

``codes`` must be reported, in this order; ``also`` may be; ``never`` must not. Of chapters 19 and 20 nothing else may.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from chartcode.collect import chart_from_text
from chartcode.pipeline import STEPS, Coder

DAY = date(2026, 5, 1)
UP_TO_SETTLE = next(n for n, step in enumerate(STEPS, 1) if step.__name__ == "settle")
NOTES = [
    pytest.param(note, id=f"{file.stem}: {note['what']}")
    for file in sorted(Path(__file__).parent.glob("*.toml"))
    for note in tomllib.loads(file.read_text(encoding="utf-8"))["note"]
]


@pytest.fixture(scope="module")
def coder(desk):
    return Coder(desk, STEPS[:UP_TO_SETTLE])


@pytest.mark.parametrize("note", NOTES)
def test_the_codes_are_those_of_an_expert(note, coder, books):
    case = coder(chart_from_text(note["text"], "note", setting=note["setting"], day=DAY))
    found = list(case.diagnosis_codes)
    wanted, allowed = note["codes"], {*note["codes"], *note.get("also", [])}
    assert all(map(books.icd10cm.valid, allowed))
    assert [code for code in found if code in wanted] == wanted
    assert not [code for code in found if code[0] in "STVWXY" and code not in allowed]
    assert not set(found) & set(note.get("never", []))


@pytest.mark.parametrize("note", NOTES)
def test_every_code_has_words_that_say_it(note, coder):
    case = coder(chart_from_text(note["text"], "note", setting=note["setting"], day=DAY))
    assert all(d.evidence and d.evidence[0].span.text.strip() for d in case.diagnoses)
