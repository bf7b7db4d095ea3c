from __future__ import annotations

from dataclasses import replace

import pytest

from chartcode.assign.settle.addressed import unaddressed
from chartcode.assign.settle.candidates import Candidate
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.code import icd10cm

NOTE = """OFFICE VISIT
HISTORY OF PRESENT ILLNESS: Here for follow-up. Years ago he had some depression.
ASSESSMENT:
1. Hypertension.
2. Gout.
"""
WORDS = {"I10": "Hypertension", "M10.9": "Gout", "F32.A": "depression"}


def left_out(need, *codes, setting="outpatient", text=NOTE, by="index"):
    chart = chart_from_text(text, "note")
    case = Case(replace(chart, encounter=replace(chart.encounter, setting=setting)))
    document = case.chart.documents[0]
    chosen = []
    for code in codes:
        at = document.text.index(WORDS[code])
        mention = Mention(document.span(at, at + len(WORDS[code])), "", section=document.section_at(at))
        chosen.append(Candidate(code, [Proposal(icd10cm(code), by=by, evidence=(mention,), path=("",))]))
    found = unaddressed(chosen, dict.fromkeys(codes, need), case)
    assert all("IV.J" in c.why for c in found)
    return [c.code for c in found]


def test_what_a_visit_tells_without_assessing_it_is_optional():
    assert left_out(0.3, "I10", "M10.9", "F32.A") == ["F32.A"]


def test_what_nearly_every_coder_reports_stays():
    assert left_out(0.6, "I10", "M10.9", "F32.A") == []


def test_one_assessed_problem_is_no_complete_assessment():
    assert left_out(0.3, "I10", "F32.A") == []


@pytest.mark.parametrize(
    "changed", [{"setting": "inpatient"}, {"text": NOTE.replace("OFFICE VISIT", "DISCHARGE SUMMARY")}]
)
def test_only_office_visits_are_judged_so(changed):
    assert left_out(0.3, "I10", "M10.9", "F32.A", **changed) == []


def test_a_list_of_what_the_patient_has_besides_stays():
    listed = NOTE.replace("Years ago he had some depression.\n", "\nPAST MEDICAL HISTORY: depression.\n")
    assert left_out(0.3, "I10", "M10.9", "F32.A", text=listed) == []


def test_a_finding_of_the_examination_alone_is_optional_however_needed():
    examined = NOTE.replace("he had some depression", "well").replace(
        "ASSESS", "PHYSICAL EXAM: Signs of depression.\nASSESS"
    )
    assert left_out(0.8, "I10", "F32.A", text=examined) == ["F32.A"]
    assert left_out(0.8, "F32.A", text=examined) == []


def test_what_came_coded_stays():
    assert left_out(0.3, "I10", "M10.9", "F32.A", by="structured") == []
