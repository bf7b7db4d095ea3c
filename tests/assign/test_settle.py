from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.collect import chart_from_text
from chartcode.model.case import MENTIONS, Decision
from chartcode.pipeline import Coder

DAY = date(2026, 5, 1)
VISIT = """OFFICE VISIT
Date of service: 05/01/2026
HISTORY OF PRESENT ILLNESS: The patient is a 60-year-old man seen for follow-up. He denies chest pain.
FAMILY HISTORY: Mother had colon cancer.
ASSESSMENT AND PLAN:
{}
"""


@pytest.fixture(scope="module")
def coder(desk):
    return Coder(desk)


def coded(coder, plan, setting="outpatient", text=VISIT, **kwargs):
    chart = chart_from_text(text.format(plan), "case")
    chart = replace(chart, encounter=replace(chart.encounter, setting=setting, first=DAY, last=DAY))
    return coder(chart, **kwargs)


def why(case, code):
    return next((r.why for r in case.rejected if r.code.value == code), "")


def test_uncertain_is_not_coded_for_outpatients(coder):
    case = coded(coder, "1. Probable community-acquired pneumonia.")
    assert "J18.9" not in case.diagnosis_codes
    assert "IV.H" in why(case, "J18.9")


def test_uncertain_at_discharge_is_coded_for_inpatients(coder):
    text = "DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n1. Probable community-acquired pneumonia.\n2. Hypertension.\n"
    case = coded(coder, "", setting="inpatient", text=text)
    assert "J18.9" in case.diagnosis_codes


def test_denied_is_rejected_with_the_cue(coder):
    case = coded(coder, "1. Hypertension.")
    assert why(case, "R07.9").startswith("negated")


def test_a_relatives_disease_is_not_the_patients(coder):
    assert not any(code.startswith("C18") for code in coded(coder, "1. Hypertension.").diagnosis_codes)


def test_hypertension_and_kidney_disease_are_one_code(coder):
    case = coded(coder, "1. Hypertension, controlled.\n2. Chronic kidney disease, stage 3a.")
    assert "I12.9" in case.diagnosis_codes
    assert "N18.31" in case.diagnosis_codes
    assert "I10" not in case.diagnosis_codes
    assert "I12.9" in why(case, "I10")


def test_the_specific_code_replaces_the_vague_one(coder):
    codes = coded(coder, "1. Type 2 diabetes mellitus with diabetic polyneuropathy.\n2. Diabetes.").diagnosis_codes
    assert "E11.42" in codes
    assert "E11.9" not in codes


def test_the_first_is_first_listed_and_every_code_has_evidence(coder):
    case = coded(coder, "1. Type 2 diabetes mellitus.\n2. Hypertension.")
    assert case.diagnoses[0].role == "first-listed"
    assert all(d.role == "secondary" for d in case.diagnoses[1:])
    assert all(d.evidence for d in case.diagnoses)


def test_the_same_chart_gives_the_same_case(coder, desk):
    plan = "1. Type 2 diabetes mellitus.\n2. COPD with acute exacerbation.\n3. Left knee osteoarthritis."
    assert coded(coder, plan) == coded(Coder(desk), plan)


def test_people_outrank_engines(coder):
    plan = "1. Type 2 diabetes mellitus.\n2. Hypertension."
    decisions = [
        Decision("reject", "I10", "white coat", "me", DAY),
        Decision("add", "Z71.3", "counseled", "me", DAY),
    ]
    case = coded(coder, plan, decisions=decisions)
    assert "I10" not in case.diagnosis_codes
    assert why(case, "I10") == "rejected by me"
    assert "Z71.3" in case.diagnosis_codes


def test_a_person_may_accept_what_was_rejected(coder):
    case = coded(coder, "1. Probable pneumonia.", decisions=[Decision("accept", "J18.9", "confirmed", "me", DAY)])
    assert "J18.9" in case.diagnosis_codes


def test_mentions_mode_lists_the_denied_too(desk):
    case = coded(Coder(desk, mode=MENTIONS), "1. Hypertension.")
    assert {"I10", "R07.9"} <= set(case.diagnosis_codes)
    scores = [d.confidence for d in case.diagnoses]
    assert scores == sorted(scores, reverse=True)


def test_present_on_admission_stands_for_inpatients_alone(coder):
    inpatient = coded(coder, "1. Hypertension.", setting="inpatient")
    assert {d.poa for d in inpatient.diagnoses} <= {"Y", "N", "1"}
    assert {d.poa for d in coded(coder, "1. Hypertension.").diagnoses} == {None}


@pytest.mark.parametrize("day", [date(2016, 1, 4), date(2019, 6, 3), date(2023, 11, 1), date(2026, 11, 25)])
def test_every_code_is_valid_on_its_day(day, coder, desk):
    plan = (
        "1. Depression.\n2. Type 2 diabetes.\n3. Low back pain.\n4. Multiple sclerosis.\n5. Headache.\n6. Long COVID."
    )
    chart = chart_from_text(VISIT.format(plan), "case")
    case = coder(replace(chart, encounter=replace(chart.encounter, first=day, last=day)))
    assert case.diagnoses
    assert all(desk.at(day).icd10cm.valid(code) for code in case.diagnosis_codes)
