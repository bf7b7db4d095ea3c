from __future__ import annotations

import gzip
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import chartcode
from chartcode.collect import chart_from_text
from chartcode.model import notation
from chartcode.model.case import MENTIONS, MODES, Diagnosis
from chartcode.model.chart import SETTINGS
from chartcode.model.code import icd10cm
from chartcode.pipeline import Coder, recheck

NOTE = "ASSESSMENT: Asthma.\n"
PIECES = (
    "ASSESSMENT:", "\n", "PLAN:\n1.", "FAMILY HISTORY:", "no", "denies", "possible", "history of", "mother had",
    "left", "type 2 diabetes", "chest pain.", "hypertension,", "CKD stage 3", "COPD", "pneumonia", "and", "with",
    "fracture of the femur", "sepsis", "heart failure", "if", "BMI 42", "pregnant 30 weeks", "insulin", "fell", "\n2.",
)  # fmt: skip
"""Pieces of notes that make and break each other."""


def test_a_mode_is_checked(desk):
    with pytest.raises(ValueError, match="is not a mode"):
        Coder(desk, mode="guess")


def test_a_chart_without_a_day_needs_one(desk):
    with pytest.raises(LookupError, match="has no date"):
        Coder(desk)(chart_from_text(NOTE, "n"))


def test_a_chart_without_a_day_says_so_once_with_the_books_that_serve(desk):
    case = Coder(desk)(chart_from_text(NOTE, "n"), today=date(2026, 5, 1))
    assert [remark for remark in case.chart.remarks if "date" in remark] == [
        "no date of the encounter was found in the record: coded by the books of 2026-05-01"
    ]
    assert recheck(case, desk, today=date(2026, 5, 1)).chart.remarks == case.chart.remarks


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


BODIES = (
    "IMPRESSION: Depression, chronic low back pain, headache, cough and long COVID.",
    "ASSESSMENT:\n1. Multiple sclerosis.\n2. Anal fistula.\n3. Pulmonary embolism.\n4. Lupus nephritis.",
    "FINAL DIAGNOSIS: Closed fracture of the shaft of the right tibia after a fall from a ladder at home.",
    "ASSESSMENT: Type 2 diabetes with foot ulcer, dementia with agitation, heart failure, stage 3 kidney disease.",
    "IMPRESSION: Pregnancy at 30 weeks of gestation with gestational diabetes. Pregnant, anemia.",
    "DIAGNOSES: Non-Hodgkin lymphoma, follicular lymphoma grade 2, opioid overdose, family history of colon cancer.",
)
"""Conditions whose codes were split, deleted or born between 2016 and 2026."""
DAYS = (date(2015, 10, 1), date(2016, 9, 30), date(2019, 6, 3), date(2021, 10, 1), date(2023, 4, 1), date(2026, 11, 25))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("day", DAYS)
def test_every_code_is_in_force_on_its_day(day, mode, desk):
    coder = Coder(desk, mode=mode)
    book = desk.at(day).icd10cm
    for number, body in enumerate(BODIES):
        chart = chart_from_text(f"OFFICE VISIT\nThe patient is a 34-year-old woman.\n{body}\n", str(number), day=day)
        case = coder(chart)
        assert case.diagnoses or (case.rejected and mode == MENTIONS), body
        assert [code for code in case.diagnosis_codes if not book.valid(code)] == []
        assert not any(f.rule in {"icd10cm/not_in_force", "icd10cm/replaced"} for f in case.findings)


def test_the_day_picks_the_code(desk):
    coder = Coder(desk)
    text = "OFFICE VISIT\nASSESSMENT: Multiple sclerosis.\n"
    before = coder(chart_from_text(text, "n", day=date(2025, 9, 30)))
    after = coder(chart_from_text(text, "n", day=date(2025, 10, 1)))
    assert before.diagnosis_codes == ("G35",)
    assert after.diagnosis_codes == ("G35.D",)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), max_size=40), setting=st.sampled_from(SETTINGS))
def test_any_note_gets_an_answer(words, setting, desk):
    day = date(2026, 5, 1)
    text = " ".join(words)
    case = Coder(desk)(chart_from_text(text, "n", setting=setting, day=day))
    assert len(set(case.diagnosis_codes)) == len(case.diagnosis_codes)
    assert all(desk.at(day).icd10cm.valid(code) for code in case.diagnosis_codes)
    assert not set(case.diagnosis_codes) & {r.code.value for r in case.rejected}
    for entry in (*case.diagnoses, *case.rejected):
        for mention in entry.evidence:
            assert text[mention.span.start : mention.span.end] == mention.span.text


@given(text=st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_any_text_gets_an_answer(text, desk):
    case = Coder(desk)(chart_from_text(text, "n"), today=date(2026, 5, 1))
    assert case.books


def test_without_any_book_of_cpt_a_remark_says_what_to_install(desk, monkeypatch):
    monkeypatch.setenv("CHARTCODE_CPT_STARTER", "off")
    books = chartcode.Books(date(2026, 5, 1), desk)
    case = Coder(desk).by(books, chart_from_text(NOTE, "n", setting="outpatient", day=date(2026, 5, 1)))
    assert any("chartcode books install cpt --from FILE" in remark for remark in case.chart.remarks)
    assert "cpt" not in dict(case.books)
    assert case.diagnoses
