from __future__ import annotations

import base64
from datetime import date

from tests.collect.fhir.conftest import coded, encounter, of_patient, patient, resource

NOTE = "DISCHARGE SUMMARY\nASSESSMENT: Pneumonia.\nMEDICATIONS: Metoprolol 25 mg daily.\n"
LOINC = "http://loinc.org"


def attached(data: bytes, **fields):
    content = [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(data).decode()}}]
    return of_patient(
        "DocumentReference", "d", status="current", type=coded(LOINC, "18842-5"), content=content, **fields
    )


def test_a_note(charts):
    (chart,) = charts(patient(), encounter(), attached(NOTE.encode(), date="2026-03-06T12:00:00Z"))
    (document,) = chart.documents
    assert (document.id, document.text, document.kind, document.on) == (
        "DocumentReference/d", NOTE, "discharge summary", date(2026, 3, 6),
    )  # fmt: skip
    (drug,) = (f for f in chart.facts if f.kind == "medication")
    assert (drug.get("generic"), drug.get("at")) == ("metoprolol", "DocumentReference/d")
    assert document.text[drug.evidence[0].start : drug.evidence[0].end] == drug.evidence[0].text


def test_formats_inside_are_read_by_their_own_readers(charts):
    page = b"<!doctype html><html><body><p>Impression:</p><p>Gout of the left foot.</p></body></html>"
    rtf = rb"{\rtf1\ansi Gout of the left foot.\par}"
    for data in (page, rtf):
        (chart,) = charts(patient(), encounter(), attached(data))
        assert "Gout of the left foot." in chart.documents[0].text


def test_a_document_of_cda_inside(charts):
    cda = b"""<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component>
    <structuredBody><component><section><code code="11535-2"/><title>Discharge diagnosis</title><text>Gout</text><entry>
    <observation><templateId root="2.16.840.1.113883.10.20.22.4.4"/><value xsi:type="CD" code="M10.9"
    codeSystem="2.16.840.1.113883.6.90" displayName="Gout"/></observation></entry></section></component>
    </structuredBody></component></ClinicalDocument>"""
    (chart,) = charts(patient(), encounter(), attached(cda))
    (fact,) = chart.facts
    assert (fact.code.value, fact.evidence[0].document, fact.evidence[0].text) == (
        "M10.9",
        "DocumentReference/d",
        "Gout",
    )


def test_a_binary_elsewhere_and_one_at_hand(charts):
    reference = of_patient("DocumentReference", "d", status="current", content=[{"attachment": {"url": "Binary/b"}}])
    binary = resource("Binary", "b", contentType="text/plain", data=base64.b64encode(b"ASSESSMENT: Gout.").decode())
    (chart,) = charts(patient(), encounter(), reference, binary)
    assert chart.documents[0].text == "ASSESSMENT: Gout."
    (chart,) = charts(patient(), encounter(), reference)
    assert chart.remarks == (
        "DocumentReference/d: its attachment is elsewhere and not in the record, so it is not read",
    )


def test_what_cannot_be_read_inside_is_told_and_the_chart_goes_on(charts):
    (chart,) = charts(patient(), encounter(), attached(b"\0\1\2" * 50))
    assert any("DocumentReference/d: its attachment is not read" in remark for remark in chart.remarks)


def test_a_record_in_a_record_in_a_record_ends(charts):
    import json

    data = b"ASSESSMENT: Gout."
    for _ in range(6):
        data = json.dumps(attached(data)).encode()
    (chart,) = charts(patient(), encounter(), json.loads(data))
    assert any("records lie one in another" in remark for remark in chart.remarks)


def test_a_composition_becomes_sections(charts):
    composition = of_patient(
        "Composition", "c", status="final", type=coded(LOINC, "11488-4"), date="2026-03-05",
        section=[
            {"title": "Impressions", "code": coded(LOINC, "51848-0"), "text": {"div": "<div><p>Gout</p></div>"},
             "section": [
                 {"title": "Plan of care", "code": coded(LOINC, "18776-5"), "text": {"div": "<div>Rest</div>"}}]},
            {"title": "Empty"},
        ],
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), composition)
    (document,) = chart.documents
    assert document.text == "Impressions:\nGout\n\nPlan of care:\nRest\n\n"
    assert [s.name for s in document.sections] == ["assessment", "plan"]
    assert document.kind == "consult"
