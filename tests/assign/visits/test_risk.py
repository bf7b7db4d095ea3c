import pytest

from chartcode.assign.visits.admission import Admission, admission
from chartcode.assign.visits.category import category
from chartcode.assign.visits.risk import risk

NOT = Admission(decided=False, words=())

HEAD = "SUBJECTIVE: Comes in today.\nASSESSMENT: Cough.\nPLAN: "


def level(record, plan, *, acute_care=False):
    read = record(HEAD + plan, {})
    return risk(read, acute_care=acute_care, hospital=admission(read, category(read)))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("Nothing more.", "straightforward"),
        ("Rest and fluids.", "low"),
        ("Tylenol as needed.", "low"),
        ("Start lisinopril 10 mg daily.", "moderate"),
        ("A refill is given.", "moderate"),
        ("Rest.", "low"),
        ("She cannot afford her treatment.", "moderate"),
        ("Schedule surgery for next month.", "moderate"),
        ("She will be admitted to the hospital.", "high"),
        ("He is made DNR.", "high"),
        ("Emergent surgery tonight.", "high"),
        ("Start methotrexate 10 mg weekly.", "high"),
    ],
)
def test_what_is_decided_makes_the_risk(record, plan, expected):
    element = level(record, plan)
    assert element.level == expected
    assert element.reasons


def test_a_drug_that_is_started_is_told_from_one_that_goes_on(record):
    assert level(record, "Start lisinopril 10 mg daily.").reasons == (
        "a prescription drug is started, changed or stopped",
    )
    assert level(record, "Continue lisinopril 10 mg daily.").reasons == ("a prescription drug is given or continued",)


def test_drugs_that_nobody_speaks_of_are_low(record):
    text = "SUBJECTIVE: Comes in today.\nMEDICATIONS: Lisinopril 10 mg daily.\nASSESSMENT: Well.\nPLAN: See me in May."
    element = risk(record(text, {}), acute_care=False, hospital=NOT)
    assert element.level == "low"


def test_a_controlled_drug_by_injection_is_high_in_acute_care_alone(record):
    assert level(record, "IV morphine was given.", acute_care=True).level == "high"
    assert level(record, "IV morphine was given.").level == "moderate"


def test_hospital_care_that_the_note_decides_is_high(record):
    element = risk(record(HEAD + "Rest.", {}), acute_care=True, hospital=Admission(decided=True, words=()))
    assert element.level == "high"
    assert element.reasons == ("hospital care is decided",)


def test_chemotherapy_is_watched_by_its_class(record):
    assert level(record, "Start paclitaxel 80 mg IV weekly.").level == "high"


def test_a_list_of_drugs_behind_the_assessment_is_a_plan(record):
    text = "SUBJECTIVE: Comes in today.\nASSESSMENT: Palpitations.\nMEDICATIONS: Diltiazem 30 mg daily."
    before = "MEDICATIONS: Diltiazem 30 mg daily.\nSUBJECTIVE: Comes in today.\nASSESSMENT: Palpitations."
    assert risk(record(text, {}), acute_care=False, hospital=NOT).level == "moderate"
    assert risk(record(before, {}), acute_care=False, hospital=NOT).level == "low"


def test_social_determinants_that_are_coded_limit_treatment(record):
    text = "SUBJECTIVE: Comes in today.\nASSESSMENT: Cough, sleeping rough.\nPLAN: Rest."
    assert risk(record(text, {"Z59.02": "sleeping rough"}), acute_care=False, hospital=NOT).level == "moderate"


def test_a_patient_who_is_kept_under_watch_in_acute_care_is_at_moderate_risk(record):
    assert level(record, "He was under observation for six hours.", acute_care=True).level == "moderate"
    assert level(record, "He was under observation for six hours.").level == "straightforward"
