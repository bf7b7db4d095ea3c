from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.settle import settle
from chartcode.collect import chart_from_text
from chartcode.pipeline import STEPS, Coder

DAY = date(2026, 5, 1)


@pytest.fixture(scope="module")
def codes(desk):
    coder = Coder(desk, STEPS[: STEPS.index(settle) + 1])

    def coded(text, setting="outpatient", **patient):
        chart = chart_from_text(text, "note", setting=setting, day=DAY)
        return list(coder(replace(chart, patient=replace(chart.patient, **patient))).diagnosis_codes)

    return coded


COLONOSCOPY = """PREOPERATIVE DIAGNOSES: Colon cancer screening and family history of polyps.
POSTOPERATIVE DIAGNOSIS: Colonic polyps.
PROCEDURE: Colonoscopy with snare polypectomy.
"""
DIET = "SUBJECTIVE: This 56-year-old woman comes in for a dietary consultation for hyperlipidemia and hypertension.\n"
PHYSICAL = """CHIEF COMPLAINT: Here for annual physical exam.
HISTORY: 45-year-old man with hypertension.
ASSESSMENT: 1. Hypertension, controlled. 2. Health maintenance.
"""
CLEARANCE = """CHIEF COMPLAINT: Preoperative clearance.
ASSESSMENT AND PLAN: 1. Cleared for surgery. 2. Osteoarthritis of right knee. 3. Hypertension.
"""
MAMMOGRAM = "MAMMOGRAM, BILATERAL SCREENING\nCLINICAL HISTORY: Routine screening.\nIMPRESSION: Negative.\n"


@pytest.mark.parametrize(
    ("text", "first"),
    [(COLONOSCOPY, "Z12.11"), (DIET, "Z71.3"), (PHYSICAL, "Z00.00"), (CLEARANCE, "Z01.818"), (MAMMOGRAM, "Z12.31")],
)
def test_what_a_visit_is_for_comes_first(codes, text, first):
    assert codes(text)[0] == first


def test_screening_and_a_family_history_are_two_things(codes):
    found = codes(COLONOSCOPY)
    assert "Z80.0" not in found
    assert "K63.5" in found


@pytest.mark.parametrize(
    ("days", "years", "code"), [(5, 0, "Z00.110"), (20, 0, "Z00.111"), (90, 0, "Z00.129"), (None, 9, "Z00.129")]
)
def test_the_examination_of_a_child_takes_the_code_of_the_age(codes, days, years, code):
    words = "well-child check" if years == 0 else "annual physical exam"
    text = f"SUBJECTIVE: The patient presents with Mom for a {words}. No concerns.\n"
    assert codes(text, age=years, age_days=days)[0] == code


def test_what_is_planned_or_was_done_before_is_no_purpose(codes):
    text = (
        "CHIEF COMPLAINT: Cough.\n"
        "ASSESSMENT AND PLAN: 1. Acute bronchitis. Return in one year for annual physical exam.\n"
    )
    assert codes(text) == ["J20.9"]


def test_a_stay_has_no_such_purpose(codes):
    text = "CHIEF COMPLAINT: Annual physical exam.\nDISCHARGE DIAGNOSES: 1. Pneumonia.\n"
    assert codes(text, setting="inpatient")[0] == "J18.9"


def test_a_device_put_in_today_is_no_status_whatever_the_age_of_the_patient(codes):
    text = (
        "PROCEDURES PERFORMED:\n1. DDDR permanent pacemaker.\nINDICATION: The patient is a 73-year-old woman with"
        " symptomatic bradycardia and chronic heart failure, for whom a permanent pacemaker was indicated.\n"
    )
    assert "Z95.0" not in codes(text)
