from __future__ import annotations

from dataclasses import replace

import pytest

from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.numbered import by_number
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.code import icd10cm

NOTE = """OFFICE VISIT
HISTORY OF PRESENT ILLNESS: Seen for cough. Hypertension is treated.
ASSESSMENT:
1. Chronic cough.
2. Hypertension.
"""
PLACES = {"R05.3": "Chronic cough", "I10": "Hypertension.\n", "Z79.82": "Chronic cough", "Z51.11": "Seen"}


def first(leads, text=NOTE, setting="outpatient"):
    chart = chart_from_text(text, "note")
    case = Case(replace(chart, encounter=replace(chart.encounter, setting=setting)))
    document = chart.documents[0]
    reported = []
    for code in leads:
        at = text.rindex(PLACES[code])
        mention = Mention(document.span(at, at + len(PLACES[code])), "", section=document.section_at(at))
        reported.append(Candidate(code, [Proposal(icd10cm(code), by="index", evidence=(mention,), path=("",))]))
    found = by_number(leads, reported, case)
    return max(found, key=lambda code: found[code], default=None)


def test_the_first_item_of_a_numbered_list_comes_first():
    assert first({"I10": 0.9, "R05.3": 0.05}) == "R05.3"


def test_a_list_without_numbers_leaves_the_order_to_the_model():
    assert first({"I10": 0.9, "R05.3": 0.4}, NOTE.replace("1. ", "").replace("2. ", "")) == "I10"


@pytest.mark.parametrize(("lead", "expected"), [(0.1, "I10"), (0.3, "R05.3")])
def test_the_reason_for_a_stay_is_found_after_study(lead, expected):
    assert first({"I10": 0.9, "R05.3": lead}, setting="inpatient") == expected


def test_what_the_encounter_is_for_leads_before_findings_and_a_status_never():
    assert first({"Z51.11": 0.9, "R05.3": 0.3}) == "Z51.11"
    assert first({"I10": 0.9, "Z79.82": 0.3}) == "I10"


def test_the_diagnoses_of_an_operation_are_told_by_what_was_done():
    text = NOTE.replace("OFFICE VISIT", "OPERATIVE REPORT\nPROCEDURE PERFORMED: Bronchoscopy.\nDESCRIPTION: As usual.")
    assert first({"I10": 0.9, "R05.3": 0.3}, text) == "I10"


def test_nothing_reported_has_no_first():
    assert first({}) is None
