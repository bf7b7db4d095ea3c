"""Charts: spans point into text as received, and a patient's words do not show."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from chartcode.model.case import Case, Decision, Finding, Mention
from chartcode.model.chart import INPATIENT, Chart, Document, Encounter, Fact, Patient, Section, Span

TEXT = "HPI: secretword, 67.\nPLAN: rest.\n"
DOCUMENT = Document("d1", TEXT, sections=(Section("history of present illness", 0, 5, 21), Section("plan", 21, 27, 34)))


def test_a_span_carries_its_own_words():
    span = DOCUMENT.span(5, 15)
    assert span.text == "secretword"
    assert span == Span("d1", 5, 15, "secretword")


@pytest.mark.parametrize(
    ("offset", "name"), [(0, "history of present illness"), (20, "history of present illness"), (21, "plan"), (34, "")]
)
def test_sections_hold_the_offsets_from_their_start_to_before_their_end(offset, name):
    assert DOCUMENT.section_at(offset) == name


def test_a_document_is_found_by_its_id():
    chart = Chart("c", (DOCUMENT,))
    assert chart.document("d1") is DOCUMENT
    with pytest.raises(KeyError, match="chart c has no document 'd2'"):
        chart.document("d2")


def test_the_discharge_day_picks_the_books_of_a_stay_and_the_first_day_those_of_a_visit():
    first, last = date(2025, 9, 29), date(2025, 10, 2)
    assert Encounter(INPATIENT, first, last).on == last
    assert Encounter(INPATIENT, first).on == first
    assert Encounter("outpatient", first, last).on == first
    assert Encounter("ed", None, last).on == last
    assert Encounter().on is None


def test_a_fact_answers_for_its_attributes():
    fact = Fact("medication", "metformin", attributes=(("dose", "500 mg"),))
    assert fact.get("dose") == "500 mg"
    assert fact.get("route") is None


def test_printed_objects_do_not_show_a_patients_words():
    span = DOCUMENT.span(5, 15)
    chart = Chart(
        "c",
        (DOCUMENT,),
        Patient("F", 67, born=date(1958, 1, 30)),
        facts=(Fact("social", "secretword", (span,), attributes=(("where", "secretword"),)),),
    )
    mention = Mention(span, term="secretword", cue="secretword")
    decision = Decision("reject", "I10", why="secretword", evidence=(mention,))
    case = Case(chart).plus([mention, decision, Finding("a code is wrong", accepted="secretword")])
    for shown in (repr(case), repr(chart), repr(mention), repr(decision), repr(case.findings), repr(DOCUMENT)):
        assert "secretword" not in shown
        assert "1958" not in shown


def test_charts_do_not_change():
    with pytest.raises(FrozenInstanceError):
        DOCUMENT.text = ""
