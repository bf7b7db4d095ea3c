from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest

from chartcode.books.parameters import Parameters

FILES = [f for f in resources.files("chartcode.books.parameters").iterdir() if f.name.endswith(".toml")]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_fact_has_a_source_and_dated_steps_in_order(file):
    for name, fact in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(fact) <= {"source", "steps"}, f"{file.name} {name} has a key that nobody reads"
        assert len(fact["source"]) > 10, f"{file.name} {name} has no source"
        days = [step["from"] for step in fact["steps"]]
        assert all(isinstance(day, date) for day in days)
        assert days == sorted(set(days))


def test_the_day_picks_the_value():
    assert Parameters(date(2024, 9, 30))["mce.sex_conflict"] is True
    assert Parameters(date(2024, 10, 1))["mce.sex_conflict"] is False
    assert Parameters(date(2022, 3, 31))["mce.unspecified_code"] is False
    assert Parameters(date(2022, 4, 1))["mce.unspecified_code"] is True


def test_what_is_not_known_is_refused():
    with pytest.raises(LookupError, match="is in force on 2010-01-01"):
        Parameters(date(2010, 1, 1))["mce.sex_conflict"]
    with pytest.raises(LookupError, match="no fact 'none'"):
        Parameters(date(2026, 1, 1))["mce.none"]
    assert Parameters(date(2026, 1, 1)).get("mce.none", 7) == 7


@pytest.mark.parametrize("day", [date(2015, 10, 1), date(2019, 9, 30), date(2019, 10, 1), date(2026, 10, 1)])
def test_the_editors_ages_are_those_of_its_own_table(shelf, day):
    stated = Parameters(day)["mce.ages"]
    assert {flag: tuple(ages) for flag, ages in stated.items()} == {
        flag: shelf.at(day).icd10cm.ages(flag) for flag in stated
    }
