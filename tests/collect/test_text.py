"""What can be read becomes a chart; what cannot gives one sentence, and the batch goes on."""

from __future__ import annotations

import io
import pickle
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect import Unreadable, read
from chartcode.collect.text import CP1252, LIMIT, decode
from chartcode.model.chart import Chart


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "d001.txt"
    file.write_bytes(b"PLAN: Rest.\r\nDone.")
    (chart,) = read(file)
    assert isinstance(chart, Chart)
    assert (chart.id, chart.documents[0].id) == ("d001", "d001")
    assert chart.documents[0].text == "PLAN: Rest.\r\nDone."


def test_a_folder_goes_on_behind_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Cough.")
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "d.md").write_text("of no format")
    (tmp_path / ".hidden.txt").write_text("not read")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt").write_text("Fever.")
    first, second, unknown, third = read(tmp_path)
    assert isinstance(first, Unreadable)
    assert isinstance(unknown, Unreadable)
    assert "d.md: no format" in str(unknown)
    assert isinstance(second, Chart)
    assert isinstance(third, Chart)
    assert (second.id, third.id) == ("b", "deep/c")
    assert "a.txt" in str(first)
    assert "empty" in str(first)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Cough.")))
    (chart,) = read("-")
    assert isinstance(chart, Chart)
    assert chart.id == "stdin"


def test_bytes_and_options() -> None:
    (chart,) = read(b"Cough.", setting="ed", day=date(2026, 5, 1), sex="F", age=40)
    assert isinstance(chart, Chart)
    assert (chart.encounter.setting, chart.encounter.on, chart.patient.sex, chart.patient.age) == (
        "ed",
        date(2026, 5, 1),
        "F",
        40,
    )
    assert chart.remarks == ()


def test_a_byte_order_mark_is_no_text() -> None:
    assert decode(b"\xef\xbb\xbfCough.") == ("Cough.", ())


def test_windows_1252_is_read_and_said() -> None:
    assert decode("37\u00b0C \u2013 cough".encode("cp1252")) == ("37\u00b0C \u2013 cough", (CP1252,))
    (chart,) = read("37\u00b0C".encode("cp1252"))
    assert isinstance(chart, Chart)
    assert CP1252 in chart.remarks


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"abc\0def", "binary"),
        (bytes(range(1, 9)) * 20, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"{\\rtf1 }", "RTF"),
        ("Cough".encode("utf-16"), "UTF-16"),
        (b"\x1f\x8b\x08 x", "gzip"),
        (b"\x81\x8d cough", "UTF-8"),
        (b"a" * (LIMIT + 1), "split"),
    ],
)
def test_what_is_refused(data: bytes, says: str) -> None:
    (unreadable,) = read(data)
    assert isinstance(unreadable, Unreadable)
    assert says in unreadable.why
    assert "\n" not in str(unreadable)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as out:
        out.truncate(20_000_000)
    (unreadable,) = read(file)
    assert isinstance(unreadable, Unreadable)
    assert "20.0 MB" in unreadable.why
    assert "10 MB" in unreadable.why


def test_a_large_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"a" * (LIMIT + 5))))
    (unreadable,) = read("-")
    assert isinstance(unreadable, Unreadable)
    assert "standard input" in str(unreadable)


def test_a_missing_path_and_an_empty_folder(tmp_path: Path) -> None:
    (missing,) = read(tmp_path / "none.txt")
    (empty,) = read(tmp_path)
    assert isinstance(missing, Unreadable)
    assert isinstance(empty, Unreadable)
    assert "no such file" in missing.why
    assert ".txt" in empty.why


@given(st.binary(max_size=300))
def test_any_bytes_give_a_chart_or_a_reason(data: bytes) -> None:
    (got,) = read(data)
    assert isinstance(got, Unreadable) or got.documents[0].text


def test_what_cannot_be_read_can_be_sent_to_another_process() -> None:
    first = Unreadable("a.txt", "the file is empty")
    sent = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own
    assert str(sent) == str(first) == "a.txt: the file is empty"
