"""The bench of feeds measures what it says, on invented records."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

import pytest
from bench.sets.files import Missing

from bench import feeds

MESSAGE = b"MSH|^~\\&|A|B|C|D|20260302||ORU^R01|1|P|2.5\rPID|1||7\rPV1|1|O\rOBX|1|NM|2823-3^Potassium^LN||3.1\r"
REPORT = MESSAGE + b"OBX|2|TX|N^Note||Words\r"
ISA = b"ISA*00*          *00*          *ZZ*S              *ZZ*R              *260302*0815*^*00501*000000001*0*P*:~"
CLAIM = ISA + b"GS*HC*S*R*20260302*0815*1*X*005010X222A1~ST*837*1~CLM*A*1***11:B:1~HI*ABK:I10~SE*4*1~GE*1*1~IEA*1*1~"
PAYMENT = ISA + b"GS*HP*S*R*20260302*0815*1*X*005010X221A1~ST*835*1~CLP*A*1*2*1~SE*3*1~GE*1*1~IEA*1*1~"


@pytest.fixture
def records(tmp_path):
    for name, data in (("a.hl7", MESSAGE), ("b.hl7", REPORT), ("c.837", CLAIM), ("d.835", PAYMENT)):
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def everywhere(monkeypatch):
    """Keep the tests that follow on all cores."""
    monkeypatch.setattr(feeds.machine, "one_core", lambda: f"{os.cpu_count()} cores")


@pytest.mark.usefixtures("everywhere")
def test_every_kind_of_record_has_its_row(records, capsys):
    assert feeds.main(Namespace(data=records, seconds=0.01, messages=6)) == 0
    shown = capsys.readouterr().out
    rows = {line.split("|")[1].strip(): line.split("|") for line in shown.splitlines() if line.startswith("| ")}
    assert {"HL7 v2, all", "HL7 v2, fields only", "HL7 v2, with texts or documents", "X12 837", "X12 835"} < set(rows)
    assert rows["HL7 v2, all"][2].strip() == "2"
    assert all(float(rows[name][4].replace(",", "")) > 0 for name in rows if name != "records" and "-" not in name)
    assert "MLLP: 6 messages stored and acknowledged" in shown


@pytest.mark.usefixtures("everywhere")
def test_records_that_are_not_there_are_missed(tmp_path: Path):
    (tmp_path / "a.txt").write_text("a note")
    with pytest.raises(Missing, match="no records of HL7 v2"):
        feeds.main(Namespace(data=tmp_path, seconds=0.01, messages=1))
