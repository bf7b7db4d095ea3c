"""Coded entries as opinions, and what settle makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.collect.ccda.conftest import document, problem, section, value
from tests.collect.fhir.conftest import ICD, bundle, coded, encounter, of_patient, patient

from chartcode.assign.engines.structured import SURE, structured
from chartcode.collect import chart_from_text, read
from chartcode.collect.sheet import Entry, sheet
from chartcode.model.case import Case, Decision
from chartcode.model.chart import Chart, Encounter, Fact
from chartcode.model.code import ICD10CM, SNOMED, Code
from chartcode.pipeline import Coder

DAY = date(2026, 5, 1)


def diagnosis(code: str, text: str, assertion: str = "affirmed", system: str = ICD10CM, **attributes: str) -> Fact:
    pairs = tuple({"category": "encounter diagnosis", "at": f"Condition/{code}", **attributes}.items())
    return Fact("diagnosis", text, (), Code(system, code), assertion, attributes=pairs)


def chart_of(*facts: Fact, setting: str = "outpatient", note: str = "") -> Chart:
    """Return a chart of coded entries, each under its kind of list, and perhaps a note beside them."""
    sections = {"problem list": "problem list", "claim": "diagnosis"}
    entries = [Entry(sections.get(f.get("category") or "", "diagnosis"), f) for f in facts]
    set_down, placed = sheet("entries", entries, DAY)
    documents = [set_down] if set_down else []
    if note:
        documents.insert(0, chart_from_text(note, "note").documents[0])
    return Chart("case", tuple(documents), encounter=Encounter(setting, DAY, DAY), facts=placed)


@pytest.fixture(scope="module")
def coder(desk):
    return Coder(desk)


def why(case: Case, code: str) -> str:
    return next((r.why for r in case.rejected if r.code.value == code), "")


@pytest.mark.parametrize(
    ("category", "confidence"),
    [("encounter diagnosis", SURE), ("claim", SURE), ("charge", SURE), ("problem list", 0.4), ("unheard of", 0.6)],
)
def test_how_far_an_entry_speaks(category, confidence, books):
    (proposal,) = structured(Case(chart_of(diagnosis("I10", "Hypertension", category=category))), books)
    assert (proposal.code.value, proposal.by, proposal.confidence) == ("I10", "structured", confidence)
    assert proposal.evidence[0].span.text == "Hypertension"
    assert proposal.path == (books.icd10cm.title("I10"),)
    assert proposal.reasons == (f"coded in the record: {category}, Condition/I10",)


def test_a_fact_from_another_day_or_an_admitting_one_speaks_less(books):
    for attributes in ({"placed": "outside its days"}, {"role": "admitting"}):
        (proposal,) = structured(Case(chart_of(diagnosis("I10", "Hypertension", **attributes))), books)
        assert proposal.confidence == 0.5


@pytest.mark.parametrize(("written", "code"), [("G35", "G35.D"), ("i10", "I10"), ("E119", "E11.9")])
def test_a_code_is_followed_to_the_one_of_the_day(written, code, books):
    (proposal,) = structured(Case(chart_of(diagnosis(written, "words"))), books)
    assert (proposal.code.value, proposal.against) == (code, ())


def test_a_category_is_followed_by_its_words(books):
    (proposal,) = structured(Case(chart_of(diagnosis("M25.56", "Pain in left knee"))), books)
    assert proposal.code.value == "M25.562"


def test_other_systems_and_other_kinds_are_not_proposed(books):
    facts = (diagnosis("38341003", "Hypertension", system=SNOMED), Fact("lab", "I10", (), Code(ICD10CM, "I10")))
    assert not list(structured(Case(chart_of(*facts)), books))


def test_what_was_chosen_for_the_encounter_is_reported(coder):
    case = coder(chart_of(diagnosis("M10.9", "Podagra of some kind"), diagnosis("B35.1", "Nails")))
    assert set(case.diagnosis_codes) == {"M10.9", "B35.1"}
    assert {d.by for d in case.diagnoses} == {"structured"}
    assert all(d.evidence and d.confidence >= SURE for d in case.diagnoses)


def test_what_is_only_on_the_list_of_problems_is_not(coder):
    case = coder(chart_of(diagnosis("M10.9", "Gout", category="problem list"), diagnosis("I10", "Hypertension")))
    assert case.diagnosis_codes == ("I10",)
    assert "list of problems" in why(case, "M10.9")


def test_the_list_of_problems_and_the_note_together_may_do(coder):
    note = "OFFICE VISIT\nASSESSMENT AND PLAN:\n1. Hypertension, uncontrolled. Increase lisinopril.\n"
    case = coder(chart_of(diagnosis("I10", "Hypertension", category="problem list"), note=note))
    assert "I10" in case.diagnosis_codes
    assert {m.span.document for d in case.diagnoses for m in d.evidence} >= {"note"}


@pytest.mark.parametrize("assertion", ["negated", "possible", "family"])
def test_how_it_is_meant_counts(assertion, coder):
    case = coder(chart_of(diagnosis("J18.9", "Pneumonia", assertion), diagnosis("I10", "Hypertension")))
    assert case.diagnosis_codes == ("I10",)
    assert why(case, "J18.9")


def test_words_that_the_record_has_coded_are_not_coded_otherwise(coder):
    case = coder(chart_of(diagnosis("J20.8", "Acute bronchitis, unspecified")))
    assert case.diagnosis_codes == ("J20.8",)
    assert why(case, "J20.9") == "the record itself codes these words as J20.8"


def test_a_code_that_cannot_be_reported_is_told(coder):
    case = coder(chart_of(diagnosis("Z99.999", "nothing known"), diagnosis("I10", "Hypertension")))
    assert case.diagnosis_codes == ("I10",)
    assert "not a code that can be reported" in why(case, "Z99.999")


def test_rank_and_role_decide_who_leads_and_the_record_what_was_present(coder):
    facts = (
        diagnosis("I10", "Hypertension", category="claim", rank="2", poa="Y"),
        diagnosis("N39.0", "Urinary tract infection", category="claim", rank="3", poa="N"),
        diagnosis("M10.9", "Gout", category="claim", rank="1", role="principal", poa="Y"),
        diagnosis("R50.9", "Fever", category="claim", role="admitting"),
    )
    case = coder(chart_of(*facts, setting="inpatient"))
    first = case.diagnoses[0]
    assert (first.code.value, first.role, first.poa) == ("M10.9", "principal", "Y")
    assert {d.code.value: d.poa for d in case.diagnoses}["N39.0"] == "N"
    assert case.admitting.code.value == "R50.9"


def test_a_person_outranks_the_record(coder):
    case = coder(chart_of(diagnosis("M10.9", "Gout"), diagnosis("I10", "Hypertension")), [Decision("reject", "M10.9")])
    assert case.diagnosis_codes == ("I10",)


def test_words_in_another_system_are_read_like_text(coder):
    note = of_patient("Condition", "c", encounter={"reference": "Encounter/e"},
                      code=coded("http://snomed.info/sct", "38341003", "Hypertensive disorder"))  # fmt: skip
    (chart,) = read(bundle(patient(), encounter(kind="AMB"), note))
    case = coder(chart, today=DAY)
    assert "I10" in (*case.diagnosis_codes, *(r.code.value for r in case.rejected))


def test_the_name_of_a_classification_is_no_defibrillator(coder):
    laboratory = of_patient(
        "Condition", "c", encounter={"reference": "Encounter/e"}, code=coded(ICD, "I10", "Hypertension")
    )
    (chart,) = read(bundle(patient(), encounter(kind="AMB"), laboratory))
    assert "ICD-10-CM" in chart.documents[0].text
    case = coder(chart, today=DAY)
    assert case.diagnosis_codes == ("I10",)
    assert not why(case, "Z95.810")
    text = coder(chart_from_text("ASSESSMENT: Hypertension, ICD-10 I10.", "n"), today=DAY)
    assert "Z95.810" not in {p.code.value for p in text.proposals}


def test_the_heading_of_a_list_is_no_condition(coder):
    (chart,) = read(
        document(
            section("11369-6", "Immunizations", "None."),
            section("11535-2", "Diagnosis", "Gout", problem(value("M10.9", display="Gout"))),
        )
    )
    assert chart.documents[0].text.startswith("Immunizations:")
    case = coder(chart, today=DAY)
    assert "Z23" not in {p.code.value for p in case.proposals}
    assert "M10.9" in case.diagnosis_codes


def test_of_a_habit_the_answer_counts_and_not_the_question(coder):
    for answer, smokes in (("Never smoker", False), ("Current every day smoker", True)):
        habit = Fact(
            "social", f"Tobacco smoking status: {answer}", attributes=(("value", answer), ("at", "Observation/1"))
        )
        document_, facts = sheet("entries", [Entry("social history", habit)], DAY)
        case = coder(Chart("case", (document_,), encounter=Encounter("outpatient", DAY, DAY), facts=facts))
        found = {c for c in case.diagnosis_codes if c.startswith("F17")}
        assert bool(found) is smokes


def test_charts_without_coded_entries_are_not_touched(coder):
    chart = chart_from_text("OFFICE VISIT\nPROBLEM LIST:\n1. Hypertension.\nASSESSMENT: Gout.\n", "n")
    case = coder(chart, today=DAY)
    assert not any("list of problems" in r.why for r in case.rejected)
    assert not [p for p in case.proposals if p.by == "structured"]
