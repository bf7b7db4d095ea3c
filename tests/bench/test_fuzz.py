from __future__ import annotations

import argparse
import json

import pytest
from bench.mutations import mutated
from bench.sets.files import Missing

from bench import fuzz


def test_damage_can_be_done_again_and_differs_by_seed():
    data = json.dumps({"resourceType": "Patient", "id": "1", "name": [{"family": "Otter"}]}).encode()
    assert [mutated(data, seed) for seed in range(50)] == [mutated(data, seed) for seed in range(50)]
    assert len({mutated(data, seed) for seed in range(50)}) > 30


def test_a_fault_is_counted_and_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "note.txt").write_text("Cough.", encoding="utf-8")
    options = argparse.Namespace(data=tmp_path, n=20, seed=0, only="")
    assert fuzz.main(options) == 0
    assert "20 damaged readings" in capsys.readouterr().out

    def fails(_):
        raise KeyError("x")

    monkeypatch.setattr("bench.fuzz.read", fails)
    assert fuzz.main(options) == 1
    told = capsys.readouterr()
    assert "FAULT: 20" in told.out
    assert "note.txt, seed 0" in told.err


def test_a_folder_without_records(tmp_path):
    with pytest.raises(Missing):
        fuzz.samples(tmp_path)
