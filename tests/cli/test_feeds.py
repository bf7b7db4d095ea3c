"""``listen`` and ``watch`` as a user runs them, and claims that are checked."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from chartcode.cli import main
from chartcode.wire import hl7v2 as wire

NOTE = "DISCHARGE SUMMARY\nDate of discharge: 03/06/2026\nA 67-year-old woman.\nDISCHARGE DIAGNOSIS: Pneumonia."
MESSAGE = (
    r"MSH|^~\&|ADT|MERCY|CC|HOME|20260302||ADT^A01^ADT_A01|C-77|P|2.5.1"
    "\r"
    "PID|1||4711||ROE^ALEX||19580412|F\rPV1|1|I\rDG1|1||E11.9^Type 2 diabetes^I10C|||F|||||||||1\r"
)


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def watch(*words: str) -> int:
    return main(["watch", "inbox", "--once", "--every", "1", *words])


def test_a_folder_is_taken_once(inbox, capsys):
    (inbox / "note.txt").write_text(NOTE)
    (inbox / "adt.hl7").write_text(MESSAGE)
    assert watch() == 0
    assert capsys.readouterr().out.splitlines() == ["adt.hl7: 1 chart", "note.txt: 1 chart"]
    assert json.loads(Path("feed/results/adt.hl7.jsonl").read_text())["patient"]["sex"] == "F"
    assert watch() == 0
    assert capsys.readouterr().out == ""


def test_charts_are_coded_on_demand(inbox, capsys):
    (inbox / "note.txt").write_text(NOTE)
    assert watch("--out", "coded", "--code") == 0
    case = json.loads(Path("coded/results/note.txt.jsonl").read_text())
    assert [d["code"] for d in case["diagnoses"]] == ["J18.9"]
    assert "1 chart" in capsys.readouterr().out


def test_a_refused_record_is_an_exit_status_and_a_reason(inbox, capsys):
    (inbox / "bad.837").write_text("ISA*00*")
    assert watch() == 1
    assert "bad.837: 0 charts, 1 refused" in capsys.readouterr().out
    assert "16 elements" in Path("feed/rejects/bad.837.reason.txt").read_text()
    assert Path("feed/rejects/bad.837").exists()


def test_a_folder_that_is_not_there_is_a_wrong_call(inbox, capsys):
    inbox.rmdir()
    assert watch() == 2
    assert "there is no such folder" in capsys.readouterr().err


@pytest.mark.usefixtures("inbox")
def test_two_feeds_do_not_share_a_folder(capsys):
    from chartcode.feed import Store

    store = Store(Path("feed"))
    assert watch() == 1
    assert main(["listen", "--port", "0"]) == 1
    store.close()
    assert capsys.readouterr().err.count("another chartcode") == 2


@pytest.fixture
def started(home):
    """Start the command in a process of its own, as often as asked, and end what is left."""
    begun: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "import sys; from chartcode.cli import main; sys.exit(main())", *words]
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "CHARTCODE_HOME": str(home)},
        )  # fmt: skip
        begun.append(process)
        return process

    yield start
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def listening(started, tmp_path):
    process = started("listen", "--port", "0", "--out", str(tmp_path / "out"))
    return process, int(re.search(r"port (\d+)", process.stderr.readline())[1])


def test_a_watched_folder_is_left_when_told(started, inbox, tmp_path):
    (inbox / "adt.hl7").write_text(MESSAGE)
    process = started("watch", str(inbox), "--every", "1", "--out", str(tmp_path / "out"))
    assert process.stdout.readline() == "adt.hl7: 1 chart\n"
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    again = started("watch", str(inbox), "--every", "1", "--once", "--out", str(tmp_path / "out"))
    assert again.communicate(timeout=20)[0] == ""


def test_a_message_is_acknowledged_and_the_listener_ends_when_told(listening, tmp_path):
    process, port = listening
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(wire.framed(MESSAGE.encode()))
        answer = b""
        while not answer.endswith(wire.END):
            answer += line.recv(4096)
        assert b"MSA|AA|C-77" in answer
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert err.endswith("chartcode: stopped\n")
    assert out.endswith(": 1 chart\n")
    (result,) = (tmp_path / "out" / "results").iterdir()
    assert json.loads(result.read_text())["id"] == "C-77"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_only_this_machine_is_listened_to(listening):
    _, port = listening
    mine = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)} - {"127.0.0.1"}
    for address in mine:
        if not address.startswith("127."):
            with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
                socket.create_connection((address, port), timeout=2)


CLAIM = (
    "ISA*00*          *00*          *ZZ*S              *ZZ*R              *260302*0815*^*00501*000000001*0*P*:~"
    "GS*HC*S*R*20260302*0815*1*X*005010X222A1~ST*837*0001*005010X222A1~BHT*0019*00*1*20260302*0815*CH~HL*1**20*1~"
    "NM1*85*2*MERCY~HL*2*1*22*0~SBR*P*18~NM1*IL*1*ROE*ALEX****MI*M7~DMG*D8*19580412*F~CLM*A1*240***11:B:1*Y~HI*{}~"
    "LX*1~SV1*HC:99214*180*UN*1***1~DTP*472*D8*20260302~SE*15*0001~GE*1*1~IEA*1*000000001~"
)


def checked(tmp_path: Path, diagnoses: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    path = tmp_path / "claim.837"
    path.write_text(CLAIM.format(diagnoses))
    status = main(["check", str(path), "--format", "jsonl"])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_claim_is_checked(tmp_path, capsys):
    status, out, _ = checked(tmp_path, "ABK:E1010*ABF:E119", capsys)
    case = json.loads(out)
    assert case["id"] == "A1"
    assert [d["code"] for d in case["diagnoses"]] == ["E10.10", "E11.9"]
    assert case["procedures"][0]["pointers"] == ["E10.10"]
    assert "icd10cm/excludes1" in {f["rule"] for f in case["findings"]}
    assert "evidence/missing" not in {f["rule"] for f in case["findings"]}
    assert status == int(any(f["severity"] == "error" for f in case["findings"]))


def test_a_code_that_does_not_exist_is_an_error_of_the_claim(tmp_path, capsys):
    status, out, _ = checked(tmp_path, "ABK:E11999", capsys)
    assert status == 1
    assert any(f["severity"] == "error" for f in json.loads(out)["findings"])


def test_an_old_claim_is_refused_with_the_reason(tmp_path, capsys):
    status, _, err = checked(tmp_path, "BK:25000", capsys)
    assert status == 1
    assert "claim A1: it is coded in ICD-9-CM, which ended on 2015-09-30" in err


def test_another_transaction_is_refused_by_name(tmp_path, capsys):
    path = tmp_path / "elig.270"
    path.write_text(CLAIM.format("ABK:I10").replace("ST*837", "ST*270"))
    assert main(["check", str(path)]) == 1
    assert "an eligibility inquiry (270)" in capsys.readouterr().err
