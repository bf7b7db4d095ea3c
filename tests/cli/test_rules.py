from __future__ import annotations

import pytest

from chartcode.validate import catalogue


def test_every_rule_is_listed_once(run, capsys):
    assert run("rules", "list") == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == sorted(listed)
    assert sorted(rule.id for rule in catalogue()) == sorted(listed)
    assert len(listed) == len(set(listed)) >= 25


@pytest.mark.parametrize("name", [rule.id for rule in catalogue()])
def test_every_rule_can_be_shown(name, run, capsys):
    assert run("rules", "show", name) == 0
    out = capsys.readouterr().out
    rule = next(rule for rule in catalogue() if rule.id == name)
    for part in (rule.id, rule.title, rule.severity, rule.authority, rule.url):
        assert part in out
    assert "!" in out.partition("Examples:")[2], "a rule shows a case that it finds"


@pytest.mark.parametrize("name", ["icd10cm/nothing", "", "excludes1/icd10cm", "../x"])
def test_a_rule_that_is_not_there(name, run, capsys):
    assert run("rules", "show", name) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_the_page_is_compared_and_not_written(run, tmp_path, capsys):
    assert run("rules", "docs", "--check", tmp_path / "rules.md") == 1
    assert "stale" in capsys.readouterr().err
    assert not (tmp_path / "rules.md").exists()


def test_where_the_page_cannot_be_written(run, tmp_path, capsys):
    assert run("rules", "docs", tmp_path / "no" / "rules.md") != 0
    assert "Traceback" not in capsys.readouterr().err


def test_without_an_act_the_call_is_wrong(run):
    assert run("rules") == 2


SITE = """\
[[rule]]
id = "site/organism"
title = "A pneumonia has no organism."
message = "{code} leaves the organism open"
for_each = { diagnosis = { code = "J18*" } }
examples = '''
outpatient 2025-11-03, F 67
dx J18.9    ! site/organism

outpatient 2025-11-03, F 67
dx J13
'''
"""


def test_rules_are_tried_on_past_cases(run, tmp_path, capsys):
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "past").mkdir()
    for n in range(12):
        code = "J18.9" if n else "J13"
        (tmp_path / "past" / f"{n:02}.txt").write_text(f"outpatient 2025-11-03, F 67, id c{n}\ndx {code}\n", "utf-8")
    assert run("rules", "try", tmp_path / "site.toml", "--cases", tmp_path / "past") == 0
    told = capsys.readouterr().out
    assert "11 findings in 12 cases" in told
    assert "c1: J18.9 leaves the organism open" in told
    assert "and 1 more" in told
    (tmp_path / "past" / "bad.txt").write_text("outpatient, what\n", "utf-8")
    assert run("rules", "try", tmp_path / "site.toml", "--cases", tmp_path / "past", "--all") == 1
    said = capsys.readouterr()
    assert "c11: J18.9" in said.out
    assert "bad.txt" in said.err


def test_a_rule_whose_examples_fail_is_told_when_it_is_tried(run, tmp_path, capsys):
    (tmp_path / "site.toml").write_text(SITE.replace("dx J13", "dx J18.9"), encoding="utf-8")
    (tmp_path / "case.txt").write_text("outpatient 2025-11-03\ndx I10\n", encoding="utf-8")
    assert run("rules", "try", tmp_path / "site.toml", "--cases", tmp_path / "case.txt") == 1
    assert "site/organism, example 2: it faults a line that is not marked" in capsys.readouterr().out


def test_a_typo_is_told_with_its_place(run, tmp_path, capsys):
    (tmp_path / "site.toml").write_text(SITE.replace("for_each", "foreach"), encoding="utf-8")
    assert run("rules", "try", tmp_path / "site.toml", "--cases", tmp_path) == 1
    assert "rule 1: there is no 'foreach' here; is 'for_each' meant?" in capsys.readouterr().err


def test_all_examples_are_run_by_one_command(run, tmp_path, capsys):
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "p.toml").write_text('rules = ["site.toml"]\n', encoding="utf-8")
    assert run("rules", "test", "--profile", tmp_path / "p.toml") == 0
    assert "0 examples that fail" in capsys.readouterr().out
    assert run("rules", "list", "--profile", tmp_path / "p.toml") == 0
    assert "site/organism" in capsys.readouterr().out
