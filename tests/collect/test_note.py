"""A note becomes a chart: what it says goes before the options, and its spans are its words."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect import chart_from_text
from chartcode.collect.kinds import KINDS
from chartcode.collect.sections import names
from chartcode.model.chart import FACT_KINDS, SETTINGS, Chart

DISCHARGE = """DATE OF ADMISSION: 04/27/2026
DATE OF DISCHARGE: 05/01/2026
ADMISSION DIAGNOSIS: Pneumonia.
DISCHARGE DIAGNOSES:
1. Pneumonia.
2. Hypertension.
HOSPITAL COURSE: The patient is a 67-year-old woman who was admitted to the floor and received IV ceftriaxone.
On hospital day 4 she was discharged home in stable condition.
DISCHARGE MEDICATIONS: Lisinopril 20 mg daily.
DISCHARGE INSTRUCTIONS: Rest. Follow up in two weeks.
"""
OPERATION = """PREOPERATIVE DIAGNOSIS: Right inguinal hernia.
POSTOPERATIVE DIAGNOSIS: Right inguinal hernia.
PROCEDURE PERFORMED: Right inguinal hernia repair with mesh.
ANESTHESIA: Local with sedation.
ESTIMATED BLOOD LOSS: Minimal.
DESCRIPTION OF PROCEDURE: The patient was prepped and draped in sterile fashion. An incision was made. The wound was
closed with sutures. He tolerated the procedure well and was taken to the recovery room and discharged home.
"""
OFFICE = """SUBJECTIVE: This 40-year-old man comes in today for followup of his blood pressure.
He was last seen in clinic in May.
OBJECTIVE: BP 140/90. Lungs clear.
ASSESSMENT: Hypertension.
PLAN: Continue lisinopril. Return to clinic in 3 months.
"""
EMERGENCY = """CHIEF COMPLAINT: Chest pain.
HISTORY OF PRESENT ILLNESS: This is a 50-year-old man who presents to the emergency department by ambulance
with chest pain.
EMERGENCY DEPARTMENT COURSE: EKG was normal. He was discharged from the emergency department.
"""
RADIOLOGY = """EXAM: CT HEAD WITHOUT CONTRAST
CLINICAL HISTORY: Headache.
TECHNIQUE: Axial images were obtained without contrast.
COMPARISON: None.
FINDINGS: No hemorrhage. The ventricles are unremarkable.
IMPRESSION: Normal CT of the head.
"""
CONSULT = """REASON FOR CONSULTATION: Atrial fibrillation.
HISTORY OF PRESENT ILLNESS: I was asked to see this 78-year-old woman in consultation, who was admitted with a stroke.
PAST MEDICAL HISTORY: Hypertension.
ASSESSMENT AND PLAN: Atrial fibrillation. Thank you for allowing me to participate in her care.
"""
WORDS = (
    "PLAN: |MEDICATIONS: |ALLERGIES: |LABS: |\n|, |. |aspirin 81 mg daily|BP 120/80|62-year-old man|Foley catheter|"
    "denies smoking|DATE: 05/01/2026|sodium 140|discharged home|\u0130|\u00e9|allergic to |weight 80 kg|q.i.d.|1. |\x00"
)
PIECES = st.sampled_from(WORDS.split("|"))


@pytest.mark.parametrize(
    ("text", "kind", "setting"),
    [
        (DISCHARGE, "discharge summary", "inpatient"),
        (OPERATION, "operative note", "outpatient"),
        (OFFICE, "office visit", "outpatient"),
        (EMERGENCY, "ed note", "ed"),
        (RADIOLOGY, "radiology report", "outpatient"),
        (CONSULT, "consult", "professional"),
    ],
)
def test_kinds_and_settings(text: str, kind: str, setting: str) -> None:
    chart = chart_from_text(text, "n")
    assert (chart.documents[0].kind, chart.encounter.setting) == (kind, setting)


def test_a_stay() -> None:
    chart = chart_from_text(DISCHARGE, "n", day=date(2020, 1, 1), sex="M", age=5)
    encounter = chart.encounter
    assert (encounter.first, encounter.last, encounter.on) == (date(2026, 4, 27), date(2026, 5, 1), date(2026, 5, 1))
    assert encounter.disposition == "01"
    assert (chart.patient.sex, chart.patient.age) == ("F", 67)
    assert chart.remarks == ()
    assert [f.text for f in chart.facts if f.status == "discharge"] == ["Lisinopril 20 mg daily"]


def test_options_fill_what_the_note_does_not_say() -> None:
    chart = chart_from_text("Cough.", "n", setting="inpatient", day=date(2026, 5, 1), sex="F", age=40)
    assert chart.encounter.setting == "inpatient"
    assert chart.encounter.on == date(2026, 5, 1)
    assert (chart.patient.sex, chart.patient.age) == ("F", 40)
    assert chart.remarks == ()


def test_what_is_found_nowhere_is_said() -> None:
    remarks = " ".join(chart_from_text("Cough.", "n").remarks)
    for word in ("setting", "date", "sex", "age"):
        assert word in remarks


def test_a_clear_record_overrules_an_option_and_says_so() -> None:
    chart = chart_from_text(DISCHARGE, "n", setting="outpatient")
    assert chart.encounter.setting == "inpatient"
    assert any("not as outpatient" in remark for remark in chart.remarks)
    assert chart_from_text(OFFICE, "n", setting="professional").encounter.setting == "professional"


def test_unknown_options_raise_a_sentence() -> None:
    with pytest.raises(ValueError, match="unknown setting 'clinic'; use one of inpatient"):
        chart_from_text("Cough.", "n", setting="clinic")
    with pytest.raises(ValueError, match="unknown sex"):
        chart_from_text("Cough.", "n", sex="x")


def test_words_do_not_show_in_repr() -> None:
    assert "lisinopril" not in repr(chart_from_text(OFFICE, "n")).lower()


def whole(chart: Chart, text: str) -> None:
    (document,) = chart.documents
    assert document.text == text
    assert document.kind in KINDS
    assert chart.encounter.setting in SETTINGS
    assert "".join(text[s.start : s.end] for s in document.sections) == text
    assert {s.name for s in document.sections} <= names()
    for fact in chart.facts:
        assert fact.kind in FACT_KINDS
        assert fact.text
        for span in fact.evidence:
            assert span.document == document.id
            assert 0 <= span.start < span.end <= len(text)
            assert span.text == text[span.start : span.end]
            assert fact.text in span.text


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_gives_a_whole_chart(text: str) -> None:
    whole(chart_from_text(text, "n"), text)


def test_the_transcribed_notes(shared: Path) -> None:
    file = shared / "notes" / "mtsamples.jsonl.gz"
    if not file.exists():
        pytest.skip("the transcribed notes are not in the shared data folder")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            whole(chart_from_text(text, "n"), text)
