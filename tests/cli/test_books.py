from __future__ import annotations

import pytest

from chartcode.cli.shelf import _Bar


def test_every_release_has_its_source_and_licence(run, desk, capsys):
    assert run("books", "list") == 0
    out = capsys.readouterr().out
    for release in desk.releases():
        assert release.version in out
        assert release.sha256[:12] in out
        assert release.licence in out


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E11.42", ("Type 2 diabetes mellitus with diabetic polyneuropathy", "reportable")),
        ("e1142", ("Type 2 diabetes mellitus with diabetic polyneuropathy",)),
        ("E11", ("Type 2 diabetes mellitus",)),
        ("S82.61XA", ("initial encounter for closed fracture",)),
        ("E08-E13", ("Diabetes mellitus",)),
        ("4", ("Endocrine",)),
    ],
)
def test_an_entry(code, words, run, capsys):
    assert run("books", "show", code, "--date", "2026-05-01") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert all(word.lower() in out.lower() for word in words), out


def test_inherited_notes_are_shown(run, capsys):
    assert run("books", "show", "E11.42", "--date", "2026-05-01") == 0
    out = " ".join(capsys.readouterr().out.lower().split())
    assert "excludes1" in out
    assert "use additional" in out


@pytest.mark.parametrize("code", ["Z123.4X", "hello", "99", "", "E11.42.1", "../../etc"])
def test_what_is_no_entry_is_one_sentence(code, run, capsys):
    assert run("books", "show", code) in {1, 2}
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_the_day_decides_what_is_reportable(run, capsys):
    outs = []
    for day in ("2025-09-30", "2025-10-01"):
        assert run("books", "show", "G35.D", "--date", day) == 0
        outs.append(capsys.readouterr().out)
    assert "not valid on 2025-09-30" in outs[0]
    assert "not valid" not in outs[1]


def test_a_day_without_books(run, capsys):
    assert run("books", "show", "I10", "--date", "1999-01-01") in {1, 2}
    told = capsys.readouterr()
    assert told.out == ""
    assert "1999-01-01" in told.err


def test_without_an_act_the_call_is_wrong(run, capsys):
    assert run("books") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_progress_bar_appears_with_the_first_report(capsys):
    with _Bar() as bar:
        assert bar.progress is None
        bar("lexicon", 1, 2)
        assert bar.progress is not None
        bar("lexicon", 2, 2)
        bar("validity", 1, 1)
        assert {task.description: task.completed for task in bar.progress.tasks} == {"lexicon": 2, "validity": 1}
    assert capsys.readouterr().out == ""
