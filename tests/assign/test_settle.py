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


def test_a_sign_of_a_reported_disease_is_not_reported(coder):
    case = coded(coder, "1. Acute appendicitis with right lower quadrant abdominal pain and fever.")
    assert any(code.startswith("K35") for code in case.diagnosis_codes)
    assert not {"R10.31", "R50.9"} & set(case.diagnosis_codes)


def test_no_code_is_both_reported_and_rejected(coder):
    for plan in (
        "1. Hypertension. No hypertension in the past.",
        "1. Possible pneumonia.\n2. Pneumonia.",
        "1. Asthma. Mother has asthma. Denies asthma attacks.",
    ):
        case = coded(coder, plan)
        assert not set(case.diagnosis_codes) & {r.code.value for r in case.rejected}, plan
        assert len(case.diagnosis_codes) == len(set(case.diagnosis_codes))


def test_what_is_affirmed_once_is_not_lost_by_a_denial(coder):
    assert "J18.9" in coded(coder, "1. Possible pneumonia last week.\n2. Pneumonia, confirmed.").diagnosis_codes


def test_every_rejected_code_says_why(coder):
    case = coded(coder, "1. Hypertension.\n2. Rule out sepsis.\n3. Return if fever. Screening for colon cancer.")
    assert case.rejected
    assert all(entry.why for entry in case.rejected)


@pytest.mark.parametrize("act", ["reject", "accept", "add"])
def test_a_decision_about_a_code_nobody_spoke_of(act, coder):
    case = coded(coder, "1. Hypertension.", decisions=[Decision(act, "M54.50", "x", "me", DAY)])
    assert ("M54.50" in case.diagnosis_codes) == (act == "add")
    assert "I10" in case.diagnosis_codes


def test_a_code_that_a_person_rejects_never_comes_back(coder):
    case = coded(coder, "1. Hypertension.", decisions=[Decision("reject", "I10", "no", "me", DAY)])
    assert "I10" not in case.diagnosis_codes


def test_the_last_decision_about_a_code_holds(coder):
    reject, accept = Decision("reject", "I10", "no", "me", DAY), Decision("accept", "I10", "yes", "chief", DAY)
    assert "I10" in coded(coder, "1. Hypertension.", decisions=[reject, accept]).diagnosis_codes
    assert "I10" not in coded(coder, "1. Hypertension.", decisions=[accept, reject]).diagnosis_codes


def test_an_external_cause_never_leads(coder):
    case = coded(coder, "1. Fall from a ladder.\n2. Closed fracture of the left distal radius.")
    assert case.diagnoses
    assert case.diagnoses[0].code.value[0] not in "VWXY"


def test_the_case_is_given_back_with_decisions_and_without_change(coder):
    decision = Decision("add", "Z71.3", "counseled", "me", DAY)
    case = coded(coder, "1. Hypertension.", decisions=[decision])
    assert case.decisions == (decision,)


def test_pain_of_a_place_belongs_to_the_disease_of_the_place(coder):
    case = coded(coder, "1. Right knee osteoarthritis.\n2. Right knee pain.\n3. Left shoulder pain.")
    assert case.diagnosis_codes[0] == "M17.11"
    assert "M25.561" not in case.diagnosis_codes
    assert "M17.11" in why(case, "M25.561")
    assert "M17.11" not in why(case, "M25.512")


def test_with_speaks_louder_than_without(coder):
    case = coded(coder, "1. Lumbar spinal stenosis L4-5 with neurogenic claudication.")
    assert "M48.062" in case.diagnosis_codes
    assert "M48.061" not in case.diagnosis_codes


def test_a_past_event_is_no_present_one(coder):
    case = coded(coder, "1. Hypertension.\n2. Status post cerebrovascular accident.")
    assert "I63.9" not in case.diagnosis_codes


def test_what_is_only_measured_is_no_diagnosis(coder):
    text = "OFFICE VISIT\nVITALS: Blood pressure 182/101, tachycardia.\nASSESSMENT: Gout."
    case = coded(coder, "", text=text)
    assert case.diagnosis_codes == ("M10.9",)
    assert "measurements" in why(case, "R00.0")


def test_a_combination_stands_once(coder):
    text = "OFFICE VISIT\nREVIEW OF SYSTEMS: COPD with pneumonia.\nASSESSMENT: 1. COPD. 2. Pneumonia."
    case = coded(coder, "", text=text)
    assert "J44.0" in case.diagnosis_codes
    assert not why(case, "J44.0")


def test_a_doubtful_assessment_outweighs_what_was_said_before(coder):
    text = "OFFICE VISIT\nHISTORY OF PRESENT ILLNESS: Sent for pneumonia.\nASSESSMENT: Cough. Pneumonia is possible."
    case = coded(coder, "", text=text)
    assert "J18.9" not in case.diagnosis_codes
    assert "doubts or denies" in why(case, "J18.9")


def test_a_drug_that_was_stopped_is_no_long_term_drug(coder):
    said = "1. Type 2 diabetes mellitus. {} metformin 500 mg twice daily."
    on, off = (coded(coder, said.format(words)).diagnosis_codes for words in ("She takes", "She has been off"))
    assert "Z79.84" in on
    assert "Z79.84" not in off


def test_a_combination_brings_what_it_asks_for(coder):
    found = "1. COPD exacerbation.\n2. COPD. Probable community-acquired pneumonia.\n"
    text = f"DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n{found}"
    codes = coded(coder, "", setting="inpatient", text=text).diagnosis_codes
    assert {"J44.0", "J44.1", "J18.9"} <= set(codes)


def test_a_sign_that_a_disease_excludes_yields(coder):
    case = coded(coder, "1. Hyperemesis gravidarum at 10 weeks of pregnancy.\n2. Nausea and vomiting of pregnancy.")
    assert not {"R11.2", "R11.0", "R11.10"} & set(case.diagnosis_codes)


def test_multiple_injuries_do_not_lead_where_one_is_named(coder):
    found = "1. Multiple trauma.\n2. Acute respiratory failure.\n3. Rib fractures.\n"
    text = f"DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n{found}"
    codes = coded(coder, "", setting="inpatient", text=text).diagnosis_codes
    assert codes[0] != "T07.XXXA"


@pytest.mark.parametrize("plan", ["1. Alzheimer's dementia.", "1. Alzheimer disease.\n2. Dementia."])
def test_the_index_pairs_a_cause_with_its_manifestation(coder, plan):
    codes = coded(coder, plan).diagnosis_codes
    assert codes[:2] == ("G30.9", "F02.80")
    assert "F03.90" not in codes


def test_alzheimer_disease_without_a_word_of_dementia_stays_alone(coder):
    assert "F02.80" not in coded(coder, "1. Alzheimer disease.").diagnosis_codes


EXAMINED = """OFFICE VISIT
SUBJECTIVE: Seen for follow-up of hypertension.
REVIEW OF SYSTEMS: Positive for heartburn.
PHYSICAL EXAM: Nose congested. Trace edema at the ankles.
{}
"""


def test_a_sign_of_the_examination_is_coded_only_where_it_is_assessed(coder):
    case = coded(coder, "ASSESSMENT:\n1. Hypertension.", text=EXAMINED)
    assert case.diagnosis_codes == ("I10",)
    assert "III.B" in why(case, "R60.0")
    assert "R60.0" in coded(coder, "ASSESSMENT:\n1. Hypertension.\n2. Ankle edema.", text=EXAMINED).diagnosis_codes


def test_what_was_operated_on_among_the_past_is_no_condition(coder):
    text = "OFFICE VISIT\nPAST SURGICAL HISTORY: Nasal polyps removed.\nASSESSMENT:\n1. Hypertension.\n"
    assert coded(coder, "", text=text).diagnosis_codes == ("I10",)
