from __future__ import annotations

import argparse
from datetime import date

import pytest
from bench.book_figures import PARTS, Figure, icd10cm, icd10cm_index
from bench.sets.files import Missing

from bench import books
from chartcode.books.build.icd10cm import Line


def lines(*rows):
    return [Line(code, n, billable, "", "title") for n, (code, billable) in enumerate(rows, 1)]


def test_a_flag_that_differs_and_a_code_besides_are_seen(desk):
    day = date(2025, 10, 1)
    every = [(code, True) for code in desk.icd10cm.validity.codes("", day)]
    right = icd10cm._flags("x", desk, day, lines(*every, ("E11", False)), len(every))
    assert right.met
    assert right.reached.startswith(f"{len(every) + 1:,} of {len(every) + 1:,}, 0 codes besides")
    assert not icd10cm._flags("x", desk, day, lines(*every, ("E11", True)), None).met
    assert not icd10cm._flags("x", desk, day, lines(*every[1:]), None).met
    assert not icd10cm._flags("x", desk, day, lines(*every), len(every) - 1).met


def test_files_that_are_not_there_are_named(tmp_path):
    with pytest.raises(Missing, match="there is no such file"):
        list(icd10cm_index.figures(tmp_path, tmp_path))


def test_a_part_without_its_files_is_not_measured_and_one_that_misses_fails(tmp_path, monkeypatch, capsys):
    found = {"icd10cm": [Figure("a", "1", "1", met=True)], "installing": [Figure("b", "2", "1", met=False)]}

    class Part:
        def __init__(self, name):
            self.name = name

        def figures(self, _data, _home):
            if self.name not in found:
                raise Missing("nothing there")
            return found[self.name]

    monkeypatch.setattr(books.importlib, "import_module", lambda name: Part(name.rpartition(".")[2]))
    for parts, status in ((["icd10cm", "opening"], 0), (list(PARTS), 1)):
        options = argparse.Namespace(data=tmp_path, part=parts, home=None)
        assert books.main(options) == status
    out = capsys.readouterr().out
    assert "not measured: nothing there" in out
    assert "| b      |     2 |       1 |  NO |" in out
