from __future__ import annotations

import json
from datetime import date

import pytest

from chartcode.model.chart import Patient
from chartcode.report.columns import CASES, FINDINGS, LINES, TABLES
from chartcode.report.rows import Rows, _severity, case_row, finding_rows, line_rows, patient_key


def test_rows_have_no_column_that_is_not_declared(nasty):
    for columns, rows in ((CASES, [case_row(nasty)]), (LINES, line_rows(nasty)), (FINDINGS, finding_rows(nasty))):
        declared = {column.name for column in columns}
        assert all(set(row) <= declared for row in rows)


def test_a_case_row_counts_what_the_case_says(nasty):
    row = case_row(nasty)
    lines = list(line_rows(nasty))
    assert (row["diagnoses"], row["principal"]) == (len(nasty.diagnoses), nasty.diagnoses[0].code.value)
    assert row["codes"] == len(lines)
    assert [line["code"] for line in lines][: row["diagnoses"]] == list(nasty.diagnosis_codes)
    assert row["month"] == "2026-05"


def test_no_word_of_the_record_is_in_a_row(nasty):
    text = Rows().case(nasty)
    assert "alert" not in text.replace(json.dumps(nasty.chart.id), "")
    assert set(json.loads(text)) == set(TABLES)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Heart Failure and Shock with MCC", "MCC"),
        ("Heart Failure and Shock with CC", "CC"),
        ("Heart Failure and Shock without CC/MCC", "none"),
        ("Headaches without MCC", "none or CC"),
        ("Chest Pain", None),
    ],
)
def test_the_level_is_read_from_the_title(title, level):
    assert _severity(title) == level


def test_a_patient_is_told_from_others_without_a_name_or_number():
    born = date(1950, 2, 3)
    key = patient_key(Patient("F", 75, born, id="MRN-4711"))
    assert key == patient_key(Patient("F", 76, born, id="MRN-4711"))
    assert "4711" not in str(key)
    assert key != patient_key(Patient("F", 75, date(1950, 2, 4), id="MRN-4711"))
    assert patient_key(Patient("F", 75, born)) is None
