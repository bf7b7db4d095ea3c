from __future__ import annotations

import pytest

from chartcode.assign.causes.vehicles import accident, crashes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("restrained driver rear-ended by another car", "V43.52"),
        ("passenger in a car struck by a pickup truck", "V43.63"),
        ("driver of a car that was hit by a semi-truck", "V44.5"),
        ("he was driving a pickup truck and was hit by a car", "V53.5"),
        ("driver of a car, head-on collision with another vehicle", "V49.40"),
        ("driver lost control of her car and hit a tree", "V47.5"),
        ("driver lost control and the car rolled over several times; rollover accident", "V48.5"),
        ("the driver was backing in a parking lot when hit by a car; motor vehicle accident", "V43.02"),
        ("driver whose car hit a deer in a motor vehicle accident", "V40.5"),
        ("involved in a motor vehicle accident", "V89.2"),
        ("involved in a car accident", "V49.9"),
        ("pedestrian struck by a car", "V03.10"),
        ("pedestrian hit by a bus", "V04.10"),
        ("he was crossing the street and was struck by a vehicle", "V09.20"),
        ("bicyclist struck by a car", "V13.4"),
        ("fell off his bicycle", "V18.0"),
        ("fell off his bicycle in the street", "V18.4"),
        ("motorcycle accident", "V29.99"),
        ("riding his motorcycle when he was hit by a car", "V23.49"),
        ("laid down his motorcycle", "V28.49"),
        ("passenger on a motorcycle that was hit by a car", "V23.59"),
        ("atv rollover", "V86.55"),
        ("passenger on an atv that rolled over", "V86.65"),
        ("dirt bike crash", "V86.56"),
    ],
)
def test_who_was_in_what_and_met_what(text, code):
    found = [a for m in crashes(text) if (a := accident(text, m, 0, len(text)))]
    assert max(found, key=lambda a: a.weight).code == code


@pytest.mark.parametrize("text", ["she walked home", "the carotid artery", "he drove to work"])
def test_no_accident_is_told(text):
    assert not crashes(text)
