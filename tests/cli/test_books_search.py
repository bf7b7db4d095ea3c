import json

import pytest

from chartcode.cli import main

DAY = ("--date", "2026-05-01")


def test_one_entry_a_line_code_first_best_first(capsys):
    assert main(["books", "search", "heart", "attack", *DAY, "--limit", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split(None, 2) == ["I21.9", "icd10cm", "Acute myocardial infarction, unspecified"]
    assert len(lines) <= 3


def test_the_same_as_json_lines(capsys):
    assert main(["books", "search", "wheelchair", *DAY, "--system", "hcpcs", "--format", "jsonl"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert list(first) == ["code", "system", "title", "valid", "starter"]
    assert (first["system"], first["valid"], first["starter"]) == ("hcpcs", True, True)


def test_marks_are_shown(capsys):
    assert main(["books", "search", "E11", *DAY, "--limit", "1"]) == 0
    assert capsys.readouterr().out.endswith("[not reportable]\n")
    assert main(["books", "search", "99213", *DAY, "--limit", "1"]) == 0
    assert capsys.readouterr().out.endswith("[starter]\n")


def test_nothing_found_is_said(capsys):
    assert main(["books", "search", "qqqqqqqqqq", *DAY]) == 1
    assert "nothing is found for qqqqqqqqqq" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1001"])
def test_a_limit_is_a_number(limit):
    with pytest.raises(SystemExit) as left:
        main(["books", "search", "fever", "--limit", limit])
    assert left.value.code == 2
