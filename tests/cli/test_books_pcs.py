import pytest

from chartcode.cli import main

DAY = ("--date", "2026-05-01")


def test_a_table_shows_its_rows(capsys):
    assert main(["books", "table", "0dt", *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("0DT")
    assert "row 1: " in out
    assert "  5 Approach\n      0" in out


def test_the_builder_shows_what_is_still_possible(capsys):
    assert main(["books", "build", "0DTJ", *DAY]) == 0
    out = capsys.readouterr().out
    assert "character 5, Approach" in out
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == ["0", "4", "7", "8"]
    assert "0DTJ4ZZ" in out


def test_open_axes_may_stand_anywhere(capsys):
    assert main(["books", "build", "0DTJ?ZZ", *DAY]) == 0
    assert "0DTJ8ZZ" in capsys.readouterr().out


def test_the_builder_begins_with_the_sections(capsys):
    assert main(["books", "build", *DAY]) == 0
    assert "character 1, Section" in capsys.readouterr().out


def test_a_whole_code_is_shown_with_its_title(capsys):
    assert main(["books", "build", "0DTJ4ZZ", *DAY]) == 0
    assert capsys.readouterr().out.startswith("0DTJ4ZZ")


@pytest.mark.parametrize(
    "words", [("table", "0DO"), ("table", "0D"), ("build", "0DTI"), ("build", "%"), ("build", "9999")]
)
def test_what_is_not_there_is_said(capsys, words):
    assert main(["books", *words, *DAY]) == 1
    assert "ICD-10-PCS" in capsys.readouterr().err
