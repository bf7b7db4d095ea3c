"""The page that says what carries each section of the guidelines names only what is there, and every section."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from chartcode.validate import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "guideline-coverage.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| section")
]
CITED = re.compile(r"ICD-10-CM Official Guidelines FY2026, (.+)")


def test_every_rule_and_module_that_is_named_exists():
    rules = {rule.id for rule in catalogue()}
    named = {name for _, _, carried in ROWS for name in re.findall(r"`([^` ]+)`", carried)}
    assert len(named) > 100
    for name in named:
        assert name in rules if "/" in name else find_spec(name), f"{name} is not there"


def test_every_section_has_a_rule_a_module_or_a_reason():
    assert len(ROWS) > 200
    for section, what, carried in ROWS:
        assert what, section
        assert "`" in carried or re.match(r"none: \w|see I", carried), section


@pytest.mark.parametrize("part", ["I.A", "I.B", *(f"I.C.{n}" for n in range(1, 23)), "II", "III", "IV", "App. I"])
def test_every_part_of_the_guidelines_is_there(part):
    assert any(section == part or re.match(rf"{re.escape(part)}[.,]", section) for section, _, _ in ROWS)


def test_every_rule_that_cites_the_guidelines_is_on_the_page():
    named = {name for _, _, carried in ROWS for name in re.findall(r"`([^` ]+)`", carried)}
    citing = {rule.id for rule in catalogue() if CITED.search(rule.authority)}
    assert not sorted(citing - named)


def test_the_lettered_parts_of_section_iv_are_those_of_the_official_text(shared):
    (text,) = (shared / "codesets" / "guidelines").glob("*FY2026*.txt")
    section = text.read_text(encoding="utf-8", errors="replace").rpartition("Section IV. Diagnostic")[2]
    letters = re.findall(
        r"^ {0,3}([A-Q])\. +[A-Z]", section.partition("Present on Admission Reporting")[0], re.MULTILINE
    )
    there = " ".join(section for section, _, _ in ROWS if section.startswith("IV."))
    assert len(letters) > 12
    assert all(re.search(rf"\b{letter}\b", there) for letter in letters)
