import pytest

from chartcode.assign.visits.problems import nature, problems


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("I10", "chronic"),
        ("E11.9", "chronic"),
        ("E11.641", "threat"),
        ("I21.4", "threat"),
        ("J06.9", "acute"),
        ("J18.9", "systemic"),
        ("R07.9", "undiagnosed"),
        ("R03.0", "none"),
        ("S02.0XXA", "injury"),
        ("S02.5XXA", "minor_injury"),
        ("H61.23", "minor"),
        ("Z79.4", "none"),
        ("K35.80", "systemic"),
        ("K35.20", "threat"),
    ],
)
def test_the_longest_beginning_of_a_code_says_what_a_diagnosis_is(books, code, kind):
    kinds = books.parameters["visit_problems.nature"]
    table = {beginning: name for name in reversed(kinds) for beginning in kinds[name]}
    assert nature(code, table) == kind


def test_every_beginning_is_one_of_the_book(books):
    codes = "\n" + "\n".join(code for code, _, _ in books.icd10cm.entries())
    for beginnings in books.parameters["visit_problems.nature"].values():
        strangers = [beginning for beginning in beginnings if f"\n{beginning}" not in codes]
        assert not strangers


PLAIN = "SUBJECTIVE: She comes in today for a cold.\nASSESSMENT: Acute sinusitis.\nPLAN: Rest."


def level(record, text, dx, **known):
    return problems(record(text, dx), acute_care=known.pop("acute_care", False), **known)


def test_an_acute_illness_without_complication_is_low(record):
    element = level(record, PLAIN, {"J01.90": "Acute sinusitis"})
    assert element.level == "low"
    assert [m.span.text for m in element.evidence] == ["Acute sinusitis"]


def test_one_stable_chronic_illness_is_low_and_two_are_moderate(record):
    text = "SUBJECTIVE: Here today.\nASSESSMENT: Hypertension. Diabetes.\nPLAN: See me in a year."
    assert level(record, text, {"I10": "Hypertension"}).level == "low"
    two = level(record, text, {"I10": "Hypertension", "E11.9": "Diabetes"})
    assert two.level == "moderate"
    assert "2 chronic illnesses" in two.reasons


def test_two_codes_of_one_category_are_one_illness(record):
    text = "SUBJECTIVE: Here today.\nASSESSMENT: Diabetes with neuropathy and retinopathy.\nPLAN: See me in a year."
    element = level(record, text, {"E11.40": "neuropathy", "E11.319": "retinopathy"})
    assert element.level == "low"


def test_words_of_worsening_make_a_chronic_illness_moderate_unless_denied(record):
    worse = "SUBJECTIVE: Here today.\nASSESSMENT: Hypertension, uncontrolled.\nPLAN: Salt."
    better = "SUBJECTIVE: Here today.\nASSESSMENT: Hypertension, not worsening.\nPLAN: Salt."
    assert level(record, worse, {"I10": "Hypertension"}).level == "moderate"
    assert level(record, better, {"I10": "Hypertension"}).level == "low"


def test_a_symptom_is_a_new_problem_only_where_nothing_explains_it(record):
    text = "SUBJECTIVE: Here today.\nASSESSMENT: Dizziness. Otitis media.\nPLAN: Rest."
    assert level(record, text, {"R42": "Dizziness"}).level == "moderate"
    assert level(record, text, {"R42": "Dizziness", "H66.90": "Otitis media"}).level == "low"


def test_a_threat_is_high_and_gets_lower_on_a_later_day_when_it_gets_better(record):
    text = "SUBJECTIVE: He is well.\nASSESSMENT: Sepsis, improving.\nPLAN: Go on."
    assert level(record, text, {"A41.9": "Sepsis"}, acute_care=True).level == "high"
    assert level(record, text, {"A41.9": "Sepsis"}, acute_care=True, later=True).level == "moderate"


def test_a_threat_that_is_history_is_none(record):
    text = "SUBJECTIVE: A cold.\nPAST MEDICAL HISTORY: Sepsis.\nASSESSMENT: Common cold.\nPLAN: Rest."
    assert level(record, text, {"A41.9": "Sepsis", "J00": "Common cold"}).level == "straightforward"


def test_a_new_cancer_is_high_and_a_known_one_is_chronic(record):
    new = "SUBJECTIVE: Here today.\nASSESSMENT: Newly diagnosed breast cancer.\nPLAN: Talk."
    known = "SUBJECTIVE: Here today.\nASSESSMENT: Breast cancer, stable.\nPLAN: Talk."
    assert level(record, new, {"C50.911": "breast cancer"}).level == "high"
    assert level(record, known, {"C50.911": "Breast cancer"}).level == "low"


def test_a_worse_chronic_illness_that_takes_a_patient_into_a_hospital_is_high(record):
    text = "HISTORY OF PRESENT ILLNESS: Worsening dyspnea.\nASSESSMENT: COPD exacerbation.\nPLAN: Admit."
    assert level(record, text, {"J44.1": "COPD exacerbation"}, acute_care=True, admits=True).level == "high"
    assert level(record, text, {"J44.1": "COPD exacerbation"}, acute_care=True).level == "moderate"


def test_minor_problems_are_counted(record):
    text = "SUBJECTIVE: Here today.\nASSESSMENT: Ear wax. Wart.\nPLAN: Rest."
    assert level(record, text, {"H61.23": "Ear wax"}).level == "straightforward"
    assert level(record, text, {"H61.23": "Ear wax", "B07.9": "Wart"}).level == "low"


def test_without_a_diagnosis_a_problem_is_still_told(record):
    element = level(record, "SUBJECTIVE: He fell today.\nASSESSMENT: Sore.\nPLAN: Ice.", {})
    assert element.level == "low"
    assert element.evidence


def test_a_chronic_illness_that_is_to_be_operated_on_is_not_at_its_goal(record):
    text = "SUBJECTIVE: Here today.\nASSESSMENT: Knee osteoarthritis.\nPLAN: {}"
    seen = level(record, text.format("She wishes to proceed with total knee arthroplasty."), {"M17.11": "Knee"})
    assert seen.level == "moderate"
    assert "a chronic illness that is to be operated on" in seen.reasons
    assert level(record, text.format("See me in a year."), {"M17.11": "Knee"}).level == "low"


@pytest.mark.parametrize("said", ["it has been running high", "it is acting up", "partial response to treatment"])
def test_what_patients_say_of_an_illness_not_at_its_goal(record, said):
    text = f"SUBJECTIVE: Here today.\nASSESSMENT: Hypertension, {said}.\nPLAN: See me in a year."
    assert level(record, text, {"I10": "Hypertension"}).level == "moderate"
