from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.lead import acute_first, sepsis_first
from chartcode.collect import chart_from_text
from chartcode.pipeline import Coder

DAY = date(2026, 5, 1)


def candidates(*codes):
    return [Candidate(code, [], score=0.8) for code in codes]


def first(leads):
    return max(leads, key=leads.__getitem__)


def test_nobody_is_admitted_for_a_chronic_condition_beside_an_acute_one():
    able = candidates("I25.10", "K85.90")
    assert first(acute_first({"I25.10": 0.6, "K85.90": 0.2}, able, inpatient=True)) == "K85.90"


def test_a_visit_may_be_for_a_chronic_condition():
    able = candidates("I25.10", "K85.90")
    assert first(acute_first({"I25.10": 0.6, "K85.90": 0.2}, able, inpatient=False)) == "I25.10"


def test_a_chronic_condition_leads_where_nothing_else_could():
    able = candidates("I10", "E78.5", "R55")
    assert first(acute_first({"I10": 0.6, "E78.5": 0.2, "R55": 0.1}, able, inpatient=True)) == "I10"


def test_sepsis_outranks_only_what_belongs_to_it():
    assert first(sepsis_first({"J18.9": 0.6, "A41.9": 0.2}, candidates("J18.9", "A41.9"))) == "A41.9"
    assert first(sepsis_first({"S72.001A": 0.6, "A41.9": 0.2}, candidates("S72.001A", "A41.9"))) == "S72.001A"


@pytest.mark.parametrize("setting", ["inpatient"])
def test_the_principal_diagnosis_of_a_stay(desk, setting):
    text = (
        "DISCHARGE SUMMARY\nPATIENT: 66-year-old man.\nDISCHARGE DIAGNOSES: Coronary artery disease, hypothyroidism, "
        "acute pancreatitis.\nHOSPITAL COURSE: He came with acute pancreatitis and was kept fasting.\n"
    )
    chart = chart_from_text(text, "case", setting=setting)
    chart = replace(chart, encounter=replace(chart.encounter, first=DAY, last=DAY))
    assert Coder(desk)(chart).diagnosis_codes[0] == "K85.90"


def test_an_operation_that_is_planned_is_no_status(desk):
    text = "CONSULT\nASSESSMENT: Gallstones.\nPLAN: We will proceed with cholecystectomy; risks were discussed.\n"
    chart = chart_from_text(text, "case", setting="outpatient")
    chart = replace(chart, encounter=replace(chart.encounter, first=DAY, last=DAY))
    assert "Z90.49" not in Coder(desk)(chart).diagnosis_codes


def test_what_an_item_of_the_impression_tells_of_is_reported(desk):
    text = (
        "CONSULT\nIMPRESSION:\n1. Rectal bleeding, most likely from hemorrhoids.\n"
        "2. A long history of heartburn, nausea, and belching relieved by antacids.\n"
    )
    chart = chart_from_text(text, "case", setting="outpatient")
    chart = replace(chart, encounter=replace(chart.encounter, first=DAY, last=DAY))
    assert {"K62.5", "R12", "R11.0", "R14.2"} <= set(Coder(desk)(chart).diagnosis_codes)
