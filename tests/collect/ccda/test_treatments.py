from __future__ import annotations

from datetime import date

import pytest
from tests.collect.ccda.conftest import T, problem, section, value

from chartcode.model.code import Code

DRUG = """<consumable><manufacturedProduct><manufacturedMaterial><code code="866511" codeSystem="2.16.840.1.113883.6.88"
displayName="metoprolol 25 MG"/><lotNumberText>A1</lotNumberText></manufacturedMaterial></manufacturedProduct>
</consumable>"""


def medication(inside: str = "", state: str = "active", mood: str = "EVN", template: str = f"{T}16") -> str:
    return f"""<substanceAdministration classCode="SBADM" moodCode="{mood}"><templateId root="{template}"/>
    <statusCode code="{state}"/><effectiveTime xsi:type="IVL_TS"><low value="20260302"/></effectiveTime>{inside}{DRUG}
    </substanceAdministration>"""


def test_a_drug(chart):
    inside = """<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>
    <routeCode displayName="Oral"/><doseQuantity value="25" unit="mg"/><precondition/>"""
    (fact,) = chart(section("10160-0", "Medications", "x", medication(inside))).facts
    assert (fact.kind, fact.text, fact.code, fact.on) == (
        "medication", "metoprolol 25 MG", Code("RxNorm", "866511"), date(2026, 3, 2),
    )  # fmt: skip
    got = [fact.get(name) for name in ("dose", "route", "frequency", "as needed")]
    assert got == ["25 mg", "Oral", "every 12 h", "yes"]


@pytest.mark.parametrize(
    ("code", "state", "mood", "status"),
    [
        ("10160-0", "active", "EVN", "home"),
        ("10160-0", "active", "INT", "ordered"),
        ("10160-0", "aborted", "EVN", "stopped"),
        ("10183-2", "active", "INT", "discharge"),
        ("29549-3", "completed", "EVN", "home"),
        ("8648-8", "completed", "EVN", "given"),
    ],
)
def test_the_status_of_a_drug(chart, code, state, mood, status):
    (fact,) = chart(section(code, "Drugs", "x", medication("", state, mood))).facts
    assert fact.status == status


def test_a_vaccine_and_one_that_was_refused(chart):
    entry = medication(template=f"{T}52", state="completed")
    (fact,) = chart(section("11369-6", "Immunizations", "x", entry)).facts
    assert (fact.kind, fact.get("lot"), fact.assertion) == ("immunization", "A1", "affirmed")
    (fact,) = chart(
        section("11369-6", "Immunizations", "x", entry.replace("classCode", 'negationInd="true" classCode'))
    ).facts
    assert fact.assertion == "negated"


def test_a_procedure_with_a_device_and_a_reason(chart):
    entry = f"""<procedure classCode="PROC" moodCode="EVN"><templateId root="{T}14"/>
    <code code="33208" codeSystem="2.16.840.1.113883.6.12" displayName="Pacemaker insertion"/>
    <statusCode code="completed"/><effectiveTime value="20260303"/>
    <targetSiteCode displayName="Chest"/><participant typeCode="DEV"><participantRole>
    <playingDevice><code code="14106009" codeSystem="2.16.840.1.113883.6.96" displayName="Pacemaker"/></playingDevice>
    </participantRole></participant><entryRelationship typeCode="RSON"><observation><templateId root="{T}19"/>
    {value("I44.2", display="Complete heart block")}</observation></entryRelationship></procedure>"""
    facts = chart(section("47519-4", "Procedures", "x", entry)).facts
    assert {(f.kind, f.text, f.code) for f in facts} == {
        ("procedure", "Pacemaker insertion", Code("CPT", "33208")),
        ("equipment", "Pacemaker", Code("SNOMED CT", "14106009")),
        ("diagnosis", "Complete heart block", Code("ICD-10-CM", "I44.2")),
    }
    done = next(f for f in facts if f.kind == "procedure")
    assert (done.get("site"), done.get("reason"), done.on) == (
        "Chest", "Complete heart block (ICD-10-CM I44.2)", date(2026, 3, 3),
    )  # fmt: skip
    assert next(f for f in facts if f.kind == "diagnosis").get("category") == "indication"


def test_what_is_only_planned_is_an_order(chart):
    entry = f"""<observation classCode="OBS" moodCode="RQO"><templateId root="{T}44"/><code code="310634005"
    codeSystem="2.16.840.1.113883.6.96" displayName="Colonoscopy"/><effectiveTime>
    <center value="20260401"/></effectiveTime>    </observation>"""
    (fact,) = chart(section("18776-5", "Plan", "x", entry)).facts
    assert (fact.kind, fact.text, fact.on, fact.get("mood")) == ("order", "Colonoscopy", date(2026, 4, 1), "RQO")


def test_supplies(chart):
    entry = f"""<supply classCode="SPLY" moodCode="EVN"><templateId root="{T}50"/><statusCode code="completed"/>
    <quantity value="1"/><participant typeCode="PRD"><participantRole><playingDevice><code code="E0143"
    codeSystem="2.16.840.1.113883.6.285" displayName="Walker, folding"/></playingDevice></participantRole></participant>
    </supply>"""
    (fact,) = chart(section("46264-8", "Equipment", "x", entry)).facts
    assert (fact.kind, fact.code, fact.get("quantity"), fact.status) == (
        "equipment",
        Code("HCPCS", "E0143"),
        "1",
        "supplied",
    )


def test_an_encounter_with_its_diagnosis(chart):
    entry = f"""<encounter classCode="ENC" moodCode="EVN"><templateId root="{T}49"/><code code="99213"
    codeSystem="2.16.840.1.113883.6.12" displayName="Office visit"/><effectiveTime value="20260302"/><entryRelationship>
    <act><templateId root="{T}80"/><entryRelationship>{problem(value())}</entryRelationship></act></entryRelationship>
    </encounter>"""
    diagnosis, visit = chart(section("46240-8", "Encounters", "x", entry)).facts
    assert (visit.kind, visit.code, visit.get("category")) == ("procedure", Code("CPT", "99213"), "encounter")
    assert (diagnosis.kind, diagnosis.get("category")) == ("diagnosis", "encounter diagnosis")
