from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

import chartcode
from chartcode.collect import chart_from_text
from chartcode.model import notation
from chartcode.model.case import Diagnosis
from chartcode.model.code import icd10cm
from chartcode.pipeline import Coder, recheck

NOTE = "ASSESSMENT: Asthma.\n"


def test_a_mode_is_checked(desk):
    with pytest.raises(ValueError, match="is not a mode"):
        Coder(desk, mode="guess")


def test_a_chart_without_a_day_needs_one(desk):
    with pytest.raises(LookupError, match="has no date"):
        Coder(desk)(chart_from_text(NOTE, "n"))


def test_a_day_without_books_is_coded_by_todays_and_says_so(desk):
    chart = chart_from_text("Date of service: 03/04/2009\n" + NOTE, "n")
    with pytest.raises(LookupError, match="no ICD-10-CM release"):
        Coder(desk)(chart)
    case = Coder(desk)(chart, today=date(2026, 5, 1))
    assert any("2009-03-04" in remark for remark in case.chart.remarks)


def test_steps_are_the_callers(desk, books):
    def only(_case, _books):
        yield Diagnosis(icd10cm("I10"))

    assert Coder(desk, steps=(only,))(chart_from_text(NOTE, "n"), today=books.day).diagnosis_codes == ("I10",)


def test_recheck_replaces_findings_and_fills_titles(desk):
    case = recheck(notation.one("outpatient 2026-05-01, F 67\ndx E11.9\ndx E10.9\n"), desk)
    assert case.diagnoses[0].title.startswith("Type 2")
    assert recheck(case, desk) == case


def test_a_missing_grouper_is_said(desk, monkeypatch):
    visit = chart_from_text("Date of service: 03/04/2019\n" + NOTE, "n")
    assert any("no CMS-HCC tables" in remark for remark in Coder(desk)(visit).chart.remarks)
    stay = chart_from_text("Admission date: 03/04/2019\nDischarge date: 03/06/2019\n" + NOTE, "n", setting="inpatient")
    assert any("no MS-DRG version" in remark for remark in Coder(desk)(stay).chart.remarks)
    monkeypatch.setattr("chartcode.books.hcc._folder", lambda: None)
    assert any("chartcode[risk]" in remark for remark in Coder(desk)(visit).chart.remarks)


def test_the_face():
    assert sorted(chartcode.__all__) == sorted(set(chartcode.__all__))
    for name in chartcode.__all__:
        assert getattr(chartcode, name) is not None
    with pytest.raises(AttributeError):
        _ = chartcode.nothing


def test_real_notes_get_valid_codes_alone(desk, shared):
    coder = Coder(desk)
    with gzip.open(shared / "notes" / "mtsamples.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(150), lines, strict=False)]
    coded = 0
    for number, words in enumerate(texts):
        case = coder(chart_from_text(words, str(number)), today=date(2026, 11, 25))
        book = desk.at(date(2026, 11, 25)).icd10cm
        assert all(book.valid(code) for code in case.diagnosis_codes)
        coded += bool(case.diagnoses)
    assert coded > len(texts) / 2
