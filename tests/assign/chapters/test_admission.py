"""Present on admission by the record's words (Guidelines, Appendix I)."""

from __future__ import annotations

import pytest

SAID = {
    "Pneumonia, present on admission.": ("J18.9", "Y"),
    "Hospital-acquired pneumonia, developed on hospital day 4.": ("J18.9", "N"),
    "Acute kidney injury which developed on hospital day 3 after contrast.": ("N17.9", "N"),
    "Urinary tract infection, nosocomial.": ("N39.0", "N"),
    "Postoperative ileus.": ("K91.89", "N"),
    "Stage 2 pressure ulcer of the sacrum, acquired in hospital.": ("L89.152", "N"),
    "Stage 2 pressure ulcer of the sacrum, present at the time of admission.": ("L89.152", "Y"),
    "Deep vein thrombosis of the left leg; it is clinically undetermined whether it was present on admission.": (
        "I82.402",
        "W",
    ),
    "Acute blood loss anemia, postoperative.": ("D62", "N"),
    "Delirium, onset during the hospital stay.": ("F05", "N"),
    "Type 2 diabetes mellitus.": ("E11.9", "Y"),
    "Chronic obstructive pulmonary disease.": ("J44.9", "Y"),
    "Hypokalemia, not present on admission.": ("E87.6", "N"),
    "Clostridium difficile colitis, onset after admission.": ("A04.72", "N"),
    "Thrombocytopenia; documentation is insufficient to tell whether it was present on admission.": ("D69.6", "U"),
    "Acute kidney injury, resolved; it occurred during the hospitalization.": ("N17.9", "N"),
    "Pneumonia, diagnosed in the emergency department.": ("J18.9", "Y"),
    "Acute myocardial infarction on hospital day two.": ("I21.9", "N"),
}


@pytest.mark.parametrize("said", SAID)
def test_the_words_tell_whether_it_was_there(said, code):
    text = f"DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n1. Cellulitis of the right leg.\n2. {said}\n"
    wanted, poa = SAID[said]
    found = {d.code.value: d.poa for d in code("IP M 66", text).diagnoses}
    assert found.get(wanted) == poa, found


COURSES = {
    "She was admitted with pneumonia. On hospital day 4 she developed acute kidney injury.": {
        "J18.9": "Y",
        "N17.9": "N",
    },
    "On hospital day 3 he had acute respiratory failure. His pneumonia was present on admission.": {
        "J96.00": "N",
        "J18.9": "Y",
    },
    "The hospital course was complicated by ileus.": {"K56.7": "N"},
}


@pytest.mark.parametrize("course", COURSES)
def test_the_course_tells_what_came_later(course, code):
    listed = "1. Pneumonia.\n2. Acute kidney injury.\n3. Acute respiratory failure.\n4. Ileus.\n"
    text = f"DISCHARGE SUMMARY\nHOSPITAL COURSE: {course}\nDISCHARGE DIAGNOSES:\n{listed}"
    found = {d.code.value: d.poa for d in code("IP M 66", text).diagnoses}
    assert {c: found.get(c) for c in COURSES[course]} == COURSES[course]


def test_the_words_that_decide_are_shown(code):
    text = "DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n1. Cellulitis of right leg.\n2. Hospital-acquired pneumonia.\n"
    told = next(d for d in code("IP M 66", text).diagnoses if d.code.value == "J18.9")
    assert 'present on admission N: "hospital-acquired"' in told.reasons


def test_lacerations_of_a_delivery_were_not_there(code):
    listed = (
        "1. Term vaginal delivery at 39 weeks of a live infant.\n2. First degree perineal laceration.\n3. Breech.\n"
    )
    text = f"DISCHARGE SUMMARY\nDISCHARGE DIAGNOSES:\n{listed}"
    found = {d.code.value: d.poa for d in code("IP F 26", text).diagnoses}
    assert found["O70.0"] == "N"
    assert found["O32.1XX0"] == "Y"


def test_the_indicator_is_for_stays_alone(code):
    assert {d.poa for d in code("OP M 66", "OFFICE VISIT\nASSESSMENT: Pneumonia.").diagnoses} == {None}
