from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect.decisions import BadDecisions, decisions

TABLE = """case,act,about,who,on,why
S-1,reject,E87.6,Ann,2026-04-26,not treated
S-1,add,E43,Ben,,
V-2,override,icd10cm/excludes1,Ann,2026-04-27,unrelated
"""


def read(text):
    return decisions(text.splitlines(keepends=True))


def test_decisions_come_by_case_in_their_order():
    found = read(TABLE)
    assert [(d.act, d.about, d.who, d.on) for d in found["S-1"]] == [
        ("reject", "E87.6", "Ann", date(2026, 4, 26)),
        ("add", "E43", "Ben", None),
    ]
    assert found["V-2"][0].why == "unrelated"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("case,act\nx,add\n", "'about'"),
        ("case,act,about,reason\n", "'reason'"),
        ("case,act,about\nS,delete,I10\n", "line 2: the act"),
        ("case,act,about\nS,add,\n", "line 2: a decision names"),
        ("case,act,about,on\nS,add,I10,yesterday\n", "line 2: on is not a day"),
        ("case,act,about,why\nS,override,a/b,\n", "line 2: say why"),
        ("", "'case'"),
    ],
)
def test_what_cannot_be_read_names_its_line_and_never_its_words(text, told):
    with pytest.raises(BadDecisions) as fault:
        read(text)
    assert told in str(fault.value)
    assert "yesterday" not in str(fault.value)


@given(st.text())
def test_any_text_is_read_or_refused_in_a_sentence(text):
    try:
        told = read(text)
    except BadDecisions as fault:
        told = str(fault)
    assert told or not text.strip() or "case" in text
