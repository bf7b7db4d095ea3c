from __future__ import annotations

from datetime import date

import pytest

from chartcode.analysis.measure import measures
from chartcode.analysis.practice import NoStore, Period, Practice
from chartcode.batch.store import Store


@pytest.fixture(scope="module")
def practice(practice_files):
    return Practice.open(*practice_files)


def measure(name):
    return next(m for m in measures() if m.id == name)


@pytest.mark.parametrize("which", measures(), ids=lambda m: m.id)
def test_every_measure_answers_or_says_why_not(which, practice):
    answer = practice.answer(which)
    assert bool(answer.rows) != bool(answer.missing)
    assert all(len(row) == len(answer.columns) for row in answer.rows)
    if answer.rows:
        assert set(which.drill) <= set(answer.columns)
        named = {which.x, which.y, which.series} - {""}
        assert named <= set(answer.columns)


@pytest.mark.parametrize("which", [m for m in measures() if "accounts" in m.needs], ids=lambda m: m.id)
def test_without_accounts_a_measure_says_what_is_missing(which, practice_files):
    assert "--accounts" in Practice.open(practice_files[0]).answer(which).missing


def test_volumes_add_up(practice):
    assert sum(row[2] for row in practice.answer(measure("billing/volumes")).rows) == 489


def test_a_change_of_the_denials_is_found_in_its_month(practice):
    signals = practice.answer(measure("trends/denial_rate")).signals
    assert [s for s in signals if s.startswith("Beta") and "2025-10" in s]
    assert not [s for s in signals if s.startswith("Alpha")]


def test_who_bills_above_the_record_stands_out(practice):
    signals = practice.answer(measure("compliance/billed_levels")).signals
    assert any(s.startswith("P3: 100.0%") and "above" in s for s in signals)


def test_a_facility_of_unspecified_codes_stands_out(practice):
    signals = practice.answer(measure("compliance/unspecified")).signals
    assert any(s.startswith("South") and "above" in s for s in signals)


def test_a_period_leaves_the_rest_out(practice_files):
    march = Practice.open(*practice_files, Period(date(2025, 3, 1), date(2025, 3, 31)))
    assert march.count("SELECT count(*) FROM cases") == 42
    assert march.count("SELECT count(*) FROM lines") == 126


def test_an_empty_period_is_said(practice_files):
    empty = Practice.open(practice_files[0], period=Period(date(1999, 1, 1), date(1999, 12, 31)))
    assert "1999-01-01" in empty.notes[0]
    assert all(empty.answer(m).missing for m in measures() if not m.needs)


def test_what_does_not_add_up_is_said(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        for number in range(2):
            case = {"case_id": "same", "codes": 5, "day": "2026-01-02", "drg": "291", "books": f"icd10cm=R{number}"}
            store.add({"cases": [case], "lines": [{"case_id": "same", "line": 1}], "findings": []})
    (tmp_path / "a.csv").write_text("case_id,status,charges,line_charges\nother,paid,10,9\nsame,paid,10,9\n", "utf-8")
    notes = " ".join(Practice.open(tmp_path / "s.parquet", tmp_path / "a.csv").notes)
    for told in ("more than once", "8 codes more", "no provider", "2 releases", "no weight", "another sum"):
        assert told in notes


def test_no_store_says_which_file_and_what_writes_it(tmp_path):
    with pytest.raises(NoStore, match="chartcode batch"):
        Practice.open(tmp_path / "none.parquet")
    (tmp_path / "x.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(NoStore, match="cannot be read"):
        Practice.open(tmp_path / "x.parquet")


def test_accounts_without_their_key_are_refused(practice_files, tmp_path):
    (tmp_path / "a.csv").write_text("claim,status\n1,paid\n", "utf-8")
    with pytest.raises(NoStore, match="case_id"):
        Practice.open(practice_files[0], tmp_path / "a.csv")
