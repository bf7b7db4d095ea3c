from __future__ import annotations

import re
from pathlib import Path

import pytest

from chartcode.books.build.validity import FLAGS
from chartcode.books.icd10cm.targets import read

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "books.md"


def test_the_examples_run(shelf, monkeypatch):
    monkeypatch.setenv("CHARTCODE_HOME", str(shelf.folder.parent))
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), {})  # noqa: S102 - our own page


def test_every_flag_is_described():
    table = PAGE.read_text(encoding="utf-8").partition("## Flags")[2]
    described = {word.strip() for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE) for word in row.split(",")}
    assert set(FLAGS.values()) - described == set()


@pytest.mark.parametrize("row", re.findall(r"^\| `\(.*", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
def test_the_table_of_targets_is_true(row):
    printed, ours = (re.findall(r"`(.*?)`", cell) for cell in row.strip("|").split("|"))
    assert [target for text in printed for target in read(text)] == ours
