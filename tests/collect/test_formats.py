"""The content chooses the reader; a folder's files come by name, those that belong together as one."""

from __future__ import annotations

import io
import os
import sys
import threading
from types import SimpleNamespace

import pytest

from chartcode.collect import Unreadable, formats, read
from chartcode.collect.source import Source
from chartcode.model.chart import Chart

FHIR = b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "code": {"text": "Gout"}}}]}'
CDA = b"""<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><title>Plan</title>
<text>Rest</text></section></component></structuredBody></component></ClinicalDocument>"""
RECORDS = {"fhir": FHIR, "ccda": CDA, "text": b"ASSESSMENT: Gout."}


@pytest.mark.parametrize("name", ["a.txt", "a.xml", "a.json", "a", "a.pdf"])
@pytest.mark.parametrize("kind", RECORDS)
def test_the_name_says_nothing(kind, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(RECORDS[kind])
    (chart,) = read(path)
    assert isinstance(chart, Chart)
    assert chart.id == ("a" if name == "a.txt" else name)
    assert bool(chart.facts and chart.facts[0].get("at")) is (kind == "fhir")


def test_a_folder_of_everything(tmp_path):
    (tmp_path / "1.json").write_bytes(FHIR)
    (tmp_path / "2.xml").write_bytes(CDA)
    (tmp_path / "3.txt").write_bytes(RECORDS["text"])
    (tmp_path / "4.bin").write_bytes(b"\0\1\2")
    found = list(read(tmp_path))
    assert [one.source.rpartition("/")[2] if isinstance(one, Unreadable) else one.id for one in found] == [
        "1.json", "2.xml", "3", "4.bin",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", RECORDS)
def test_standard_input_and_bytes(kind, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(RECORDS[kind])))
    (piped,) = read("-")
    (held,) = read(RECORDS[kind])
    assert isinstance(piped, Chart)
    assert isinstance(held, Chart)
    assert (piped.id, held.id) == ("stdin", "text")
    assert [d.text for d in piped.documents] == [d.text for d in held.documents]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_gives_its_bytes_once(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(FHIR,))
    writer.start()
    (chart,) = read(pipe)
    writer.join()
    assert isinstance(chart, Chart)
    assert chart.facts[0].text == "Gout"


def test_what_the_caller_says_serves_where_the_record_is_silent():
    (chart,) = read(FHIR, setting="ed", sex="F", age=40)
    assert (chart.encounter.setting, chart.patient.sex, chart.patient.age) == ("ed", "F", 40)
    with pytest.raises(ValueError, match="unknown setting"):
        list(read(FHIR, setting="hospital"))


def test_a_reader_that_gives_nothing_is_answered_for(monkeypatch):
    silent = SimpleNamespace(NAME="silent", recognise=lambda head: head == b"silent", charts=lambda _: iter(()))
    monkeypatch.setattr(formats, "READERS", (silent, *formats.READERS))
    (unreadable,) = read(b"silent")
    assert "nothing to code" in str(unreadable)


def test_every_reader_has_what_a_reader_must():
    for reader in formats.READERS:
        assert reader.NAME
        assert reader.recognise(b"") is False
        assert reader.recognise(b"The patient is a 60-year-old man.") is False
        assert callable(reader.charts)


def test_inside_another_record_the_depth_ends():
    source = Source("a", "a", held=b"x", read=formats.charts, depth=3)
    (unreadable,) = source.inside("b", b"Gout.")
    assert isinstance(unreadable, Unreadable)
