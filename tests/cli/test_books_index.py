import pytest

from chartcode.cli import main

DAY = ("--date", "2026-05-01")


def test_a_term_is_shown_with_what_stands_under_it(capsys):
    assert main(["books", "index", "lobar", "pneumonia", *DAY]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("Pneumonia, lobar  J18.1  Lobar pneumonia, unspecified organism")
    assert "derived from the tabular list" in shown.err


@pytest.mark.parametrize(
    ("table", "words", "cells"),
    [
        ("neoplasm", "breast", ["Breast", "C50.-", "C79.81", "D05.-", "D24.-", "D48.6-", "D49.3"]),
        ("drug", "aspirin", ["Aspirin", "T39.011-", "T39.012-", "T39.013-", "T39.014-", "T39.015-", "T39.016-"]),
    ],
)
def test_tables_are_shown_as_tables(capsys, table, words, cells):
    assert main(["books", "index", words, "--table", table, *DAY]) == 0
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.split()[0] == table
    assert first.split() == cells


def test_what_is_not_there_is_said_with_what_is_near(capsys):
    assert main(["books", "index", "Pneumomania", *DAY]) == 1
    error = capsys.readouterr().err
    assert "nothing under Pneumomania" in error
    assert "Pneumothorax" in error
