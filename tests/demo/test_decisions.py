"""What the coders of the invented practice decide: the same each time, with reasons, and one of them without words."""

from __future__ import annotations

from collections import Counter

import pytest

from chartcode.demo import accounts, year
from chartcode.demo.decisions import decided
from chartcode.demo.notes import texts
from chartcode.demo.planted import ADDER, ADDS
from chartcode.demo.setting import STAY
from chartcode.demo.year import LAST

COUNT = 1200


@pytest.fixture(scope="module")
def told():
    return [(event, decision) for event in year(COUNT) for decision in decided(event)]


def test_the_same_decisions_come_each_time(told):
    assert told == [(event, decision) for event in year(COUNT) for decision in decided(event)]
    assert len(told) > 60


def test_who_coded_decides_after_the_encounter(told):
    for event, decision in told:
        assert decision.who == accounts(event).coder
        assert event.last <= decision.on <= LAST


def test_every_act_is_met_and_what_is_changed_has_a_reason(told):
    assert {d.act for _, d in told} == {"accept", "reject", "add", "override"}
    assert all(d.why for _, d in told if d.act != "accept")


def test_one_coder_alone_adds_malnutrition_that_no_note_names(told):
    added = Counter(d.who for _, d in told if d.about == ADDS)
    assert set(added) == {ADDER}
    assert added[ADDER] > 10
    for event, decision in told:
        if decision.about == ADDS:
            assert event.place == STAY
            assert "nutrition" not in " ".join(texts(event).values())
