"""A folder into which others put records: each is taken once, when it is complete, whatever happens between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chartcode.feed import Intake, Store, Watcher, as_collected

NOTE = "DISCHARGE DIAGNOSIS: Pneumonia."
MESSAGE = "MSH|^~\\&|A|B|C|D|20260302||ADT^A01|1|P|2.5\rPID|1||4711||ROE^ALEX\rPV1|1|I\r"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def store(tmp_path):
    kept = Store(tmp_path / "feed")
    yield kept
    kept.close()


@pytest.fixture
def watcher(inbox, store):
    return Watcher(inbox, Intake(store, as_collected))


def looked(watcher: Watcher) -> list[str]:
    return [outcome.name for outcome in watcher.look()]


def results(store: Store) -> list[str]:
    return list(store.names("results"))


def test_a_file_is_taken_when_two_looks_find_it_unchanged(inbox, watcher, store):
    (inbox / "a.txt").write_text(NOTE)
    assert looked(watcher) == []
    assert watcher.waiting()
    assert looked(watcher) == ["a.txt"]
    assert not watcher.waiting()
    assert looked(watcher) == []
    assert json.loads(store.read("results", "a.txt.jsonl"))["id"] == "a.txt"


def test_a_file_that_still_grows_waits(inbox, watcher):
    path = inbox / "a.txt"
    path.write_text(NOTE)
    assert looked(watcher) == []
    path.write_text(NOTE + " More.")
    assert looked(watcher) == []
    assert looked(watcher) == ["a.txt"]


@pytest.mark.parametrize("name", ["a.txt.part", "a.tmp", ".hidden.txt", ".hidden/a.txt", "a.filepart"])
def test_what_is_being_written_or_hidden_is_left(inbox, watcher, name):
    path = inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(NOTE)
    assert looked(watcher) == looked(watcher) == []


def test_a_restart_takes_nothing_twice(inbox, watcher, store):
    (inbox / "a.txt").write_text(NOTE)
    looked(watcher)
    assert looked(watcher) == ["a.txt"]
    again = Watcher(inbox, Intake(store, as_collected))
    assert looked(again) == looked(again) == []


def test_a_journal_cut_off_in_its_last_line_is_read(inbox, watcher, store):
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(NOTE)
    looked(watcher)
    looked(watcher)
    journal = store.root / "journal.jsonl"
    journal.write_text(journal.read_text()[:-20])
    again = Watcher(inbox, Intake(store, as_collected))
    looked(again)
    assert looked(again) == ["b.txt"]


def test_a_changed_file_is_taken_again_and_its_result_replaced(inbox, watcher, store):
    path = inbox / "a.txt"
    path.write_text("x\0\0\0\0" * 50)
    looked(watcher)
    looked(watcher)
    assert list(store.names("rejects")) == ["a.txt", "a.txt.reason.txt"]
    path.write_text(NOTE)
    looked(watcher)
    assert looked(watcher) == ["a.txt"]
    assert results(store) == ["a.txt.jsonl"]
    assert "a.txt.reason.txt" not in list(store.names("rejects"))


def test_good_records_of_a_file_go_on_and_bad_ones_are_kept_with_their_reason(inbox, watcher, store):
    bad = MESSAGE.replace("PID|1||4711||ROE^ALEX\r", "")
    (inbox / "sub").mkdir()
    (inbox / "sub" / "day.hl7").write_bytes((MESSAGE + bad + MESSAGE.replace("|1|P", "|2|P")).encode())
    looked(watcher)
    (outcome,) = watcher.look()
    assert (outcome.charts, len(outcome.refused)) == (2, 1)
    assert str(outcome).startswith("sub/day.hl7: 2 charts, 1 refused: no PID segment")
    assert len(store.read("results", "sub/day.hl7.jsonl").splitlines()) == 2
    assert store.read("rejects", "sub/day.hl7.1").startswith(b"MSH|")
    assert b"message 2, line 4: no PID segment" in store.read("rejects", "sub/day.hl7.reason.txt")


def test_copied_passages_are_marked(inbox, watcher, store):
    said = "The patient was admitted with pneumonia of the left lower lobe and treated with ceftriaxone for five days."
    lines = "".join(f"OBR|{n}||{n}|N^Note^L\rOBX|1|TX|N^Note||{said}||||||F\r" for n in (1, 2))
    (inbox / "a.hl7").write_text(MESSAGE.replace("ADT^A01", "ORU^R01") + lines)
    looked(watcher)
    assert looked(watcher) == ["a.hl7"]
    chart = json.loads(store.read("results", "a.hl7.jsonl"))
    assert sum(bool(d["repeats"]) for d in chart["documents"]) == 1


def test_a_file_that_vanishes_is_no_trouble(inbox, watcher):
    path = inbox / "a.txt"
    path.write_text(NOTE)
    looked(watcher)
    path.unlink()
    assert looked(watcher) == []


def test_the_store_may_lie_in_the_folder(inbox):
    store = Store(inbox / "feed")
    watcher = Watcher(inbox, Intake(store, as_collected))
    (inbox / "a.txt").write_text(NOTE)
    looked(watcher)
    assert looked(watcher) == ["a.txt"]
    assert looked(watcher) == looked(watcher) == []
    store.close()


def test_an_empty_folder_is_looked_at(watcher):
    assert looked(watcher) == []
    assert not watcher.waiting()


def test_no_word_of_a_record_is_told(inbox, watcher):
    (inbox / "a.hl7").write_bytes(MESSAGE.encode() + b"\rROE was here")
    looked(watcher)
    (outcome,) = watcher.look()
    assert "ROE" not in str(outcome)


def test_the_journal_says_what_became_of_each(inbox, watcher, store):
    (inbox / "a.txt").write_text(NOTE)
    looked(watcher)
    looked(watcher)
    (line,) = Path(store.root / "journal.jsonl").read_text().splitlines()
    assert {k: json.loads(line)[k] for k in ("file", "charts", "refused")} == {
        "file": "a.txt",
        "charts": 1,
        "refused": 0,
    }
