"""Profiles: which rules run for which case."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from chartcode.model.notation import one
from chartcode.validate import catalogue
from chartcode.validate.site import Profile, profile
from chartcode.validate.site.places import Unsound

OWN = '[[rule]]\nid = "site/one"\ntitle = "A fault."\nwhen = { payer = "*" }\n'
TEXT = """\
name = "North"
rules = ["own.toml"]
ignore = ["clinical/*", "claim/admitting_missing"]

[[when]]
payer = "*medicaid*"
setting = ["inpatient"]
ignore = ["mce/*"]
select = ["clinical/anemia_indicators"]
why = "the state has edits of its own"

[[when]]
facility = "South*"
since = 2026-01-01
ignore = "site/one"
"""
DAY = date(2026, 5, 1)


def ids(text, head, day=DAY):
    case = one(f"{head}\ndx I10\n")
    return {rule.id for rule in profile(text, "p.toml", {"own.toml": OWN}.__getitem__).rules(case, day)}


def test_without_a_profile_the_whole_catalogue_runs():
    assert Profile().rules(one("outpatient\ndx I10\n"), DAY) == catalogue()


def test_globs_payer_setting_facility_and_day():
    plain = ids(TEXT, "inpatient 2026-05-01 2026-05-01, payer Aetna")
    assert "site/one" in plain
    assert "mce/invalid_age" in plain
    assert not any(rule.startswith("clinical/") for rule in plain)
    assert "claim/admitting_missing" not in plain
    state = ids(TEXT, "inpatient 2026-05-01 2026-05-01, payer State Medicaid")
    assert "mce/invalid_age" not in state
    assert {rule for rule in state if rule.startswith("clinical/")} == {"clinical/anemia_indicators"}
    assert "mce/invalid_age" in ids(TEXT, "outpatient 2026-05-01, payer State Medicaid")
    assert "site/one" not in ids(TEXT, "outpatient 2026-05-01, facility South Clinic")
    assert "site/one" in ids(TEXT, "outpatient 2025-05-01, facility South Clinic", date(2025, 5, 1))


def test_select_alone():
    assert ids('select = ["icd10cm/excludes1", "ncci/*"]', "outpatient") == {
        "icd10cm/excludes1",
        *(rule.id for rule in catalogue() if rule.id.startswith("ncci/")),
    }


def test_the_rules_of_a_profile_check_a_case(books):
    chosen = profile('rules = ["own.toml"]\nselect = ["site/*"]', "p.toml", {"own.toml": OWN}.__getitem__)
    case = one("outpatient 2026-05-01, payer X\ndx I10\ndx I10\n")
    assert [finding.rule for finding in chosen.validate(case, books)] == ["site/one"]
    again = pickle.loads(pickle.dumps(chosen))  # noqa: S301 - our own
    assert [finding.rule for finding in again.validate(case, books)] == ["site/one"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ignore = ['icd9/*']", "no rule is named 'icd9/"),
        ("ignor = ['mce/*']", "is 'ignore' meant"),
        ("[[when]]\npayer = 'x'", "give select or ignore"),
        ("[[when]]\nignore = 'mce/*'\nsetting = 'home'", "no 'home'"),
        ("[[when]]\nignore = 'mce/*'\nsince = 'soon'", "expected a day"),
        ("rules = ['own.toml', 'own.toml']", "is there twice"),
        ("rules = 3", "a string, or a list of strings"),
        ("= 3", "not TOML"),
    ],
)
def test_a_profile_with_a_typo_is_refused_with_its_place(text, told):
    with pytest.raises(Unsound, match=told):
        profile(text, "p.toml", {"own.toml": OWN}.__getitem__)
