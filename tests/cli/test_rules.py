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
