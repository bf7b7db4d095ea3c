from __future__ import annotations

import random

from bench.deidentify import covered, report
from bench.planted import KINDS, SENTENCES, Person, Planted, filled, plant

from chartcode.deidentify.findings import Finding


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same note each time, no secret


TEXT = "She fell. He came.\nIt is well.\n"


def test_identifiers_are_planted_where_they_are_said_to_be():
    text, planted = plant(TEXT, chance(1), 20)
    again, _ = plant(TEXT, chance(1), 20)
    assert text == again
    assert {p.kind for p in planted} <= set(KINDS.values())
    for sentence in SENTENCES:
        written, inside = filled(sentence, Person("Ann", "Lee"), chance(2))
        assert "<" not in written
        assert all(written[p.start : p.end].strip() for p in inside)


def test_an_identifier_of_which_a_letter_is_left_is_missed():
    text, planted = "Ann B. Lee fell", [Planted(0, 10, "name")]
    whole, part = [Finding(0, 10, "name", "")], [Finding(0, 3, "name", "")]
    assert covered(planted[0], text, whole)
    assert not covered(planted[0], text, part)
    table = report([(text, planted, [*part, Finding(11, 15, "name", "")])])
    assert "| name        |   .000 |     0 |  1 |" in table
    assert ".500 (1 of 2 findings)" in table
