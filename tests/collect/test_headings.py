from __future__ import annotations

from chartcode.collect import kinds
from chartcode.collect.headings import KINDS, SECTIONS, section
from chartcode.collect.sections import names


def test_every_name_is_of_the_fixed_vocabularies():
    assert set(SECTIONS.values()) <= names()
    assert set(KINDS.values()) <= set(kinds.KINDS)


def test_a_section_by_its_code_then_by_its_title():
    assert section("11450-4", "whatever") == "problem list"
    assert section("x", "Past Medical History") == "past medical history"
    assert section("", "Zebras") == "other"
    assert section("", "") == "other"
