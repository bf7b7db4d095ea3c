from __future__ import annotations

from chartcode.books.home import home_folder


def test_home_is_the_named_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("CHARTCODE_HOME", str(tmp_path))
    assert home_folder() == tmp_path
    monkeypatch.delenv("CHARTCODE_HOME")
    assert home_folder().name == "chartcode"
