from __future__ import annotations

import pytest

pytest.importorskip("duckdb", reason="reports need the extra 'reports'")
pytest.importorskip("matplotlib", reason="reports need the extra 'reports'")


def test_a_folder_becomes_a_store_and_a_site(folder, run, tmp_path, capsys):
    store = tmp_path / "out" / "s.parquet"
    store.parent.mkdir()
    assert run("batch", folder, "-o", store) == 0
    assert "3 cases" in capsys.readouterr().err
    assert run("report", "all", store, "-o", tmp_path / "site") == 0
    assert "3 cases" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_one_section_alone(folder, run, tmp_path):
    run("batch", folder, "-o", tmp_path / "s.parquet")
    assert run("report", "compliance", tmp_path / "s.parquet", "-o", tmp_path / "site") == 0
    assert not (tmp_path / "site" / "billing.html").exists()


def test_a_missing_store_is_said_with_the_command_that_writes_it(run, tmp_path, capsys):
    assert run("report", "all", tmp_path / "no.parquet") == 1
    assert "chartcode batch" in capsys.readouterr().err


def test_a_period_the_wrong_way_round(run, tmp_path, capsys):
    assert run("report", "all", tmp_path / "no.parquet", "--from", "2026-02-01", "--to", "2026-01-01") == 1
    assert "no day is left" in capsys.readouterr().err


def test_the_measures_are_listed(run, capsys):
    assert run("report", "list") == 0
    assert "billing/case_mix_index" in capsys.readouterr().out
