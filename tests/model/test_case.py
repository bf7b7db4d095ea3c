"""The ledger of a case: it only grows, and each kind of entry has its view."""

from __future__ import annotations

from datetime import date

from chartcode.model.case import (
    ADMITTING,
    PRINCIPAL,
    Case,
    Decision,
    Diagnosis,
    Finding,
    Group,
    Mention,
    Procedure,
    Proposal,
    Rejected,
    Visit,
)
from chartcode.model.chart import AFFIRMED, INPATIENT, Chart, Document, Encounter, Section, Span
from chartcode.model.code import CPT, ICD10CM, Code, icd10cm

MENTION = Mention(Span("d", 0, 4, "knee"))
ENTRIES = (
    MENTION,
    Proposal(icd10cm("M17.11"), "index", (MENTION,)),
    Decision("reject", "M17.12"),
    Diagnosis(icd10cm("R52"), ADMITTING),
    Diagnosis(icd10cm("M17.11"), PRINCIPAL),
    Diagnosis(Code("SNOMED", "239873007")),
    Rejected(icd10cm("M17.12"), "negated"),
    Procedure(Code(CPT, "73562")),
    Visit("low"),
    Visit("moderate", "99214"),
    Finding("look again"),
    Group("MS-DRG", "43", "470"),
)


def test_the_ledger_grows_at_its_end_and_the_old_case_stays():
    empty = Case(Chart("c"))
    one = empty.plus(ENTRIES[:1])
    two = one.plus(iter(ENTRIES[1:]))
    assert empty.entries == ()
    assert one.entries == ENTRIES[:1]
    assert two.entries == ENTRIES
    assert two.plus([]) is two


def test_each_kind_of_entry_has_its_view():
    case = Case(Chart("c")).plus(ENTRIES)
    views = (case.mentions, case.proposals, case.decisions, case.rejected, case.procedures, case.findings, case.groups)
    assert [len(view) for view in views] == [1] * 7
    assert case.admitting is not None
    assert case.admitting.code.value == "R52"
    assert [d.code.value for d in case.diagnoses] == ["M17.11", "239873007"]
    assert case.diagnosis_codes == ("M17.11",)
    assert case.diagnoses[0].code.system == ICD10CM


def test_the_latest_visit_counts():
    case = Case(Chart("c")).plus(ENTRIES)
    assert case.visit is not None
    assert case.visit.code == "99214"
    assert Case(Chart("c")).visit is None
    assert Case(Chart("c")).admitting is None


def test_the_encounter_gives_the_day_and_the_setting():
    stay = Case(Chart("c", encounter=Encounter(INPATIENT, date(2025, 9, 29), date(2025, 10, 2))))
    assert stay.inpatient
    assert stay.day == date(2025, 10, 2)
    assert not Case(Chart("c")).inpatient


def test_words_of_a_document_stand_under_their_section():
    document = Document("d", "PLAN: rest", sections=(Section("plan", 0, 5, 10),), author="nurse")
    told = Mention.told(document, document.span(6, 10), "rest")
    assert (told.section, told.author, told.assertion, told.cue) == ("plan", "nurse", AFFIRMED, "")
