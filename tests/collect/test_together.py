"""Several documents make one chart: order, the encounter resolved, copies marked, conflicts kept and told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chartcode.collect import Unreadable, chart_from_text, read
from chartcode.collect.disagreements import told
from chartcode.collect.together import REPEATED, together
from chartcode.model.chart import INPATIENT, OUTPATIENT, Chart

COURSE = "HOSPITAL COURSE: She was diuresed with intravenous furosemide and her weight fell by four kilograms in all.\n"
NOTES = {
    "progress": f"PROGRESS NOTE\nDate: 01/15/2026\nThe patient is a 74-year-old woman.\n{COURSE}",
    "admission": "HISTORY AND PHYSICAL\nDate of admission: 01/14/2026\nThe patient is a 74-year-old woman.\n"
    "SOCIAL HISTORY: Never smoker.\nALLERGIES: NKDA\nMEDICATIONS: Lisinopril 10 mg daily.\n",
    "summary": "DISCHARGE SUMMARY\nADMISSION DATE: 01/14/2026\nDISCHARGE DATE: 01/19/2026\n"
    f"The patient is a 74-year-old woman.\n{COURSE}"
    "SOCIAL HISTORY: Smokes one pack per day.\nALLERGIES: Penicillin.\n",
}


def charts(**changed: str) -> list[Chart]:
    return [chart_from_text(text, name) for name, text in {**NOTES, **changed}.items()]


@pytest.fixture
def stay() -> Chart:
    return together("stay", charts())


def test_documents_stand_in_the_order_of_a_coders_reading(stay):
    assert [d.id for d in stay.documents] == ["summary", "admission", "progress"]


def test_the_encounter_is_resolved_from_all(stay):
    assert stay.encounter.setting == INPATIENT
    assert (stay.encounter.first, stay.encounter.last) == (date(2026, 1, 14), date(2026, 1, 19))
    assert (stay.patient.sex, stay.patient.age) == ("F", 74)


def test_a_copied_passage_counts_once(stay):
    drugs = [f for f in stay.facts if f.get("generic") == "furosemide"]
    assert [(f.evidence[0].document, f.get(REPEATED)) for f in drugs] == [("summary", None), ("progress", "summary")]


def test_conflicts_are_kept_and_told(stay):
    assert {f.get("use") for f in stay.facts if f.kind == "social"} == {"never", "current"}
    assert "the documents differ on tobacco use: current (summary), never (admission)" in stay.remarks
    assert "the documents differ on allergies: none (admission), some (summary)" in stay.remarks


def test_every_fact_stands_in_its_document(stay):
    for fact in stay.facts:
        for span in fact.evidence:
            assert stay.document(span.document).text[span.start : span.end] == span.text


def test_another_patient_and_another_stay_are_told():
    wrong = NOTES["progress"].replace("woman", "man").replace("01/15/2026", "02/15/2026")
    chart = together("stay", charts(progress=wrong))
    assert (
        "the documents differ on the patient's sex: F (summary, admission), M (progress); taken as F" in chart.remarks
    )
    assert "outside the days of the stay, and perhaps of another encounter: progress" in chart.remarks


def test_two_days_of_discharge_are_told():
    other = NOTES["summary"].replace("DISCHARGE DATE: 01/19/2026", "DISCHARGE DATE: 01/20/2026")
    chart = together("stay", [*charts(), chart_from_text(other, "addendum")])
    (remark,) = (r for r in chart.remarks if "day of discharge" in r)
    assert remark.endswith("the day of discharge: 2026-01-19 (summary), 2026-01-20 (addendum); taken as 2026-01-19")


def test_a_gap_that_another_document_fills_is_none():
    chart = together(
        "visit", [chart_from_text("Date of visit: 03/02/2026\nCough.", "a"), chart_from_text("A 40-year-old man.", "b")]
    )
    assert not [r for r in chart.remarks if "was not found" in r]
    assert (chart.encounter.setting, chart.encounter.on, chart.patient.age) == (OUTPATIENT, date(2026, 3, 2), 40)


def test_documents_of_one_name_are_told_apart():
    chart = together(
        "c", [chart_from_text("Aspirin 81 mg daily.", "n"), chart_from_text("Metformin 500 mg daily.", "n")]
    )
    assert [d.id for d in chart.documents] == ["n", "n (2)"]
    assert [f.evidence[0].document for f in chart.facts] == ["n", "n (2)"]


def test_nothing_to_put_together_is_refused():
    with pytest.raises(ValueError, match="no charts to put together"):
        together("c", [])


def test_a_remark_names_few_documents():
    said = [(f"d{n}", "a") for n in range(6)] + [("e", "b")]
    assert told("x", said, "") == ["the documents differ on x: a (d0, d1, d2, d3 and 2 more), b (e)"]


def test_a_folder_an_encounter(tmp_path: Path):
    for folder, names in {"one": ("summary", "progress"), "two": ("admission",), ".": ("progress",)}.items():
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text(NOTES[name], encoding="utf-8")
    (tmp_path / "one" / "empty.txt").write_text("", encoding="utf-8")
    results = list(read(tmp_path, together=True))
    assert [(c.id, len(c.documents)) for c in results if isinstance(c, Chart)] == [
        (tmp_path.name, 1),
        ("one", 2),
        ("two", 1),
    ]
    assert len([r for r in results if isinstance(r, Unreadable)]) == 1
