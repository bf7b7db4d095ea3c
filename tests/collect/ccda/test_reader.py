"""The document as a whole: header, narrative, what is only a part, what is refused."""

from __future__ import annotations

import base64
import zlib
from datetime import date

import pytest
from bench.fuzz import samples
from bench.mutations import mutated
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.collect.ccda.conftest import ENCOUNTER, PATIENT, T, document, problem, section, value

from chartcode.collect import Unreadable, ccda, read
from chartcode.model.chart import Chart

PROBLEMS = section("11450-4", "Problems", "<list><item>Hypertension</item></list>", problem(value()))


def test_the_header(chart):
    found = chart(PROBLEMS)
    about = found.encounter
    assert (about.setting, about.first, about.last, about.disposition) == (
        "inpatient", date(2026, 3, 2), date(2026, 3, 6), "01",
    )  # fmt: skip
    assert (about.facility, about.provider) == ("Otter Bay Hospital", "1234567893")
    assert (found.patient.sex, found.patient.age, found.documents[0].kind) == ("F", 64, "discharge summary")
    assert found.remarks == ()


def test_the_narrative_is_one_document_with_named_sections(chart):
    text = """<paragraph>Came with <content styleCode="Bold">chest</content> pain.</paragraph><table><thead>
    <tr><th>Test</th><th>Value</th></tr></thead><tbody><tr><td>Troponin</td><td>0.9</td></tr></tbody></table><list><item>First</item>
    <item>Second<br/>line</item></list>"""
    inner = section("8648-8", "Hospital course", "Recovered.")
    outer = section("10164-2", "History", text).replace("</section>", f"{inner}</section>")
    (document_,) = chart(outer).documents
    assert document_.text == (
        "History:\nCame with chest pain.\nTest\tValue\nTroponin\t0.9\nFirst\nSecond\nline\n\n"
        "Hospital course:\nRecovered.\n\n"
    )
    assert [s.name for s in document_.sections] == ["history of present illness", "hospital course"]


def test_a_summary_without_encounter_takes_the_day_of_the_last_visit_or_its_own(chart):
    visit = f"""<encounter classCode="ENC" moodCode="EVN"><templateId root="{T}49"/><code code="99213"
    codeSystem="2.16.840.1.113883.6.12"/><effectiveTime value="20250105"/></encounter>"""
    found = chart(section("46240-8", "Encounters", "x", visit), header=PATIENT, code="34133-9")
    assert (found.encounter.setting, found.encounter.on) == ("outpatient", date(2025, 1, 5))
    assert any("last visit" in remark for remark in found.remarks)
    found = chart(PROBLEMS, header=PATIENT, code="34133-9")
    assert found.encounter.on == date(2026, 3, 6)
    assert any("the document was written" in remark for remark in found.remarks)


@pytest.mark.parametrize(("code", "setting"), [("99222", "inpatient"), ("99284", "ed"), ("99213", "outpatient")])
def test_a_visit_within_its_days_tells_the_setting(chart, code, setting):
    visit = f"""<encounter classCode="ENC" moodCode="EVN"><templateId root="{T}49"/><code code="{code}"
    codeSystem="2.16.840.1.113883.6.12"/><effectiveTime value="20260302"/></encounter>"""
    header = PATIENT + ENCOUNTER.replace('<code code="IMP"', '<code code="x"')
    found = chart(section("46240-8", "Encounters", "x", visit), header=header, code="34133-9")
    assert found.encounter.setting == setting
    assert not any("setting" in remark for remark in found.remarks)


def test_the_author_of_the_entry_goes_before_that_of_the_document(chart):
    nurse = '<author><assignedAuthor><code code="163W00000X"/><assignedPerson/></assignedAuthor></author>'
    device = "<author><assignedAuthor><assignedAuthoringDevice/></assignedAuthor></author>"
    found = chart(
        section("11450-4", "P", "x", problem(value(), nurse), problem(value())), header=PATIENT + ENCOUNTER + device
    )
    assert [f.author for f in found.facts] == ["nurse", "device"]


def test_prose_without_entries_tells_facts_too(chart):
    found = chart(PROBLEMS, section("18776-5", "Plan", "Start metoprolol 25 mg by mouth daily."))
    drug = next(f for f in found.facts if f.kind == "medication")
    assert (drug.get("generic"), drug.evidence[0].document) == ("metoprolol", "text")
    assert found.documents[0].text[drug.evidence[0].start : drug.evidence[0].end] == drug.evidence[0].text
    entry = "<observation><code displayName='x'/><value xsi:type='ST'>x</value></observation>"
    found = chart(section("18776-5", "Plan", "Start metoprolol 25 mg by mouth daily.", entry))
    assert not [f for f in found.facts if f.kind == "medication"]


def test_who_pays(chart):
    entry = """<act><entryRelationship><act><performer><assignedEntity><representedOrganization><name>Medicare</name>
    </representedOrganization></assignedEntity></performer></act></entryRelationship></act>"""
    assert chart(section("48768-6", "Payers", "x", entry), PROBLEMS).encounter.payer == "Medicare"


@pytest.mark.parametrize("pack", [None, "DF", "ZL"])
def test_a_body_that_is_a_note(pack):
    data = b"ASSESSMENT: Gout."
    if pack:
        packed = zlib.compressobj(wbits=-15 if pack == "DF" else 15)
        data = packed.compress(data) + packed.flush()
    text = f'<text mediaType="text/plain" representation="B64" {f"""compression="{pack}" """ if pack else ""}>'
    body = f"<nonXMLBody>{text}{base64.b64encode(data).decode()}</text></nonXMLBody>"
    (found,) = read(document().replace(b"<structuredBody></structuredBody>", body.encode()))
    assert isinstance(found, Chart)
    assert found.documents[0].text == "ASSESSMENT: Gout."
    assert (found.encounter.setting, found.patient.sex, found.documents[0].kind) == (
        "inpatient",
        "F",
        "discharge summary",
    )


def test_a_part_of_a_document_is_read_and_called_so():
    part = PROBLEMS.removeprefix("<component>").removesuffix("</component>").encode()
    (found,) = read(part)
    assert isinstance(found, Chart)
    assert found.facts[0].code.value == "I10"
    assert any("only a part of a C-CDA (section)" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (document(PROBLEMS)[:-60], "too early"),
        (document(), "no section"),
        (document().replace(b"structuredBody", b"x"), "no body"),
        (b'<?xml version="1.0"?><note>Gout</note>', "no C-CDA (its root is note)"),
        (b'<?xml version="1.0"?><levelone/>', "no C-CDA"),
        (b"<author><assignedAuthor/></author>", "a part of a C-CDA (author)"),
        (document(PROBLEMS).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "document type"),
        (document(PROBLEMS).replace(b"<title>", b"<title>\xff", 1), "encoding"),
        (document(PROBLEMS.replace("<list>", "<list>" + "<list>" * 3000)), "deep"),
        (
            document().replace(
                b"<structuredBody></structuredBody>",
                b'<nonXMLBody><text><reference value="a.pdf"/></text></nonXMLBody>',
            ),
            "another file",
        ),
    ],
)
def test_what_is_refused_with_a_reason(data, says):
    (unreadable,) = read(data)
    assert isinstance(unreadable, Unreadable)
    assert says in str(unreadable)
    assert "Hypertension" not in str(unreadable)


def test_a_missing_patient_is_told(chart):
    assert "the document names no patient" in chart(PROBLEMS, header=ENCOUNTER).remarks


def test_repeated_ids_are_told_and_the_first_counts(chart):
    text = '<content ID="a">Gout</content><content ID="a">Asthma</content>'
    entry = problem(value("M10.9", display="x", inside='<originalText><reference value="#a"/></originalText>'))
    found = chart(section("11450-4", "P", text, entry))
    assert found.facts[0].evidence[0].text == "Gout"
    assert any("twice" in remark for remark in found.remarks)


def test_another_encoding_and_language():
    data = document(
        section("51848-0", "Evaluación", "Hipertensión arterial", problem(value(display="Hipertensión arterial")))
    )
    for written in (
        data.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        data.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ):
        (found,) = read(written)
        assert isinstance(found, Chart)
        assert found.facts[0].evidence[0].text == "Hipertensión arterial"


@pytest.mark.parametrize(
    ("head", "mine"),
    [
        (b"<ClinicalDocument>", True),
        (b"<?xml version='1.0'?><!-- x --><cda:ClinicalDocument xmlns:cda='urn:hl7-org:v3'>", True),
        (b"\xef\xbb\xbf<section><code/>", True),
        (b"<?xml version='1.0'?><html>", False),
        (b"<3 the patient is a fan", False),
        (b"<b>Assessment</b>", False),
        (b"sectioned <section>", False),
    ],
)
def test_recognised_by_content(head, mine):
    assert ccda.recognise(head) is mine


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0))
def test_damage_to_an_invented_document(seed):
    for one in read(mutated(document(PROBLEMS), seed)):
        assert isinstance(one, Chart | Unreadable)


@settings(max_examples=2000, deadline=None)
@given(st.integers(min_value=0))
def test_damage_to_real_samples(shared, seed):
    known = samples(shared / "records", "ccda", 5_000)
    for one in read(mutated(known[seed % len(known)][1], seed)):
        assert isinstance(one, Chart | Unreadable)


def test_every_coded_diagnosis_of_the_samples_is_found(shared):
    from bench import coded

    for path, data in samples(shared / "records" / "ccda", largest=10_000_000):
        if path.suffix == ".xml":
            assert not coded.in_xml(data) - coded.in_charts(read(data)), path.name
