import pytest

from chartcode.assign.visits.admission import admission
from chartcode.assign.visits.category import category

NOTE = """{title}
HISTORY OF PRESENT ILLNESS: A cough. He was admitted last month.
PHYSICAL EXAM: Crackles.
ASSESSMENT AND PLAN: Pneumonia. {plan}"""


@pytest.mark.parametrize(
    ("title", "setting", "plan", "decided"),
    [
        ("HISTORY AND PHYSICAL", "professional", "Give antibiotics.", True),
        ("EMERGENCY DEPARTMENT NOTE", "ed", "He was admitted to the ward.", True),
        ("EMERGENCY DEPARTMENT NOTE", "ed", "He goes home.", False),
        ("OFFICE VISIT", "outpatient", "Will admit to the hospital.", True),
        ("OFFICE VISIT", "outpatient", "He was admitted to the ward in May.", False),
        ("OFFICE VISIT", "outpatient", "If worse, he will be admitted.", False),
    ],
)
def test_who_decides_on_hospital_care_and_in_which_words(record, title, setting, plan, decided):
    read = record(NOTE.format(title=title, plan=plan), {}, setting=setting)
    found = admission(read, category(read))
    assert found.decided == decided
    assert decided or not found.words
