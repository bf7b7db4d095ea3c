"""What titles borrow from the diagnosis, and numbers that they state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chartcode.model.case import CHECK, Procedure

Coded = Callable[..., dict[str, Procedure]]

NOTE = (
    "OPERATIVE NOTE\n\nPREOPERATIVE DIAGNOSIS: {0}\n\nPOSTOPERATIVE DIAGNOSIS: {0}\n\nPROCEDURE PERFORMED: {1}\n\n"
    "DESCRIPTION OF PROCEDURE: The patient was brought to the operating room. {2}\n"
)


@pytest.mark.parametrize(
    ("diagnosis", "title", "codes"),
    [
        ("Fracture of the left distal radius.", "Closed reduction and long-arm cast.", {"25605"}),
        ("Lesions of the vulva.", "Carbon dioxide laser ablation.", {"56501"}),
        ("Intramuscular lipoma of the right arm.", "Excision of mass.", {"24076"}),
        ("Left inguinal hernia.", "Laparoscopic cholecystectomy.", {"47562"}),  # the title names its own
    ],
)
def test_a_diagnosis_lends_a_title_its_words(coded: Coded, diagnosis: str, title: str, codes: set[str]) -> None:
    assert set(coded(NOTE.format(diagnosis, title, ""))) == codes


def test_what_was_borrowed_is_to_be_checked(coded: Coded) -> None:
    line = coded(NOTE.format("Left distal radius fracture.", "Closed reduction and long-arm cast.", ""))["25605"]
    assert line.band == CHECK
    assert line.modifiers == ("LT",)
    assert all("Closed reduction".startswith(m.span.text[:6]) for m in line.evidence[:1])


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("The agreed procedure, CPT code 57307.", {"57307": 1}),
        ("The agreed blocks (CPT 64640 times two, 64643).", {"64640": 2}),  # an add-on stands on no other
        ("Laparoscopic cholecystectomy (CPT 47563).", {"47562": 1}),  # the words outrank the number
        ("The agreed procedure, CPT code 99999.", {}),  # no such number
    ],
)
def test_stated_numbers(coded: Coded, title: str, codes: dict[str, int]) -> None:
    assert {code: line.units for code, line in coded(NOTE.format("Pain.", title, "")).items()} == codes


def test_what_goes_along_is_no_line_of_its_own(coded: Coded) -> None:
    body = "A right internal jugular central line was placed. A chest tube was inserted into the left chest."
    assert set(coded(NOTE.format("Lung cancer.", "Exploration of the chest as agreed upon.", body))) == set()
    assert "32551" in coded(NOTE.format("Effusion.", "Left chest tube insertion.", ""))


def test_a_heart_malformed_from_birth_has_its_own_numbers(coded: Coded) -> None:
    body = "The patient had a Fontan operation in infancy."
    title = "Right and left heart catheterization."
    assert set(coded(NOTE.format("Hypoplastic left heart, status post Glenn shunt.", title, body), age=4)) == {"93597"}
