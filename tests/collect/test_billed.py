"""Cases of claims in FHIR."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.collect.billed import cases_of_claims
from chartcode.model.chart import CODED_ENTRIES, Chart, Document, Encounter, Fact, Span
from chartcode.model.code import CPT, ICD10CM, Code

SHEET = Document("sheet", "I10 Hypertension", CODED_ENTRIES)


def fact(kind, code, at="Claim/1.diagnosis[0]", system=ICD10CM, **said):
    pairs = (("category", "claim"), *said.items(), ("at", at))
    return Fact(kind, "x", (Span("sheet", 0, 3, "I10"),), Code(system, code), on=date(2026, 5, 1), attributes=pairs)


def one_case(*facts, setting="professional"):
    (case,) = cases_of_claims(Chart("c", (SHEET,), encounter=Encounter(setting, date(2026, 5, 1)), facts=facts))
    return case


def test_roles_ranks_and_indicators():
    case = one_case(
        fact("diagnosis", "W19.XXXA", rank="1", role="external cause"),
        fact("diagnosis", "E11.9", rank="10", poa="Y"),
        fact("diagnosis", "I10", rank="2", poa="?"),
        fact("diagnosis", "R06.02", role="admitting"),
        fact("diagnosis", "R05.9", role="reason for visit"),
        fact("diagnosis", "I50.23", rank="3", role="principal", poa="Y"),
        setting="inpatient",
    )
    assert [(d.code.value, d.role, d.poa) for d in case.diagnoses] == [
        ("I50.23", "principal", "Y"),
        ("I10", "secondary", None),
        ("E11.9", "secondary", "Y"),
        ("W19.XXXA", "secondary", None),
    ]
    assert case.admitting.code.value == "R06.02"


@pytest.mark.parametrize(("said", "units"), [("3", 3), ("2.5", 2), ("0", 1), ("", 1), ("many", 1), ("inf", 1)])
def test_lines(said, units):
    case = one_case(
        fact("diagnosis", "I10", rank="1"),
        fact("procedure", "99213", "Claim/1.item[0]", CPT, modifiers="25 59", units=said, pointers="1 9"),
    )
    (line,) = case.procedures
    assert (line.units, line.modifiers, line.pointers) == (units, ("25", "59"), ("I10",))


def test_each_claim_is_a_case_and_an_explanation_only_where_there_is_no_claim():
    first, second = fact("diagnosis", "I10", "Claim/1.diagnosis[0]"), fact("diagnosis", "E11.9", "Claim/2.diagnosis[0]")
    paid = fact("diagnosis", "I10", "ExplanationOfBenefit/1.diagnosis[0]")
    cases = list(cases_of_claims(Chart("c", facts=(first, second, paid))))
    assert [(c.chart.id, c.diagnosis_codes) for c in cases] == [("c", ("I10",)), ("c-2", ("E11.9",))]
    assert [c.diagnosis_codes for c in cases_of_claims(Chart("c", facts=(paid,)))] == [("I10",)]


def test_what_no_claim_form_has_is_counted_and_the_sheet_is_no_record():
    case = one_case(fact("diagnosis", "38341003", system="SNOMED CT"), fact("diagnosis", "I10"))
    assert case.diagnosis_codes == ("I10",)
    assert any("1 codes of other systems" in remark for remark in case.chart.remarks)
    assert case.chart.documents == ()
    assert not any(f.evidence for f in case.chart.facts)


def test_a_chart_without_a_claim_has_no_case():
    assert list(cases_of_claims(Chart("c", facts=(Fact("diagnosis", "x", code=Code(ICD10CM, "I10")),)))) == []
