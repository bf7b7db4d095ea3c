"""X12 claims and remittances: what they say as charts, as cases and as payments, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chartcode.collect import read
from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12 import case_of_claim, claims, remittances
from chartcode.model.case import ADMITTING, FIRST_LISTED, PRINCIPAL, SECONDARY, Case
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT, PROFESSIONAL, Chart
from chartcode.model.code import CPT, HCPCS, ICD9CM, ICD10CM, ICD10PCS, NDC, REVENUE, Code

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260302*0815*^*00501*000000001*0*P*:"
PERSON = (
    "HL*1**20*1", "NM1*85*2*MERCY CLINIC*****XX*1234567893", "HL*2*1*22*1", "SBR*P*18*******CI",
    "NM1*IL*1*ROE*ALEX****MI*M77", "DMG*D8*19580412*F", "NM1*PR*2*MUTUAL OF NOWHERE*****PI*MN1",
)  # fmt: skip
PRO, INST = "005010X222A1", "005010X223A3"


def file(*segments: str, guide: str = PRO, kind: str = "837", group: str = "HC") -> bytes:
    body = [f"ST*{kind}*0001*{guide}", "BHT*0019*00*1*20260302*0815*CH", *segments]
    whole = [
        ISA,
        f"GS*{group}*S*R*20260302*0815*1*X*{guide}",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return ("~".join(whole) + "~").encode()


def source(data: bytes) -> Source:
    return Source("text", "text", held=data)


def one(data: bytes) -> Chart:
    (only,) = read(data)
    assert isinstance(only, Chart), only
    return only


def case(data: bytes) -> Case:
    (claim,) = claims(source(data))
    assert not isinstance(claim, Unreadable), claim
    return case_of_claim(claim)


VISIT = file(
    *PERSON,
    "CLM*A1*240***11:B:1*Y*A*Y*Y",
    "HI*ABK:E1142*ABF:I10*ABN:W010XXA",
    "NM1*82*1*HALE*IDA****XX*1",
    "NTE*ADD*SEEN WITH INTERPRETER",
    "LX*1",
    "SV1*HC:99214:25*180*UN*1***1:2",
    "DTP*472*D8*20260302",
    "REF*6R*L1",
    "LX*2",
    "SV1*HC:J3301:::::KENALOG*60*UN*4*12**2:9",
    "DTP*472*RD8*20260302-20260303",
    "LIN**N4*00003029320",
    "CTP****4*ML",
)
STAY = file(
    *PERSON[:4],
    "NM1*IL*1*ROE*PAT****MI*M77",
    "NM1*PR*2*MUTUAL OF NOWHERE*****PI*MN1",
    "HL*3*2*23*0",
    "PAT*19",
    "NM1*QC*1*ROE*KIM",
    "DMG*D8*20200110*M",
    "CLM*B7*9100***11:A:1**A*Y*Y",
    "DTP*434*RD8*20260302-20260306",
    "DTP*435*DT*202603020815",
    "CL1*1*7*03",
    "HI*ABK:K352:::::::Y",
    "HI*ABJ:R109",
    "HI*APR:R1031",
    "HI*ABF:D649:::::::N*ABF:Z87891",
    "HI*ABN:Y838:::::::Y",
    "HI*BBR:0DTJ4ZZ:D8:20260303",
    "HI*BBQ:30233N1:D8:20260304",
    "HI*DR:343",
    "NM1*71*1*HALE*IDA",
    "SBR*S*18",
    "NM1*IL*1*OTHER*SUB",
    "NM1*82*1*NOT*MINE",
    "LX*1",
    "SV2*0120**8000*DA*4",
    "LX*2",
    "SV2*0450*HC:99283*1100*UN*1",
    "DTP*472*D8*20260302",
    guide=INST,
)


def test_a_professional_claim_as_a_chart():
    chart = one(VISIT)
    stay, who = chart.encounter, chart.patient
    assert (stay.setting, stay.first, stay.last) == (PROFESSIONAL, date(2026, 3, 2), date(2026, 3, 3))
    assert (stay.payer, stay.facility, stay.provider) == ("MUTUAL OF NOWHERE", "MERCY CLINIC", "IDA HALE")
    assert (who.sex, who.age, who.born, chart.id) == ("F", 67, date(1958, 4, 12), "text#A1")
    found = [(f.code, f.get("role"), f.get("at")) for f in chart.facts if f.kind == "diagnosis"]
    assert found == [
        (Code(ICD10CM, "E11.42"), "principal", "HI[1]-1"),
        (Code(ICD10CM, "I10"), "secondary", "HI[1]-2"),
        (Code(ICD10CM, "W01.0XXA"), "external cause", "HI[1]-3"),
    ]
    visit, drug = [f for f in chart.facts if f.kind == "procedure"]
    assert (visit.code, visit.on, visit.author, visit.status) == (
        Code(CPT, "99214"), date(2026, 3, 2), "coder", "billed",
    )  # fmt: skip
    assert {n: visit.get(n) for n in ("modifiers", "units", "charge", "place", "pointers", "at")} == {
        "modifiers": "25", "units": "1", "charge": "180", "place": "11", "pointers": "1 2", "at": "LX[1]",
    }  # fmt: skip
    assert (drug.text, drug.code, drug.get("ndc"), drug.get("until"), drug.get("place")) == (
        "KENALOG", Code(HCPCS, "J3301"), "00003029320", "2026-03-03", "12",
    )  # fmt: skip
    (given,) = [f for f in chart.facts if f.kind == "medication"]
    assert (given.code, given.get("dose")) == (Code(NDC, "00003029320"), "4 ML")
    assert chart.document("claim notes").text == "SEEN WITH INTERPRETER"
    for fact in chart.facts:
        (span,) = fact.evidence
        assert chart.document(span.document).text[span.start : span.end] == span.text == fact.text


def test_an_institutional_claim_of_a_dependent():
    chart = one(STAY)
    stay = chart.encounter
    assert (stay.setting, stay.first, stay.last, stay.disposition) == (
        INPATIENT, date(2026, 3, 2), date(2026, 3, 6), "03",
    )  # fmt: skip
    assert (chart.patient.sex, chart.patient.age, stay.provider) == ("M", 6, "IDA HALE")
    assert [f.code.value for f in chart.facts if f.get("drg") == "343"] == ["K35.2"]
    roles = {f.code.value: (f.get("role"), f.get("poa")) for f in chart.facts if f.kind == "diagnosis"}
    assert roles == {
        "K35.2": ("principal", "Y"), "R10.9": ("admitting", None), "R10.31": ("reason for visit", None),
        "D64.9": ("secondary", "N"), "Z87.891": ("secondary", None), "Y83.8": ("external cause", "Y"),
    }  # fmt: skip
    operations = [(f.code, f.on, f.get("role")) for f in chart.facts if f.code and f.code.system == ICD10PCS]
    assert operations == [
        (Code(ICD10PCS, "0DTJ4ZZ"), date(2026, 3, 3), "principal"),
        (Code(ICD10PCS, "30233N1"), date(2026, 3, 4), "other"),
    ]
    room = next(f for f in chart.facts if f.get("revenue") == "0120")
    assert (room.code, room.get("units"), room.get("unit")) == (Code(REVENUE, "0120"), "4", "DA")


@pytest.mark.parametrize(
    ("bill", "revenue", "setting"),
    [("11", "0120", INPATIENT), ("21", "0120", INPATIENT), ("18", "0120", INPATIENT), ("13", "0450", ED),
     ("13", "0360", OUTPATIENT), ("85", "0510", OUTPATIENT), ("12", "0300", OUTPATIENT)],
)  # fmt: skip
def test_the_type_of_bill_is_the_setting(bill, revenue, setting):
    data = file(*PERSON, f"CLM*C*1***{bill}:A:1", "DTP*434*D8*20260302", "LX*1", f"SV2*{revenue}**1*UN*1", guide=INST)
    assert one(data).encounter.setting == setting


def test_a_patient_who_is_still_there_has_no_last_day():
    data = file(*PERSON, "CLM*C*1***11:A:2", "DTP*434*RD8*20260302-20260331", "CL1*1*7*30", guide=INST)
    stay = one(data).encounter
    assert (stay.first, stay.last, stay.disposition) == (date(2026, 3, 2), None, "30")


def test_a_claim_as_a_case():
    found = case(VISIT)
    assert [(d.code.value, d.role) for d in found.diagnoses] == [
        ("E11.42", FIRST_LISTED), ("I10", SECONDARY), ("W01.0XXA", SECONDARY),
    ]  # fmt: skip
    assert [(p.code.value, p.modifiers, p.units, p.on, p.pointers) for p in found.procedures] == [
        ("99214", ("25",), 1, date(2026, 3, 2), ("E11.42", "I10")),
        ("J3301", (), 4, date(2026, 3, 2), ("I10",)),
    ]
    assert found.chart.documents == ()
    assert found.chart.remarks == ("service line 2 points to a diagnosis that the claim does not have",)


def test_a_stay_as_a_case():
    found = case(STAY)
    assert [(d.code.value, d.role, d.poa) for d in found.diagnoses] == [
        ("K35.2", PRINCIPAL, "Y"), ("D64.9", SECONDARY, "N"), ("Z87.891", SECONDARY, None), ("Y83.8", SECONDARY, "Y"),
    ]  # fmt: skip
    assert found.admitting is not None
    assert (found.admitting.code.value, found.admitting.role) == ("R10.9", ADMITTING)
    assert [p.code.value for p in found.procedures] == ["0DTJ4ZZ", "30233N1", "99283"]
    assert found.inpatient


def test_a_claim_that_voids_an_earlier_one_leaves_nothing_to_code():
    chart = one(VISIT.replace(b"11:B:1", b"11:B:8"))
    assert {(f.status, f.assertion) for f in chart.facts} == {("cancelled", "negated")}
    assert any("voids an earlier one" in r for r in chart.remarks)
    assert "the claim replaces an earlier one" in one(VISIT.replace(b"11:B:1", b"11:B:7")).remarks


def test_an_accident_is_told():
    chart = one(VISIT.replace(b"HI*ABK", b"DTP*439*D8*20260301~HI*ABK"))
    assert "the claim is for an accident on 2026-03-01" in chart.remarks


def test_icd_9_codes_of_an_old_claim():
    data = file(*PERSON, "CLM*A*1***11:B:1", "HI*BK:25000*BF:V1582*BN:E8190", guide="004010X098A1")
    assert [f.code for f in one(data).facts] == [
        Code(ICD9CM, "250.00"), Code(ICD9CM, "V15.82"), Code(ICD9CM, "E819.0"),
    ]  # fmt: skip


def test_several_principal_diagnoses_are_told_and_the_first_counts():
    chart = one(file(*PERSON, "CLM*A*1***11:B:1", "HI*ABK:I10", "HI*ABK:E119"))
    assert [f.get("role") for f in chart.facts] == ["principal", "secondary"]
    assert "several principal diagnoses" in chart.remarks[0]


def test_a_service_without_a_line_number_is_a_line():
    chart = one(file(*PERSON, "CLM*A*1***11:B:1", "HI*ABK:I10", "SV1*HC:99213*1*UN*1***1", "SV1*HC:36415*1*UN*1***1"))
    assert [f.code.value for f in chart.facts if f.kind == "procedure"] == ["99213", "36415"]


def test_claims_of_a_file_have_different_ids_and_their_own_patients():
    other = (
        "HL*3*1*22*0",
        "SBR*P*18",
        "NM1*IL*1*DOE*SAM****MI*M9",
        "DMG*D8*19900101*M",
        "CLM*A*1***11:B:1",
        "HI*ABK:I10",
    )
    charts = list(read(file(*PERSON, "CLM*A*1***11:B:1", "HI*ABK:E119", *other)))
    assert [(c.id, c.patient.sex, len(c.facts)) for c in charts] == [("text#A", "F", 1), ("text#A (2)", "M", 1)]


def test_a_dental_claim_is_refused_by_name():
    (refused,) = read(file(*PERSON, "CLM*A*1***11:B:1", "LX*1", "SV3*AD:D0120*1", guide="005010X224A2"))
    assert "a dental claim (837D)" in str(refused)
    assert "transaction 1" in str(refused)


@pytest.mark.parametrize(
    ("kind", "what"),
    [("270", "eligibility inquiry"), ("271", "eligibility response"), ("276", "claim status request"),
     ("277", "claim status response"), ("278", "authorization"), ("820", "premium payment"), ("834", "enrollment"),
     ("999", "implementation acknowledgement"), ("997", "functional acknowledgement"), ("850", "unknown kind")],
)  # fmt: skip
def test_what_is_neither_claim_nor_remittance_is_refused_by_name(kind, what):
    (refused,) = read(file("REF*1*2", kind=kind, guide="005010X1"))
    assert what in str(refused)


def test_an_interchange_acknowledgement_is_refused_by_name():
    (refused,) = read(f"{ISA}~TA1*000000001*260302*0815*A*000~IEA*0*000000001~".encode())
    assert "an interchange acknowledgement (TA1)" in str(refused)


def test_good_claims_go_on_beside_what_is_refused():
    mixed = (
        VISIT.replace(b"IEA*1*000000001~", b"") + b"GS*HS*S*R*20260302*0815*2*X*005010X279A1~ST*270*2~SE*2*2~GE*1*2~"
    )
    found = list(read(mixed + b"IEA*2*000000001~"))
    assert isinstance(found[0], Chart)
    assert "eligibility inquiry" in str(found[1])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (VISIT[: VISIT.index(b"LX*2")], "cut off: the file ends before its trailer"),
        (file(*PERSON), "no claim (CLM)"),
        (f"{ISA}~IEA*0*000000001~".encode(), "no transaction (ST)"),
        (VISIT[VISIT.index(b"GS*") :], "declares the separators"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(data, why):
    (refused,) = read(data)
    assert isinstance(refused, Unreadable)
    assert why in str(refused)
    assert "ROE" not in str(refused)


REMITTANCE = file(
    "BPR*I*150*C*ACH*CCP***********20260401",
    "TRN*1*T900",
    "N1*PR*MUTUAL OF NOWHERE",
    "N1*PE*MERCY CLINIC*XX*1234567893",
    "LX*1",
    "CLP*A1*1*240*160*20*CI*P55*11*1",
    "NM1*QC*1*ROE*ALEX****MI*M77",
    "NM1*82*1*HALE*IDA",
    "MOA***MA01*MA18",
    "DTM*232*20260302",
    "DTM*233*20260303",
    "SVC*HC:99214:25*180*160**1",
    "DTM*472*20260302",
    "CAS*PR*3*20",
    "REF*6R*L1",
    "AMT*B6*180",
    "SVC*HC:J3301*60*0**0**4",
    "DTM*472*20260302",
    "CAS*CO*45*10**50*50*4",
    "LQ*HE*N115",
    "CLP*B7*4*9100*0**CI*P56*11*1**343",
    "CAS*CO*29*9100",
    "PLB*1234567893*20261231*WO:P12*10",
    guide="005010X221A1",
    kind="835",
    group="HP",
)


def test_a_remittance():
    (found,) = remittances(source(REMITTANCE))
    assert not isinstance(found, Unreadable)
    assert (found.payer, found.payee, found.payee_id, found.amount, found.on, found.trace, found.method) == (
        "MUTUAL OF NOWHERE", "MERCY CLINIC", "1234567893", Decimal(150), date(2026, 4, 1), "T900", "ACH",
    )  # fmt: skip
    visit, stay = found.claims
    assert (visit.id, visit.status, visit.charge, visit.paid, visit.patient_owes, visit.payer_control) == (
        "A1", "1", Decimal(240), Decimal(160), Decimal(20), "P55",
    )  # fmt: skip
    assert (visit.first, visit.last, visit.remarks, visit.provider) == (
        date(2026, 3, 2), date(2026, 3, 3), ("MA01", "MA18"), "IDA HALE",
    )  # fmt: skip
    first, second = visit.lines
    assert (first.code, first.modifiers, first.allowed, first.control) == (
        Code(CPT, "99214"), ("25",), Decimal(180), "L1",
    )  # fmt: skip
    assert [(a.group, a.reason, a.amount, a.quantity) for a in second.adjustments] == [
        ("CO", "45", Decimal(10), Decimal(0)), ("CO", "50", Decimal(50), Decimal(4)),
    ]  # fmt: skip
    assert (second.remarks, second.units) == (("N115",), Decimal(0))
    assert stay.denied
    assert stay.drg == "343"
    assert not visit.denied
    assert [(p.reason, p.reference, p.amount) for p in found.adjustments] == [("WO", "P12", Decimal(10))]
    assert found.out_of_balance == visit.out_of_balance == stay.out_of_balance == first.out_of_balance == 0
    assert "ROE" not in repr(found)
    assert "M77" not in repr(found)


def test_a_payment_as_a_chart():
    visit, stay = read(REMITTANCE)
    assert (visit.id, visit.encounter.payer, visit.encounter.first) == (
        "text#A1",
        "MUTUAL OF NOWHERE",
        date(2026, 3, 2),
    )
    assert [(f.code.value, f.status, f.get("paid"), f.get("adjustments")) for f in visit.facts] == [
        ("99214", "paid", "160", "PR-3:20"), ("J3301", "denied", "0", "CO-45:10 CO-50:50"),
    ]  # fmt: skip
    assert stay.remarks[0] == "the payer answered: denied"
    assert stay.encounter.setting == INPATIENT


def test_an_inpatient_adjudication_is_of_a_stay():
    data = file(
        "BPR*I*5*C*CHK************20260401", "CLP*B7*1*9*5", "MIA*1***5", guide="005010X221A1", kind="835", group="HP"
    )
    assert one(data).encounter.setting == INPATIENT


def test_a_remittance_that_does_not_add_up_says_so():
    (found, _) = read(REMITTANCE.replace(b"CAS*PR*3*20", b"CAS*PR*3*19"))
    assert any("does not add up" in r for r in found.remarks)


def test_claims_are_no_remittances_and_the_other_way_round():
    (refused,) = remittances(source(VISIT))
    assert "a claim (837); remittances (835) are read here" in str(refused)
    (refused,) = claims(source(REMITTANCE))
    assert "a remittance advice (835); claims" in str(refused)


def test_a_claim_shows_no_name():
    (claim,) = claims(source(VISIT))
    assert "ROE" not in repr(claim)
    assert "M77" not in repr(claim)


def _records(shared: Path) -> list[Path]:
    folder = shared / "records" / "x12"
    return [p for p in sorted(folder.rglob("*")) if p.is_file() and p.read_bytes().startswith(b"ISA")]


def test_every_shared_record_is_read_or_refused_rightly(shared):
    seen = {"837": 0, "835": 0, "other": 0}
    for path in _records(shared):
        data = path.read_bytes()
        found = list(read(path))
        assert found, path.name
        kind = next((k for k in ("837", "835") if f"ST*{k}".encode() in data), "other")
        seen[kind] += 1
        if kind == "other":
            assert all(isinstance(c, Unreadable) and c.why.startswith("this is a") for c in found), path.name
            continue
        charts = [c for c in found if isinstance(c, Chart)]
        marks = data.count(b"~CLM*") + data.count(b"\nCLM*") + data.count(b"~CLP*") + data.count(b"\nCLP*")
        assert len(charts) == len(found) == marks, path.name
        if kind == "837":
            assert all(any(f.kind == "diagnosis" for f in c.facts) for c in charts), path.name
    assert seen["837"] >= 45
    assert seen["835"] >= 6
    assert seen["other"] >= 40
