"""Whole charts: what identifies is gone, what a coder needs is there, and every fact stands in its document."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from chartcode.collect import chart_from_text
from chartcode.collect.together import together
from chartcode.deidentify import deidentify, lists
from chartcode.deidentify.numbers import numbers
from chartcode.model.chart import Chart, Encounter, Fact, Patient

pytest.importorskip("philter_lite", reason="the lists of names are an extra: pip install 'chartcode[deid]'")

KEY = b"a key for tests alone, no secret"
NOTES = (Path(__file__).parent / "notes.txt").read_text(encoding="utf-8").split("=====\n")
SUMMARY = """DISCHARGE SUMMARY
PATIENT NAME: Kowalski, Maria T.    MRN: 00482913    DOB: 02/11/1950
Date of Admission: 03/04/2026
Date of Discharge: March 9, 2026
Mrs. Kowalski is a 76-year-old woman. She was seen by Dr. Hernandez.
MEDICATIONS: Lasix 40 mg daily.
LABS: Creatinine 1.9 on 03/05/2026.
A Foley catheter and a Jackson-Pratt drain were placed. Parkinson disease.
"""


def clean(text: str, name: str = "kowalski_maria", key: bytes = KEY) -> Chart:
    return deidentify(chart_from_text(text, name), key).chart


def marked(raw: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a note without its marks, and where its identifiers stand."""
    text, found, last = "", [], 0
    for mark in re.finditer(r"\{([a-z]+)\|([^}]*)\}", raw):
        text += raw[last : mark.start()]
        found.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        last = mark.end()
    return text + raw[last:], found


@pytest.mark.parametrize("raw", NOTES, ids=range(len(NOTES)))
def test_no_identifier_of_an_invented_note_is_left(raw):
    text, identifiers = marked(raw)
    shown = deidentify(chart_from_text(text, "n"), KEY).chart.documents[0].text
    words = {w.lower() for a, b, kind in identifiers if kind == "name" for w in re.findall(r"\w{3,}", text[a:b])}
    left = words & {w.lower() for w in re.findall(r"\w+", shown)}
    assert not left
    for a, b, kind in identifiers:
        if kind in ("number", "phone", "mail"):
            assert text[a:b] not in shown


@pytest.mark.parametrize("raw", NOTES, ids=range(len(NOTES)))
def test_what_a_coder_needs_is_kept(raw):
    text, identifiers = marked(raw)
    before, after = chart_from_text(text, "n"), deidentify(chart_from_text(text, "n"), KEY).chart
    assert len(before.facts) == len(after.facts)
    assert [s.name for s in before.documents[0].sections] == [s.name for s in after.documents[0].sections]
    gone = {place for a, b, _ in identifiers for place in range(a, b)}
    kept = [w.group() for w in re.finditer(r"[a-z]{4,}", text) if not gone & set(range(*w.span()))]
    shown = after.documents[0].text
    assert sum(w in shown for w in kept) >= 0.98 * len(kept)


def test_every_fact_and_section_stands_in_its_document():
    chart = clean(SUMMARY)
    (document,) = chart.documents
    for fact in chart.facts:
        for span in fact.evidence:
            assert document.text[span.start : span.end] == span.text
    assert {"Lasix 40 mg daily", "Foley catheter", "Jackson-Pratt drain"} <= {f.text for f in chart.facts}
    assert document.text[document.sections[-1].start :].startswith("LABS:")


def test_names_of_charts_and_documents_are_new_and_repeat_with_the_key():
    chart = clean(SUMMARY)
    assert "kowalski" not in repr(chart).lower() + chart.documents[0].text.lower()
    assert clean(SUMMARY).id == chart.id
    assert clean(SUMMARY, key=b"another key that is long enough").id != chart.id


def test_all_dates_of_a_patient_move_alike():
    chart = clean(SUMMARY)
    first, last = chart.encounter.first, chart.encounter.last
    assert first
    assert last
    assert (last - first).days == 5
    shift = (first - date(2026, 3, 4)).days
    assert 1 <= abs(shift) <= 365
    (lab,) = (f for f in chart.facts if f.kind == "lab")
    assert lab.on == date(2026, 3, 5) + timedelta(days=shift)
    other = clean(SUMMARY.replace("03/04/2026", "01/02/2026"), name="another file of MRN 00482913")
    assert other.encounter.first == date(2026, 1, 2) + timedelta(days=shift)


def test_structured_fields_lose_what_identifies():
    fact = Fact(
        "diagnosis",
        "hypertension",
        attributes=(("id", "A-1"), ("clinician", "Dr. Who"), ("poa", "Y")),
        on=date(2026, 1, 3),
    )
    chart = replace(
        chart_from_text("Hypertension.", "n"),
        patient=Patient("F", 95, date(1930, 5, 6), None, "MRN1"),
        encounter=Encounter("inpatient", date(2026, 1, 2), None, "01", "Payer", "Mercy Hospital", "1234567893"),
        facts=(fact,),
    )
    done = deidentify(chart, KEY).chart
    assert (done.patient.age, done.patient.born, done.patient.id) == (90, None, None)
    assert (done.encounter.facility, done.encounter.provider, done.encounter.disposition) == (None, None, "01")
    assert done.facts[0].attributes == (("poa", "Y"),)
    assert done.facts[0].on != fact.on


def test_a_name_in_one_document_is_found_in_the_others():
    notes = [
        chart_from_text("Seen by Dr. Brzoznowicz.", "a"),
        chart_from_text("Brzoznowicz, again, agrees to surgery.", "b"),
    ]
    texts = [d.text for d in deidentify(together("c", notes), KEY).chart.documents]
    assert not [text for text in texts if "Brzoz" in text]


def test_a_name_that_the_caller_knows_goes():
    chart = chart_from_text("Her neighbour Zuzzi drove.", "n")
    assert "Zuzzi" not in deidentify(chart, KEY, ["Zuzzi Qwrt"]).chart.documents[0].text


@pytest.mark.parametrize(
    "text",
    ["Murphy sign negative.", "Kelly clamp.", "Crohn's disease.", "Foley catheter.", "Hodgkin lymphoma.",
     "The Babinski is negative.",
     "Lasix and Coumadin.", "Glasgow coma scale 15.", "Patient is in May-Thurner position.", "Platelets 250000."],
)  # fmt: skip
def test_words_of_medicine_stay(text):
    assert clean(text, "n").documents[0].text == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("SSN 123-45-6789", "SSN [SSN]"),
        ("call (937) 555-0142 ext 12", "call [PHONE]"),
        ("MRN: 00482913", "MRN: [ID]"),
        ("serial number SN99-A77123", "serial number [ID]"),
        ("a@example.org, https://example.org/x.", "[EMAIL], [URL]."),
        ("from 10.0.0.7.", "from [IP]."),
        ("Room air 98%, PO2 of 75, 500 mg", "Room air 98%, PO2 of 75, 500 mg"),
        ("G2 P1001, L4-L5", "G2 P1001, L4-L5"),
        ("Appendicitis (SNOMED CT 74400008)", "Appendicitis (SNOMED CT 74400008)"),
    ],
)
def test_numbers(text, left):
    from chartcode.deidentify.findings import replaced

    assert replaced(text, numbers(text)).text == left


def test_a_key_must_be_a_secret():
    with pytest.raises(ValueError, match="shorter than 16 bytes"):
        deidentify(chart_from_text("x", "n"), b"short")


def test_missing_lists_say_how_to_get_them(monkeypatch):
    lists.lists.cache_clear()
    monkeypatch.setattr(lists, "find_spec", lambda _: None)
    with pytest.raises(lists.MissingLists, match=r"chartcode.deid."):
        lists.lists()
    lists.lists.cache_clear()
