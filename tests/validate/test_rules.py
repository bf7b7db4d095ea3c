"""Every example of every rule: a mark is a fault, and what has no mark has none."""

from __future__ import annotations

import shutil

import pytest

from chartcode.books import Shelf, invented
from chartcode.model.notation import read
from chartcode.validate import catalogue
from chartcode.validate.examples import difference
from chartcode.validate.rule import FIRST_DAY

RULES = catalogue()
EXAMPLES = [pytest.param(rule, n, id=f"{rule.id}-{n}") for rule in RULES for n, _ in enumerate(read(rule.examples))]


@pytest.fixture(scope="module")
def shelf(desk, tmp_path_factory):
    """The embedded books, and beside them tiny invented ones of those that a user has to install."""
    home = tmp_path_factory.mktemp("invented")
    shutil.copytree(desk.folder, home / "books")
    invented.install(home / "books")
    return Shelf.open(home)


@pytest.mark.parametrize(("rule", "number"), EXAMPLES)
def test_the_rule_faults_what_is_marked_and_nothing_else(rule, number, shelf):
    example = list(read(rule.examples))[number]
    books = shelf.at(example.case.day)
    assert difference(rule, example, books) == ""
    for finding in rule(example.case, books):
        assert (finding.rule, finding.severity) == (rule.id, rule.severity)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is_and_by_whose_authority(rule):
    assert rule.authority
    assert rule.url.startswith("https://")
    assert rule.since.isoformat() >= FIRST_DAY
    assert rule.until is None or rule.until > rule.since
    assert rule.title.endswith(".")
    assert len(rule.title) < 120
    assert rule.essay
    marked = [bool(example.marks) for example in read(rule.examples)]
    assert any(marked), "an example that fires is missing"
    assert not all(marked), "an example that passes is missing"
