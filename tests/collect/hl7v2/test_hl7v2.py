"""HL7 v2 messages as charts: what each segment says, visits joined, what was taken back, and what is refused."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from chartcode.collect import read
from chartcode.collect.hl7v2.reader import NothingToCode
from chartcode.collect.source import Unreadable
from chartcode.model.chart import ED, HISTORICAL, INPATIENT, NEGATED, OUTPATIENT, POSSIBLE, Chart
from chartcode.model.code import CPT, HCPCS, ICD9CM, ICD10CM, ICD10PCS, LOINC, NDC, SNOMED, Code


def seg(name: str, **fields: str) -> str:
    """Return a segment with these fields: ``seg("DG1", f3="I10")``."""
    numbered = {int(key[1:]): value for key, value in fields.items()}
    return "|".join([name, *(numbered.get(n, "") for n in range(1, max(numbered, default=0) + 1))])


PID = seg("PID", f3="4711^^^HOME^MR", f5="ROE^ALEX", f7="19580412", f8="F", f18="ACC9")
PV1 = seg(
    "PV1", f2="I", f3="3W^12^A^MERCY", f7="77^HALE^IDA^^^^MD", f19="V100", f36="03", f44="20260302", f45="20260306"
)
ADMIT = seg("PV1", f2="I", f19="V100", f44="20260302")


def msh(kind: str = "ADT^A08", version: str = "2.5.1", control: str = "C1", when: str = "20260302101500") -> str:
    return rf"MSH|^~\&|ADT|MERCY|CC|HOME|{when}||{kind}|{control}|P|{version}"


def charts(*segments: str) -> list[Chart | Unreadable]:
    return list(read("\r".join(segments).encode()))


def one(*segments: str) -> Chart:
    (only,) = charts(*segments)
    assert isinstance(only, Chart), only
    for found in only.facts:
        for span in found.evidence:
            assert only.document(span.document).text[span.start : span.end] == span.text
    return only


def fact(chart: Chart, kind: str, number: int = 0):
    return [f for f in chart.facts if f.kind == kind][number]


def test_patient_and_stay():
    chart = one(msh(), "EVN|A08|20260302", PID, PV1, "IN1|1|PLAN|77|Mutual of Nowhere")
    stay, who = chart.encounter, chart.patient
    assert (stay.setting, stay.first, stay.last) == (INPATIENT, date(2026, 3, 2), date(2026, 3, 6))
    assert (stay.disposition, stay.payer, stay.facility, stay.provider) == (
        "03",
        "Mutual of Nowhere",
        "MERCY",
        "IDA HALE",
    )
    assert (who.sex, who.age, who.born) == ("F", 67, date(1958, 4, 12))
    assert chart.id == "text#V100"
    assert chart.remarks == ()


@pytest.mark.parametrize(
    ("said", "event", "setting"),
    [
        ("I", "A08", INPATIENT),
        ("E", "A08", ED),
        ("O", "A08", OUTPATIENT),
        ("B", "A08", INPATIENT),
        ("R", "A08", OUTPATIENT),
        ("P", "A05", OUTPATIENT),
        ("P", "A01", INPATIENT),
        ("", "A01", INPATIENT),
        ("", "A04", OUTPATIENT),
    ],
)
def test_the_patient_class_is_the_setting(said, event, setting):
    chart = one(msh(f"ADT^{event}"), PID, seg("PV1", f2=said, f19="V1", f44="20260302"))
    assert chart.encounter.setting == setting
    assert chart.remarks == ()


def test_an_unknown_class_is_remarked():
    chart = one(msh("ORU^R01"), PID, seg("PV1", f2="X", f19="V1", f44="20260302"))
    assert chart.remarks == ("the setting was not found in the record; taken as outpatient",)


def test_an_infant_has_an_age_in_days():
    chart = one(msh(), PID.replace("19580412", "20260301"), PV1)
    assert (chart.patient.age, chart.patient.age_days) == (0, 1)


def test_diagnoses_with_role_rank_and_indicator():
    chart = one(
        msh("BAR^P01", "2.6"),
        PID,
        PV1,
        seg("DG1", f3="R07.9^Chest pain, unspecified^I10C", f6="A"),
        seg(
            "DG1",
            f3="I21.4^NSTEMI^I10C",
            f4="Heart attack",
            f5="202603021230",
            f6="F",
            f15="1",
            f16="77^HALE^IDA^^^^MD",
            f20="D7",
            f21="A",
            f26="Y",
        ),
        seg("DG1", f3="E11.9^Diabetes^I10C", f6="F", f15="2", f26="N"),
        "DG1|4||J44.9^COPD^I10C|||W",
        seg("DG1", f3="N17.9^AKI^I10C", f6="F", f15="3", f20="D8", f21="D"),
    )
    found = {f.code.value: f for f in chart.facts if f.kind == "diagnosis"}
    assert [found[c].get("role") for c in ("R07.9", "I21.4", "E11.9", "J44.9")] == [
        "admitting",
        "principal",
        "secondary",
        "working",
    ]
    assert [found[c].get("category") for c in ("I21.4", "J44.9")] == ["encounter diagnosis", "working diagnosis"]
    attack = found["I21.4"]
    assert (attack.text, attack.on, attack.get("time"), attack.get("poa")) == (
        "Heart attack",
        date(2026, 3, 2),
        "12:30",
        "Y",
    )
    assert (attack.author, attack.status, attack.get("clinician")) == ("provider", "final", "IDA HALE")
    assert (found["E11.9"].author, found["E11.9"].get("poa"), found["E11.9"].get("at")) == ("coder", "N", "DG1[3]")
    assert (found["N17.9"].status, found["N17.9"].assertion) == ("deleted", NEGATED)
    sections = [s.name for s in chart.document("entries").sections]
    assert sections[:3] == ["admission diagnosis", "principal diagnosis", "diagnosis"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("E119^Diabetes^I10", Code(ICD10CM, "E11.9")),
        ("250.00^Diabetes^I9C", Code(ICD9CM, "250.00")),
        ("44054006^Diabetes^SCT^E11.9^Diabetes^I10C", Code(ICD10CM, "E11.9")),
        ("E11.9^Diabetes^2.16.840.1.113883.6.90", Code(ICD10CM, "E11.9")),
        ("44054006^Diabetes^SNOMED-CT", Code(SNOMED, "44054006")),
        ("E11.9", Code(ICD10CM, "E11.9")),
        ("DM2^Diabetes^L", None),
        ("4280", None),
    ],
)
def test_the_system_of_a_diagnosis(field, code):
    assert fact(one(msh(), PID, PV1, f"DG1|1||{field}|||W"), "diagnosis").code == code


def test_all_codings_of_a_diagnosis_are_kept():
    found = fact(one(msh(), PID, PV1, "DG1|1||44054006^Diabetes^SCT^E11.9^Diabetes^I10C|||W"), "diagnosis")
    assert found.get("coding") == "ICD-10-CM E11.9; SNOMED CT 44054006"


def test_the_coding_method_names_the_system_of_an_old_message():
    assert fact(one(msh(), PID, PV1, "DG1|1|I9|25000^Diabetes|||W"), "diagnosis").code == Code(ICD9CM, "25000")


def test_a_shape_tells_no_icd_10_before_it_was_in_use():
    assert fact(one(msh(), PID, PV1, "DG1|1||V10.3^History|Old|20120101|W"), "diagnosis").code is None


def test_procedures():
    chart = one(
        msh(),
        PID,
        PV1,
        seg("PR1", f3="0DTJ4ZZ^Appendectomy^I10P", f5="202603030915", f11="9^SURE^CUT^^^^MD", f14="1", f16="Q1~RT"),
        "PR1|2||44970^Appendectomy^C4|Lap appendectomy|20260303",
        "PR1|3||G0121",
    )
    first, second, third = (fact(chart, "procedure", n) for n in range(3))
    assert (first.code, first.on, first.get("clinician"), first.get("modifiers"), first.get("priority")) == (
        Code(ICD10PCS, "0DTJ4ZZ"),
        date(2026, 3, 3),
        "CUT SURE",
        "Q1 RT",
        "1",
    )
    assert (second.text, second.code) == ("Lap appendectomy", Code(CPT, "44970"))
    assert third.code == Code(HCPCS, "G0121")


def test_charges():
    chart = one(
        msh("DFT^P03"),
        PID,
        PV1,
        seg(
            "FT1",
            f4="20260304",
            f5="20260305",
            f6="CG",
            f7="CDM881^Chest film",
            f10="2",
            f11="180&USD",
            f12="90&USD",
            f19="R07.9^Pain^I10C~R05.9^Cough^I10C",
            f20="5^READ^RAY^^^^MD",
            f25="71046^^C4",
            f26="26~TC",
        ),
        seg("FT1", f4="20260304", f6="PY", f7="PAY^Payment", f10="1", f11="50"),
        seg("FT1", f4="20260304", f6="CD", f7="CDM881^Chest film", f10="1", f11="90", f25="71046^^C4"),
    )
    service = fact(chart, "procedure")
    assert (service.code, service.on, service.author, service.status) == (
        Code(CPT, "71046"),
        date(2026, 3, 4),
        "coder",
        "charged",
    )
    assert {n: service.get(n) for n in ("units", "charge", "unit charge", "modifiers", "charge code", "diagnoses")} == {
        "units": "2",
        "charge": "180",
        "unit charge": "90",
        "modifiers": "26 TC",
        "charge code": "CDM881",
        "diagnoses": "R07.9, R05.9",
    }
    assert [f.code.value for f in chart.facts if f.kind == "diagnosis"] == ["R07.9", "R05.9"]
    credit = fact(chart, "procedure", 1)
    assert (credit.status, credit.assertion) == ("credited", NEGATED)
    assert len([f for f in chart.facts if f.kind == "procedure"]) == 2


def test_results_vitals_and_social_history():
    chart = one(
        msh("ORU^R01"),
        PID,
        PV1,
        seg("OBR", f4="24323-8^Metabolic panel^LN", f7="202603030600", f24="CH", f25="F"),
        "OBX|1|NM|2823-3^Potassium^LN||3.1|mmol/L|3.5-5.1|L|||F|||202603030605",
        "OBX|2|SN|2345-7^Glucose^LN||>^500|mg/dL||HH|||P",
        "OBX|3|CWE|5778-6^Color^LN||371244009^Yellow^SCT||||||F",
        "OBX|4|NM|8480-6^Systolic BP^LN||188|mm[Hg]||H|||F",
        seg("OBX", f2="NM", f3="BMI^BMI^L", f5="41.2", f6="kg/m2", f11="F", f16="9^NURSE^NAN^^^^RN"),
        "OBX|6|CE|72166-2^Tobacco smoking status^LN||8517006^Former smoker^SCT||||||F",
        seg("OBX", f2="NM", f3="718-7^Hemoglobin^LN", f11="X"),
        seg("OBX", f2="NM", f3="777-3^Platelets^LN", f5="12", f11="W"),
        "NTE|1|L|Sent for the wrong patient",
    )
    potassium, glucose, color, hemoglobin, platelets = (fact(chart, "lab", n) for n in range(5))
    assert {n: potassium.get(n) for n in ("name", "value", "unit", "abnormal", "range", "time", "at")} == {
        "name": "Potassium",
        "value": "3.1",
        "unit": "mmol/L",
        "abnormal": "low",
        "range": "3.5-5.1",
        "time": "06:05",
        "at": "OBX[1]",
    }
    assert (potassium.code, potassium.on, potassium.author, potassium.status) == (
        Code(LOINC, "2823-3"),
        date(2026, 3, 3),
        "laboratory",
        "final",
    )
    assert (glucose.get("value"), glucose.get("abnormal"), glucose.status) == (">500", "high", "preliminary")
    assert (color.get("value"), color.get("value code")) == ("Yellow", "SNOMED CT 371244009")
    assert (hemoglobin.status, hemoglobin.get("value")) == ("not obtained", None)
    assert (platelets.status, platelets.assertion, platelets.get("comment")) == (
        "deleted",
        NEGATED,
        "Sent for the wrong patient",
    )
    pressure, bmi = fact(chart, "vital"), fact(chart, "vital", 1)
    assert (pressure.get("name"), pressure.get("value")) == ("systolic blood pressure", "188")
    assert (bmi.get("name"), bmi.author) == ("body mass index", "nurse")
    assert (fact(chart, "social").get("topic"), fact(chart, "social").get("use")) == ("tobacco", "Former smoker")


def test_medications():
    chart = one(
        msh("RDE^O11"),
        PID,
        PV1,
        "ORC|NW|1",
        "RXO|00093^Metformin^NDC|500||mg",
        "TQ1|1||BID",
        seg(
            "RXE",
            f2="00093721401^Metformin 500 mg^NDC",
            f3="500",
            f5="mg^milligram",
            f6="TAB^Tablet",
            f7="^Take with food",
            f10="60",
            f12="3",
        ),
        "RXR|PO^Oral",
        "ORC|CA|2",
        "RXE||00071015523^Atorvastatin 20 mg^NDC|20||mg",
    )
    metformin, atorvastatin = (f for f in chart.facts if f.kind == "medication")
    assert (metformin.text, metformin.code, metformin.status) == (
        "Metformin 500 mg",
        Code(NDC, "00093721401"),
        "ordered",
    )
    assert {
        n: metformin.get(n) for n in ("dose", "route", "frequency", "form", "directions", "quantity", "refills")
    } == {
        "dose": "500 milligram",
        "route": "oral",
        "frequency": "BID",
        "form": "Tablet",
        "directions": "Take with food",
        "quantity": "60",
        "refills": "3",
    }
    assert (atorvastatin.status, atorvastatin.assertion) == ("cancelled", NEGATED)


def test_drugs_given_and_vaccines():
    given = one(
        msh("RAS^O17"),
        PID,
        PV1,
        "ORC|RE",
        seg("RXA", f3="202603030900", f5="J1885^Ketorolac^HCPCS", f6="30", f7="mg", f20="CP"),
    )
    assert (fact(given, "medication").status, fact(given, "medication").author) == ("given", "nurse")
    chart = one(
        msh("VXU^V04"),
        PID,
        PV1,
        "ORC|RE",
        seg(
            "RXA",
            f3="20260304",
            f5="140^Influenza^CVX",
            f6="0.5",
            f7="mL",
            f9="00^New^NIP001",
            f15="LOT1",
            f20="CP",
            f21="A",
        ),
        "RXR|IM^IM|LD^Left arm",
        "OBX|1|CE|64994-7^Eligibility^LN||V01^Not eligible^HL70064||||||F",
        "ORC|RE",
        seg("RXA", f3="20260304", f5="03^MMR^CVX", f6="999", f18="01^Refused", f20="RE"),
        "ORC|RE",
        seg("RXA", f3="20190101", f5="88^Influenza^CVX", f6="999", f9="01^Historical^NIP001", f20="CP"),
    )
    flu, refused, old = (f for f in chart.facts if f.kind == "immunization")
    assert (flu.get("dose"), flu.get("route"), flu.get("site"), flu.get("lot"), flu.get("eligibility")) == (
        "0.5 mL",
        "intramuscular",
        "Left arm",
        "LOT1",
        "Not eligible",
    )
    assert (refused.status, refused.assertion, refused.get("refusal")) == ("refused", NEGATED, "Refused")
    assert old.get("source") == "Historical"
    assert not [f for f in chart.facts if f.kind == "lab"]


def test_allergies():
    chart = one(
        msh(),
        PID,
        PV1,
        "AL1|1|DA|70618^Penicillin^RXNORM|SV|Hives~Wheeze|19990101",
        seg("IAM", f2="FA", f3="P^Peanut^L", f4="MO^Moderate", f5="Rash", f6="A", f17="C"),
        "IAM|2|DA|S^Sulfa^L|||D",
        seg("IAM", f2="DA", f3="C^Codeine^L", f6="A", f17="I^Inactive"),
    )
    penicillin, peanut, sulfa, codeine = (f for f in chart.facts if f.kind == "allergy")
    assert (penicillin.get("type"), penicillin.get("severity"), penicillin.get("reaction")) == (
        "drug",
        "severe",
        "Hives, Wheeze",
    )
    assert peanut.get("type") == "food"
    assert (sulfa.status, sulfa.assertion) == ("deleted", NEGATED)
    assert codeine.assertion == HISTORICAL


def test_problems():
    chart = one(
        msh("PPR^PC1"),
        PID,
        PV1,
        "PRB|AD|20260302|I35.0^Aortic stenosis^I10C|P1",
        seg("PRB", f1="AD", f3="C34.90^Lung cancer^I10C", f4="P2", f13="P"),
        seg("PRB", f1="AD", f3="J18.9^Pneumonia^I10C", f4="P3", f9="20260101"),
        "PRB|DE|20260302|F41.9^Anxiety^I10C|P4",
    )
    found = {f.code.value: f for f in chart.facts}
    stenosis, cancer, pneumonia, anxiety = (found[c] for c in ("I35.0", "C34.90", "J18.9", "F41.9"))
    assert (stenosis.get("category"), stenosis.assertion) == ("problem list", "affirmed")
    assert cancer.assertion == POSSIBLE
    assert (pneumonia.assertion, pneumonia.get("abatement")) == (HISTORICAL, "2026-01-01")
    assert (anxiety.status, anxiety.assertion) == ("deleted", NEGATED)
    assert "Possible Lung cancer" in chart.document("entries").text
    assert "past medical history" in [s.name for s in chart.document("entries").sections]


def test_why_a_study_was_done_and_what_was_billed_for_it():
    chart = one(
        msh("ORU^R01"),
        PID,
        PV1,
        seg(
            "OBR",
            f4="CT^CT chest^L",
            f7="20260303",
            f13="Cough for weeks",
            f25="F",
            f31="R05.9^Cough^I10C",
            f44="71250^^C4",
        ),
        "OBX|1|TX|CT&IMP^CT chest||No nodule.||||||F",
    )
    reason = fact(chart, "diagnosis")
    assert (reason.code, reason.get("category")) == (Code(ICD10CM, "R05.9"), "reason for study")
    assert fact(chart, "procedure").code == Code(CPT, "71250")
    assert fact(chart, "order").text == "CT chest"
    assert chart.document("C1 comments").text == "Cough for weeks"


def test_a_report_is_one_document_with_its_names_as_headings():
    chart = one(
        msh("ORU^R01"),
        PID,
        PV1,
        seg("OBR", f4="71046^Chest film^C4", f7="20260303", f24="RAD", f25="F"),
        "OBX|1|TX|71046&GDT^Chest film||There is a patchy opacity.||||||F",
        "OBX|2|TX|71046&GDT^Chest film||The heart is normal.||||||F",
        "OBX|3|FT|71046&IMP^Chest film||1. Pneumonia.\\.br\\2. No effusion.||||||F",
        "NTE|1||Called to the ward.",
        "OBX|4|TX|71046&IMP^Chest film||Withdrawn words||||||D",
    )
    report = chart.documents[0]
    assert report.text == (
        "DESCRIPTION:\nThere is a patchy opacity.\nThe heart is normal.\n\n"
        "IMPRESSION:\n1. Pneumonia.\n2. No effusion.\nCalled to the ward."
    )
    assert (report.kind, report.on, report.author) == ("radiology report", date(2026, 3, 3), "provider")
    assert (fact(chart, "procedure").code, fact(chart, "procedure").status) == (Code(CPT, "71046"), "done")
    assert "impression" in {s.name for s in report.sections} or "assessment" in {s.name for s in report.sections}
    assert any("OBX[4] was taken back" in r for r in chart.remarks)


def test_a_laboratory_text_is_by_the_laboratory():
    chart = one(
        msh("ORU^R01"),
        PID,
        PV1,
        seg("OBR", f4="CX^Culture^L", f7="20260303", f24="MB", f25="F"),
        "OBX|1|TX|CX^Culture||Growth",
    )
    assert chart.documents[0].author == "laboratory"


def test_a_document_of_an_mdm_has_its_kind_and_its_facts():
    chart = one(
        msh("MDM^T02"),
        PID,
        PV1,
        seg("TXA", f2="DS", f4="20260306", f9="77^HALE^IDA^^^^MD", f12="DOC-5", f17="AU"),
        "OBX|1|ST|N^Note||DISCHARGE MEDICATIONS: metformin 500 mg by mouth twice daily.",
        "OBX|2|ST|N^Note||DISCHARGE DIAGNOSIS: Type 2 diabetes.",
    )
    note = chart.document("DOC-5")
    assert (note.kind, note.on, note.author) == ("discharge summary", date(2026, 3, 6), "provider")
    drug = fact(chart, "medication")
    assert (drug.get("generic"), drug.get("dose"), drug.evidence[0].document) == ("metformin", "500 mg", "DOC-5")


def test_an_unfinished_document_is_told_and_a_withdrawn_one_left_out():
    assert (
        "in progress"
        in one(msh("MDM^T02"), PID, PV1, seg("TXA", f2="PR", f12="D1", f17="IP"), "OBX|1|TX|N||Words").remarks[0]
    )
    gone = one(msh("MDM^T11"), PID, PV1, seg("TXA", f2="PR", f12="D1"), "OBX|1|TX|N||Pneumonia.")
    assert gone.documents == ()
    assert "was cancelled and is left out" in gone.remarks[0]


@pytest.mark.parametrize(
    ("kind", "encoding", "data"),
    [
        ("text^plain", "Base64", base64.b64encode(b"IMPRESSION: Pneumonia.").decode()),
        ("text^rtf", "Base64", base64.b64encode(rb"{\rtf1\ansi IMPRESSION: Pneumonia.}").decode()),
        ("text^html", "Base64", base64.b64encode(b"<html><body><p>IMPRESSION: Pneumonia.</p></body></html>").decode()),
        ("text^plain", "Hex", b"IMPRESSION: Pneumonia.".hex()),
        ("text^plain", "A", r"IMPRESSION: Pneumonia.\.br\Rest."),
    ],
)
def test_an_embedded_document_is_read(kind, encoding, data):
    chart = one(msh("MDM^T02"), PID, PV1, f"OBX|1|ED|D^Doc||^{kind}^{encoding}^{data}||||||F")
    assert chart.documents[0].text.strip().startswith("IMPRESSION: Pneumonia.")
    assert chart.documents[0].id == "C1 OBX[1]"


def test_an_embedded_pdf_is_read(pdf):
    data = base64.b64encode(pdf([(72, 700, "IMPRESSION: Pneumonia.")])).decode()
    chart = one(msh("MDM^T02"), PID, PV1, f"OBX|1|ED|D^Doc||^application^pdf^Base64^{data}||||||F")
    assert "Pneumonia" in chart.documents[0].text


def test_an_embedded_c_cda_is_read():
    document = """<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
    <code code="11506-3" codeSystem="2.16.840.1.113883.6.1"/>
    <title>Progress note</title><component><structuredBody><component><section>
    <code code="51848-0" codeSystem="2.16.840.1.113883.6.1"/><title>Assessment</title>
    <text>Pneumonia of the left lung.</text>
    </section></component></structuredBody></component></ClinicalDocument>"""
    data = base64.b64encode(document.encode()).decode()
    chart = one(msh("MDM^T02"), PID, PV1, f"OBX|1|ED|D^Doc||^text^xml^Base64^{data}||||||F")
    assert "Pneumonia of the left lung." in chart.documents[0].text


def test_messages_with_one_control_id_keep_their_documents_apart():
    chart = one(
        msh("MDM^T02"),
        PID,
        PV1,
        "OBX|1|ED|D^Doc||^text^plain^A^Takes aspirin 81 mg daily.||||||F",
        msh("MDM^T02"),
        PID,
        PV1,
        "OBX|1|ED|D^Doc||^text^plain^A^Takes apixaban 5 mg daily.||||||F",
    )
    assert len({d.id for d in chart.documents}) == len(chart.documents) == 2
    assert [f.get("generic") for f in chart.facts] == ["aspirin", "apixaban"]


@pytest.mark.parametrize(
    ("data", "why"), [("%%%not base64", "is damaged: it is not Base64"), ("", "is empty"), ("AAECAw==", "is not read")]
)
def test_an_embedded_document_that_cannot_be_read_is_told(data, why):
    chart = one(msh("MDM^T02"), PID, PV1, f"OBX|1|ED|D^Doc||^text^plain^Base64^{data}||||||F")
    assert any(why in remark for remark in chart.remarks)


def test_pictures_are_passed_over():
    chart = one(msh("ORU^R01"), PID, PV1, "OBX|1|ED|D^Scan||^image^JPEG^Base64^AAECAw==||||||F")
    assert (chart.documents, chart.remarks) == ((), ())


def test_messages_of_one_visit_are_one_chart():
    chart = one(
        msh("ADT^A01", control="1"),
        PID,
        ADMIT,
        "DG1|1||R07.9^Pain^I10C|||A",
        msh("ORU^R01", control="2"),
        PID,
        seg("PV1", f2="I", f19="V100"),
        "OBR|1||F1|K^K^L|||20260303",
        "OBX|1|NM|2823-3^Potassium^LN||3.1|mmol/L||L|||P|||202603030600",
        msh("ORU^R01", control="3"),
        PID,
        seg("PV1", f2="I", f19="V100"),
        "OBR|1||F1|K^K^L|||20260303",
        "OBX|1|NM|2823-3^Potassium^LN||3.3|mmol/L||L|||F|||202603030600",
        msh("ADT^A03", control="4"),
        "EVN|A03|20260306",
        PID,
        seg("PV1", f2="I", f19="V100", f36="06"),
        seg("DG1", f3="I21.4^NSTEMI^I10C", f6="F", f15="1"),
        "DG1|2||R07.9^Pain^I10C|||A",
    )
    stay = chart.encounter
    assert (stay.first, stay.last, stay.disposition) == (date(2026, 3, 2), date(2026, 3, 6), "06")
    assert [(f.code.value, f.get("role")) for f in chart.facts if f.kind == "diagnosis"] == [
        ("R07.9", "admitting"),
        ("I21.4", "principal"),
    ]
    assert [(f.get("value"), f.status, f.get("message")) for f in chart.facts if f.kind == "lab"] == [
        ("3.3", "final", "3")
    ]


def test_two_visits_and_two_patients_are_different_charts():
    visit = seg("PV1", f2="O", f19="{}", f44="20260302")
    found = charts(
        msh(control="1"),
        PID,
        visit.format("V1"),
        msh(control="2"),
        PID,
        visit.format("V2"),
        msh(control="3"),
        PID.replace("4711", "4712"),
        visit.format("V1"),
    )
    assert [c.id for c in found] == ["text#V1", "text#V2", "text#V1 (2)"]


def test_a_message_may_speak_of_several_visits():
    second = PV1.replace("V100", "V200").replace("20260302", "20260402").replace("20260306", "20260403")
    found = charts(msh("BAR^P01"), PID, PV1, "DG1|1||I10^HTN^I10C|||F", second, "DG1|1||E11.9^DM^I10C|||F")
    assert [(c.id, [f.code.value for f in c.facts]) for c in found] == [
        ("text#V100", ["I10"]),
        ("text#V200", ["E11.9"]),
    ]


def test_a_cancelled_admission_leaves_nothing_to_code():
    chart = one(
        msh("ADT^A01", control="1"), PID, ADMIT, "DG1|1||I10^HTN^I10C|||A", msh("ADT^A11", control="2"), PID, ADMIT
    )
    assert chart.remarks == ("the admission was cancelled (ADT A11)",)
    assert [(f.status, f.assertion) for f in chart.facts] == [("cancelled", NEGATED)]
    again = one(
        msh("ADT^A01", control="1"),
        PID,
        ADMIT,
        msh("ADT^A11", control="2"),
        PID,
        ADMIT,
        msh("ADT^A01", control="3"),
        PID,
        ADMIT,
        "DG1|1||I10^HTN^I10C|||A",
    )
    assert [f.assertion for f in again.facts] == ["affirmed"]


def test_a_cancelled_discharge_opens_the_stay_again():
    chart = one(msh("ADT^A03", control="1"), PID, PV1, msh("ADT^A13", control="2"), PID, ADMIT)
    assert (chart.encounter.last, chart.encounter.disposition) == (None, None)
    assert chart.remarks == ("the discharge was cancelled (ADT A13)",)


def test_a_new_version_of_a_document_replaces_the_old_one():
    chart = one(
        msh("MDM^T02", control="1"),
        PID,
        PV1,
        seg("TXA", f2="PR", f12="D1", f17="AU"),
        "OBX|1|TX|N||Takes aspirin 81 mg daily.",
        msh("MDM^T08", control="2"),
        PID,
        PV1,
        seg("TXA", f2="PR", f12="D1", f17="AU"),
        "OBX|1|TX|N||Takes warfarin 5 mg daily.",
        msh("MDM^T10", control="3"),
        PID,
        PV1,
        seg("TXA", f2="PR", f12="D2", f13="D1", f17="AU"),
        "OBX|1|TX|N||Takes apixaban 5 mg daily.",
    )
    assert [d.id for d in chart.documents] == ["D2"]
    assert [f.get("generic") for f in chart.facts] == ["apixaban"]


def test_a_day_before_the_admission_is_no_discharge():
    chart = one(msh(), PID, PV1.replace("20260306", "20260201"))
    assert chart.encounter.last is None
    assert "before the admission" in chart.remarks[0]


def test_what_the_caller_says_fills_gaps():
    data = "\r".join([msh("ORU^R01", when=""), "PID|1||4711", "OBX|1|NM|1^K^L||3"]).encode()
    (chart,) = read(data, setting="ed", day=date(2026, 3, 2), sex="M", age=40)
    assert (chart.encounter.setting, chart.encounter.first, chart.patient.sex, chart.patient.age) == (
        "ed",
        date(2026, 3, 2),
        "M",
        40,
    )


@pytest.mark.parametrize(
    ("segments", "why"),
    [
        ((msh(), "PV1|1|I"), "no PID segment"),
        ((msh(version="3.0"), PID), "version that is not HL7 v2"),
        ((r"MSH|^^^^|A", PID), "do not declare the separators"),
        ((msh(), "garbage here", PID), "line 2 of the message is no segment"),
    ],
)
def test_a_bad_message_is_refused_with_its_place_and_the_good_ones_are_read(segments, why):
    found = charts(*segments, msh(control="9"), PID, PV1)
    refused = [c for c in found if isinstance(c, Unreadable)]
    good = [c for c in found if isinstance(c, Chart)]
    assert len(refused) == len(good) == 1
    assert why in refused[0].why
    assert refused[0].place == "message 1, line 1"
    assert refused[0].record.startswith(b"MSH|")
    assert "ROE" not in str(refused[0])


@pytest.mark.parametrize(
    ("segments", "why"),
    [
        ((msh("ACK"), "MSA|AA|1"), "an acknowledgement (ACK)"),
        ((msh("MFN^M02"), "MFI|1"), "a master file (MFN)"),
        ((msh("QBP^Q22"), "QPD|1"), "a query (QBP)"),
        ((msh("ADT^A40"), PID, "MRG|4712"), "merges or moves identifiers (ADT A40)"),
    ],
)
def test_a_message_without_anything_to_code_says_what_it_is(segments, why):
    (refused,) = charts(*segments)
    assert isinstance(refused, NothingToCode)
    assert why in refused.why


def test_batches_are_opened_and_counted():
    body = (msh(), PID, PV1)
    assert len(charts(r"FHS|^~\&|A", r"BHS|^~\&|A", *body, "BTS|1", "FTS|1")) == 1
    cut = charts(r"FHS|^~\&|A", r"BHS|^~\&|A", *body)
    assert "ends before its trailer (FTS)" in str(cut[0])
    lost = charts(r"BHS|^~\&|A", *body, "BTS|3")
    assert "promises 3 message(s), but 1 came" in str(lost[0])
    assert isinstance(lost[1], Chart)
    (empty,) = charts(r"BHS|^~\&|A", "BTS|0")
    assert "nothing to code" in str(empty)


def test_a_resent_message_counts_once():
    body = (msh("ORU^R01"), PID.replace("ACC9", ""), "OBX|1|NM|1^K^L||3||||||F")
    chart = one(*body, *body)
    assert chart.id == "text#C1"
    assert len(chart.facts) == 1


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("chartcode.collect.hl7v2.reader.LIMIT", 10)
    (refused,) = charts(msh(), PID, PV1)
    assert "more than the" in str(refused)


def test_every_shared_record_is_read_or_refused_rightly(shared):
    files = sorted((shared / "records" / "hl7v2").iterdir())
    found = {path.name: list(read(path)) for path in files}
    assert len(found) >= 70
    refused = {name: c for name, all_ in found.items() for c in all_ if isinstance(c, Unreadable)}
    assert {name.split("__")[-1] for name in refused} == {"ADT-A40-01.hl7", "ADT-A47-01.hl7"}
    assert all("merges or moves identifiers" in str(c) for c in refused.values())
    for name, all_ in found.items():
        text = next(p for p in files if p.name == name).read_bytes()
        for segment, kind in ((b"\nDG1|", "diagnosis"), (b"\nAL1|", "allergy"), (b"\nPR1|", "procedure")):
            if segment in text.replace(b"\r", b"\n"):
                assert any(f.kind == kind for c in all_ if isinstance(c, Chart) for f in c.facts), (name, kind)
