"""What a feed keeps is whole, its owner's alone, and one process's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chartcode.feed import Store, Taken


@pytest.fixture
def store(tmp_path):
    kept = Store(tmp_path / "feed")
    yield kept
    kept.close()


def test_a_file_is_put_read_moved_and_dropped(store):
    store.put("received", "a/b.hl7", b"MSH")
    assert list(store.names("received")) == ["a/b.hl7"]
    assert store.read("received", "a/b.hl7") == b"MSH"
    store.move("received", "rejects", "a/b.hl7")
    assert list(store.names("received")) == []
    assert store.read("rejects", "a/b.hl7") == b"MSH"
    store.drop("rejects", "a/b.hl7")
    store.drop("rejects", "a/b.hl7")
    assert list(store.names("rejects")) == []


def test_only_the_owner_may_read(store):
    path = store.put("received", "a.hl7", b"MSH")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700


def test_a_write_that_fails_leaves_nothing(store, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put("received", "a.hl7", b"MSH")
    assert [p for p in store.root.rglob("*") if p.is_file() and p.name != ".lock"] == []


def test_an_empty_file_is_none(store):
    (store.root / "results").mkdir()
    (store.root / "results" / "a.jsonl").touch()
    assert list(store.names("results")) == []


def test_a_folder_has_one_keeper(store):
    with pytest.raises(Taken, match="another chartcode"):
        Store(store.root)
    store.close()
    Store(store.root).close()


def test_what_a_killed_process_left_half_written_is_cleared(tmp_path: Path):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a.jsonl.part").write_text("{")
    kept = Store(tmp_path)
    assert list(kept.names("results")) == []
    assert not (tmp_path / "results" / "a.jsonl.part").exists()
    kept.close()
