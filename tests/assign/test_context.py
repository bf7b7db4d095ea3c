from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.assign.context import Context
from chartcode.assign.sentences import sentence_ends
from chartcode.model.chart import ASSERTIONS

MARK = re.compile(r"\[\[(.+?)\|(.+?)\]\]")
LINES = [
    line
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("line", LINES)
def test_marked_sentences(line):
    text, at, wanted = "", 0, []
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        wanted.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        at = mark.end()
    text += line[at:]
    context = Context(text)
    assert [context.assertion(start, end, "")[0] for start, end, _ in wanted] == [meant for _, _, meant in wanted]


def test_a_family_history_section_speaks_of_the_family():
    assert Context("Diabetes.").assertion(0, 8, "family history") == ("family", "family history")


@given(st.text(max_size=400))
def test_sentences_tile_any_text(text):
    ends = sentence_ends(text)
    assert ends == sorted(set(ends))
    assert ends[-1] == len(text)


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_passage_has_an_assertion(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    context = Context(text)
    meant, _ = context.assertion(start, end, "")
    assert meant in ASSERTIONS
    first, last = context.sentence(start)
    assert first <= start < last


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He is well. She is not.", 2),
        ("- Pneumonia\n- Asthma\n", 2),
        ("Seen by Dr. Smith at 3.5 hours.", 1),
        ("Diagnoses: hernia,PLAN OF CARE: surgery", 2),
    ],
)
def test_where_sentences_end(text, count):
    assert len([e for e in sentence_ends(text) if text[:e].strip()]) == count


def test_what_is_near_is_bounded_in_an_endless_sentence():
    context = Context("cough and fever " * 500)
    assert context.sentence(4000) == (0, 8000)
    first, last = context.near(4000)
    assert 4000 - first <= 600
    assert last - 4000 <= 600
    assert Context("He coughs. She is well.").near(12) == Context("He coughs. She is well.").sentence(12)
