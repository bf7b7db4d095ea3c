"""What a rule offers, in words."""

from __future__ import annotations

import pytest

from chartcode.model.case import Remedy
from chartcode.model.code import ICD10CM, Code
from chartcode.report.words import offer

A, B, C = (Code(ICD10CM, value) for value in ("M17.11", "M17.12", "M17.0"))


@pytest.mark.parametrize(
    ("remedy", "told"),
    [
        (None, ""),
        (Remedy("drop", (A,), say="its own words"), "its own words"),
        (Remedy("drop", (A,)), "drop M17.11"),
        (Remedy("add", (C,)), "add M17.0"),
        (Remedy("replace", (A, B), (C,)), "report M17.0 instead of M17.11 and M17.12"),
        (Remedy("move", (A,), (B,)), "put M17.11 before M17.12"),
        (Remedy("move", (A,)), "put M17.11 behind the others"),
        (Remedy("replace", (A,)), ""),
        (Remedy("ask", (A,)), ""),
    ],
)
def test_an_offer_is_said_in_the_words_of_the_rule_or_of_its_act(remedy, told):
    assert offer(remedy) == told
