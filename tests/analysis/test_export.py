"""A measure's answer as CSV, Excel and Parquet."""

from __future__ import annotations

import pytest

from chartcode.analysis.answer import Answer
from chartcode.analysis.export import write
from chartcode.analysis.measure import measures

openpyxl = pytest.importorskip("openpyxl", reason="reports need the extra 'reports'")


def test_a_sheet_of_excel_says_what_it_leaves_to_the_other_files(tmp_path, monkeypatch):
    monkeypatch.setattr("chartcode.analysis.export.MOST", 3)
    table, sheet, _ = write(Answer(measures()[0], ("a", "b"), tuple((n, "x") for n in range(10))), tmp_path)
    assert table.read_text(encoding="utf-8").count("\n") == 11
    rows = list(openpyxl.load_workbook(sheet, read_only=True).worksheets[0].values)
    assert len(rows) == 5
    assert rows[-1][0] == "7 more rows are in the CSV and Parquet files"


def test_what_a_payer_wrote_is_no_formula(tmp_path):
    table, sheet, _ = write(Answer(measures()[0], ("a", "b"), (("=1+1", -2.5), ("@x", None))), tmp_path)
    assert table.read_text(encoding="utf-8").splitlines()[1:] == ["'=1+1,-2.5", "'@x,"]
    assert next(iter(openpyxl.load_workbook(sheet).worksheets[0].iter_rows(min_row=2, values_only=True)))[0] == "'=1+1"
