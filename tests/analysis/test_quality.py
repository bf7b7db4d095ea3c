"""Quality indicators and returns to hospital, as the reports count them."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from chartcode.analysis.definitions import HEADS
from chartcode.analysis.drill import cases
from chartcode.analysis.export import write
from chartcode.analysis.measure import measures
from chartcode.analysis.practice import Practice
from chartcode.batch.store import Store
from chartcode.report.columns import files_of


@pytest.fixture(scope="module")
def practice(practice_files):
    return Practice.open(*practice_files)


def answer(practice, name):
    return practice.answer(next(m for m in measures() if m.id == name))


def test_who_returns_is_counted_by_the_patients_number(practice):
    _, rows = practice.ask("SELECT case_id, returned, returned_as, days FROM returns ORDER BY case_id")
    assert {row[0] for row in rows} == {"s1", "s2", "s3", "s4", "s5", "s6"}, (
        "the dead, the unknown and the last are out"
    )
    assert [row for row in rows if row[1]] == [("s1", True, "s2", 14)]


def test_few_at_risk_have_no_rate(practice):
    (row,) = answer(practice, "quality/readmissions").rows
    assert row == ("North", "yes", 1, 6, None, None, None, "fewer than 30 at risk")


def test_a_rate_comes_with_its_interval(practice):
    found = answer(practice, "quality/care")
    (row,) = found.rows
    given = dict(zip(found.columns, row, strict=True))
    assert (given["n"], given["d"], given["percent"]) == (96, 480, 20.0)
    assert given["low"] < 20 < given["high"]


def test_harm_is_counted_of_those_at_risk(practice):
    (row,) = answer(practice, "quality/patient_safety").rows
    assert row[:4] == ("safety/pressure-ulcer", "Pressure ulcer (AHRQ-style PSI 03)", 3, 9)


def test_a_number_leads_to_the_cases_that_it_counts(practice):
    columns, rows = cases(practice)
    at = [columns.index(name) for name in ("case_id", "indicator", "returned")]
    held = {row[at[0]]: (row[at[1]], row[at[2]]) for row in rows}
    assert held["s3"] == ("safety/pressure-ulcer", "no")
    assert held["s1"] == (None, "yes")
    assert held["s8"] == (None, None)


def test_what_each_row_counts_is_on_the_page_and_in_the_file(practice, tmp_path):
    found = answer(practice, "quality/patient_safety")
    ulcer = next(row for row in found.defined if "pressure-ulcer" in row[0])
    assert len(ulcer) == len(HEADS)
    assert "PSI 03" in ulcer[1]
    table, sheet, columns = write(found, tmp_path)
    assert table.read_text(encoding="utf-8").startswith("indicator,title,n,d,")
    assert sheet.stat().st_size
    assert pq.read_table(columns).num_rows == 1


def test_a_store_of_before_says_that_it_lacks_the_table(tmp_path):
    with Store(tmp_path / "old.parquet") as store:
        store.add({"cases": [{"case_id": "a", "day": "2026-01-02", "setting": "inpatient"}]})
    files_of(tmp_path / "old.parquet")["indicators"].unlink()
    old = Practice.open(tmp_path / "old.parquet")
    assert "before it kept indicators" in answer(old, "quality/patient_safety").missing
    assert "nobody can tell who came back" in answer(old, "quality/readmissions").missing
