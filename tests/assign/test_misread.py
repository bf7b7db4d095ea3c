from __future__ import annotations

import pytest

from chartcode.assign.misread import misread
from chartcode.model.chart import Document


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("A blister on the pad of the foot.", "pad", True),
        ("Known PAD, on cilostazol.", "PAD", False),
        ("pvd, pad, htn", "pvd", False),
        ("Abdomen: CVA tenderness on the right.", "CVA", True),
        ("There is CVA located near her flank with tenderness.", "CVA", True),
        ("Admitted with an acute CVA. Not tender.", "CVA", False),
        ("NPH insulin - 65 units in the morning.", "NPH", True),
        ("Shunt placed for NPH with gait trouble.", "NPH", False),
        ("RR 18. RAS: 100%.", "RAS", True),
        ("Hypertension from RAS, stented.", "RAS", False),
        ("Wound of the left upper extremity.", "left upper extremity", True),
        ("Cold cardioplegia arrest of the heart was obtained.", "arrest of the heart", True),
        ("He had a cardiac arrest at home.", "cardiac arrest", False),
    ],
)
def test_words_that_are_no_diagnosis(text, words, wrong):
    start = text.index(words)
    assert misread(Document("d", text), start, start + len(words)) is wrong


def test_a_vaccine_is_no_disease():
    text = "Tetanus vaccine is up to date."
    assert misread(Document("d", text), 0, len("Tetanus"))
