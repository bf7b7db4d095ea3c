"""A patient's words never reach standard error, a log or a traceback."""

from __future__ import annotations

import json
import logging
import traceback

import pytest

from chartcode.cli import main
from chartcode.collect import chart_from_text
from chartcode.model.case import Case
from chartcode.pipeline import Coder, StepFailed

NAME = "Zebulon Quartermain"
NOTE = f"ASSESSMENT: {NAME} has pneumonia and {NAME.lower()} has asthma.\n"


def broken(case, _books):
    raise ValueError(f"cannot read {case.chart.documents[0].text}")
    yield


def test_no_word_in_a_traceback(desk, books):
    coder = Coder(desk, steps=(broken,))
    with pytest.raises(StepFailed) as caught:
        coder(chart_from_text(NOTE, "n"), today=books.day)
    told = "".join(traceback.format_exception(caught.value))
    assert "broken" in told
    assert NAME not in told


def test_no_word_on_standard_error(tmp_path, capfd, caplog, monkeypatch):
    monkeypatch.setattr("chartcode.pipeline.STEPS", (broken,))
    monkeypatch.setattr(Coder, "__init__", _with_broken_step)
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        assert main(["code", str(tmp_path / "n.txt"), "--format", "jsonl"]) == 1
    told = capfd.readouterr()
    assert "broken" in told.err
    assert NAME not in told.err + told.out + caplog.text


def _with_broken_step(self, shelf, _steps=(), mode="billing"):
    self.shelf, self.steps, self.mode = shelf, (broken,), mode


@pytest.mark.parametrize("napkin", [NOTE, f"outpatient {NAME}\n", f"outpatient 2025-11-03\n{NAME} has asthma\n"])
def test_no_word_of_what_is_not_a_napkin(napkin, tmp_path, capfd):
    (tmp_path / "n.txt").write_text(napkin, encoding="utf-8")
    assert main(["check", str(tmp_path / "n.txt")]) == 1
    told = capfd.readouterr()
    assert "expected" in told.err
    assert not any(word in told.err + told.out for word in NAME.split())


def test_no_word_when_a_rule_or_the_collector_breaks(tmp_path, capfd, monkeypatch):
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "case.txt").write_text(f'outpatient 2025-11-03\ndx J45.909 "{NAME}"\n', encoding="utf-8")

    def fails(*_, **__):
        raise KeyError(NAME)

    monkeypatch.setattr("chartcode.validate.site.profiles.validate", fails)
    assert main(["check", str(tmp_path / "case.txt")]) == 1
    monkeypatch.setattr("chartcode.collect.text.chart_from_text", fails)
    assert main(["code", str(tmp_path / "n.txt")]) == 70
    told = capfd.readouterr()
    assert told.err.count("KeyError") == 2
    assert "Traceback" not in told.err
    assert NAME not in told.err + told.out


def test_no_word_when_an_object_is_printed(desk, books):
    case = Coder(desk)(chart_from_text(NOTE, "n"), today=books.day)
    for thing in (case, case.chart, *case.chart.documents, *case.mentions, *case.diagnoses, *case.rejected):
        assert "quartermain" not in repr(thing).lower()
        assert "pneumonia" not in repr(case.chart).lower()
    assert isinstance(case, Case)


def test_one_chart_that_breaks_leaves_the_others(tmp_path, capfd, monkeypatch):
    def picky(case, _books):
        if NAME in case.chart.documents[0].text:
            raise ValueError(case.chart.documents[0].text)
        yield from ()

    monkeypatch.setattr(
        Coder, "__init__", lambda self, shelf, _steps=(), mode="billing": _made_of(self, shelf, picky, mode)
    )
    for name, text in (("a", "ASSESSMENT: Gout.\n"), ("b", NOTE), ("c", "ASSESSMENT: Asthma.\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert main(["code", str(tmp_path), "--format", "jsonl"]) == 1
    told = capfd.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["a", "c"]
    assert len(told.err.splitlines()) == 1
    assert "'b'" in told.err
    assert NAME not in told.err


def _made_of(self, shelf, step, mode):
    self.shelf, self.steps, self.mode = shelf, (step,), mode


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_no_word_when_a_report_breaks(form, tmp_path, capfd, monkeypatch):
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")

    def fails(*_):
        raise LookupError(NAME)

    for writer in ("table.Table", "jsonl.Lines", "html.Page"):
        monkeypatch.setattr(f"chartcode.report.{writer}.case", fails)
    assert main(["code", str(tmp_path / "n.txt"), "--format", form]) == 1
    told = capfd.readouterr()
    assert "LookupError" in told.err
    assert NAME not in told.err + told.out
    assert told.out == ""


@pytest.mark.parametrize(
    "tree",
    [
        {"id": "n", "setting": NAME},
        {"id": "n", "date": NAME},
        {"id": "n", "diagnoses": NAME},
        {"id": "n", "diagnoses": [NAME]},
        {"id": "n", "diagnoses": [{"code": NAME, "poa": [NAME]}]},
        {"id": "n", "diagnoses": [{"code": "I10", "role": NAME}]},
        {"id": "n", "diagnoses": [{"code": "I10", "band": NAME, "confidence": NAME}]},
        {"id": "n", "diagnoses": [{"code": "I10", "evidence": [{"text": NAME, "start": NAME}]}]},
        {"id": "n", "facts": {"labs": [{"text": NAME, "status": 3, "evidence": NAME}]}},
        {"id": "n", "patient": {"age": NAME}},
        [NAME],
    ],
)
def test_no_word_of_a_malformed_case(tree, tmp_path, capfd):
    (tmp_path / "n.json").write_text(json.dumps(tree), encoding="utf-8")
    assert main(["check", str(tmp_path / "n.json")]) == 1
    told = capfd.readouterr()
    assert len(told.err.splitlines()) == 1
    assert "Traceback" not in told.err
    assert not any(word in told.err for word in NAME.split())


def test_the_package_logs_nothing_of_a_note(desk, books, caplog):
    with caplog.at_level(logging.DEBUG):
        Coder(desk)(chart_from_text(NOTE, "n"), today=books.day)
    assert "quartermain" not in caplog.text.lower()
    assert "pneumonia" not in caplog.text.lower()
