from __future__ import annotations

from datetime import date

import pytest
from tests.collect.ccda.conftest import ICD, SNOMED, T, problem, section, value

from chartcode.model.code import Code

LOW = '<effectiveTime><low value="20250110"/></effectiveTime>'
OVER = '<effectiveTime><low value="2020"/><high value="20210101"/></effectiveTime>'
ACT = '<act><templateId root="{}"/><statusCode code="active"/><entryRelationship>{}</entryRelationship></act>'


@pytest.mark.parametrize(
    ("code", "entry", "assertion", "category"),
    [
        ("11450-4", ACT.format(f"{T}3", problem(value(), LOW)), "affirmed", "problem list"),
        ("11450-4", ACT.format(f"{T}3", problem(value(), OVER)), "historical", "problem list"),
        ("11450-4", problem(value(), negationInd="true"), "negated", "problem list"),
        ("11450-4", problem(value(display="Suspected gout")), "possible", "problem list"),
        ("11348-0", problem(value()), "historical", "past"),
        ("11535-2", ACT.format(f"{T}33", problem(value(), OVER)), "affirmed", "encounter diagnosis"),
        ("46241-6", ACT.format(f"{T}34", problem(value())), "affirmed", "admission diagnosis"),
        ("46240-8", ACT.format(f"{T}80", problem(value())), "affirmed", "encounter diagnosis"),
        ("51848-0", problem(value()), "affirmed", "encounter diagnosis"),
    ],
)
def test_how_a_problem_is_meant(chart, code, entry, assertion, category):
    (fact,) = chart(section(code, "Problems", "x", entry)).facts
    assert (fact.kind, fact.assertion, fact.get("category")) == ("diagnosis", assertion, category)
    assert fact.code == Code("ICD-10-CM", "I10")


def test_the_status_that_is_said_inside(chart):
    state = f"""<entryRelationship><observation><templateId root="{T}6"/><value xsi:type="CD" code="413322009"
    displayName="Resolved"/></observation></entryRelationship>"""
    (fact,) = chart(section("11450-4", "Problems", "x", problem(value(), state))).facts
    assert (fact.status, fact.assertion) == ("resolved", "historical")


def test_translations_are_kept_and_the_american_code_speaks(chart):
    both = value(
        "59621000", SNOMED, "Essential hypertension", f'<translation code="I10" codeSystem="{ICD}"/>'
        '<translation code="401.9" codeSystem="2.16.840.1.113883.6.103"/>'
        '<qualifier><name displayName="Finding site"/><value code="1" displayName="Left arm"/></qualifier>',
    )  # fmt: skip
    (fact,) = chart(section("11450-4", "Problems", "x", problem(both, LOW))).facts
    assert (fact.text, fact.code, fact.on) == ("Essential hypertension", Code("ICD-10-CM", "I10"), date(2025, 1, 10))
    assert fact.get("coding") == "SNOMED CT 59621000; ICD-10-CM I10; ICD-9-CM 401.9"
    assert fact.get("qualifiers") == "Finding site: Left arm (SNOMED CT 1)"


def test_the_words_are_those_that_the_entry_refers_to(chart):
    table = '<table><tbody><tr ID="r1"><td>Gout, left foot</td><td>Active</td></tr></tbody></table>'
    text = table + '<content ID="c1">HTN</content>'
    by_row = problem(value("M10.072", display="Gout, left foot"), '<text><reference value="#r1"/></text>')
    by_words = problem(value(inside='<originalText><reference value="#c1"/></originalText>'))
    found = chart(section("11450-4", "Problems", text, by_row, by_words))
    assert [f.evidence[0].text for f in found.facts] == ["Gout, left foot", "HTN"]
    assert len(found.documents) == 1
    for fact in found.facts:
        (span,) = fact.evidence
        assert found.documents[0].text[span.start : span.end] == span.text


def test_the_words_are_found_in_the_section_where_no_reference_leads(chart):
    found = chart(
        section(
            "11450-4", "Problems", "Hypertension. Gout.", problem(value()), problem(value("M10.9", display="Asthma"))
        )
    )
    first, second = found.facts
    assert (first.evidence[0].document, first.evidence[0].text) == ("text", "Hypertension")
    assert (second.evidence[0].document, second.evidence[0].text) == ("text entries", "Asthma")


def test_any_value_of_a_classification_is_a_diagnosis(chart):
    other = (
        f'<observation classCode="OBS" moodCode="EVN"><templateId root="1.2.3"/><code code="x"/>{value()}</observation>'
    )
    (fact,) = chart(section("11450-4", "Problems", "x", other)).facts
    assert (fact.kind, fact.code) == ("diagnosis", Code("ICD-10-CM", "I10"))


def test_an_allergy_with_its_reaction(chart):
    reaction = f"""<entryRelationship><observation><templateId root="{T}9"/>
    <value xsi:type="CD" code="1" displayName="Hives"/><entryRelationship><observation>
    <templateId root="{T}8"/><value xsi:type="CD" code="2" displayName="Severe"/>
    </observation></entryRelationship></observation></entryRelationship>"""
    entry = f"""<act><templateId root="{T}30"/><statusCode code="active"/><entryRelationship><observation {{}}>
    <templateId root="{T}7"/><value xsi:type="CD" code="1" displayName="Allergy to drug"/><participant><participantRole>
    <playingEntity><code code="7980" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin"/></playingEntity>
    </participantRole></participant>{reaction}</observation></entryRelationship></act>"""
    (fact,) = chart(section("48765-2", "Allergies", "x", entry.format(""))).facts
    assert (fact.kind, fact.text, fact.code, fact.assertion) == (
        "allergy",
        "Penicillin",
        Code("RxNorm", "7980"),
        "affirmed",
    )
    assert (fact.get("reaction"), fact.get("severity"), fact.status) == ("Hives", "Severe", "active")
    (fact,) = chart(section("48765-2", "Allergies", "x", entry.format('negationInd="true"'))).facts
    assert fact.assertion == "negated"


def test_a_relative(chart):
    entry = f"""<organizer><templateId root="{T}45"/><subject><relatedSubject>
    <code displayName="Mother"/></relatedSubject></subject><component><observation>
    <templateId root="{T}46"/>{value("C50.919", display="Breast cancer")}
    <entryRelationship><observation><templateId root="{T}31"/><value xsi:type="PQ" value="51" unit="a"/></observation>
    </entryRelationship></observation></component></organizer>"""
    (fact,) = chart(section("10157-6", "Family history", "x", entry)).facts
    assert (fact.kind, fact.assertion, fact.get("relation"), fact.get("age")) == ("family", "family", "Mother", "51 a")
