"""Invented notes beside this file: the visit and what stands beside it or in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path

import pytest
from tests.assign.noted import noted, shown

from chartcode.assign.services import services
from chartcode.assign.visits import visit
from chartcode.assign.visits.beside import beside
from chartcode.assign.visits.instead import transition
from chartcode.assign.visits.record import Record
from chartcode.books import Books
from chartcode.books.parameters import Parameters
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Decision, Diagnosis, Mention, Visit
from chartcode.model.code import icd10cm

NOTES = list(noted(Path(__file__).with_name("notes")))
OFFICE = "OFFICE VISIT\n\nSUBJECTIVE: {told}\n\nOBJECTIVE: Lungs clear.\n\nASSESSMENT: Hypertension.\n\nPLAN: {plan}\n"
Walked = Callable[..., Case]


@pytest.fixture(scope="module")
def walked(books: Books) -> Walked:
    """The case of an invented note after services, visit and what stands beside it."""

    def run(
        text: str,
        *,
        setting: str = "outpatient",
        age: int | None = 50,
        payer: str | None = None,
        diagnoses: dict[str, str] | None = None,
        decisions: tuple[Decision, ...] = (),
        day: date = date(2026, 5, 1),
    ) -> Case:
        chart = chart_from_text(text, "note", setting=setting, day=day, sex="F", age=age)
        chart = replace(chart, encounter=replace(chart.encounter, payer=payer))
        document, found = chart.documents[0], []
        for code, words in (diagnoses or {}).items():
            at = text.index(words)
            span = document.span(at, at + len(words))
            found.append(Diagnosis(icd10cm(code), evidence=(Mention(span, section=document.section_at(at)),)))
        case = Case(chart, tuple(found)).plus(decisions)
        for step in (services, visit, beside):
            case = case.plus(step(case, books))
        return case

    return run


@pytest.mark.parametrize(("options", "text", "want"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_lines(walked: Walked, options: dict[str, object], text: str, want: str) -> None:
    case = walked(text, **options)
    made = [shown(p) for p in case.procedures]
    if case.visit and case.visit.code:
        made.append(shown(case.visit))
    assert all(fnmatchcase(a or "", b or "") for a, b in zip_longest(sorted(made), want.split())), made


def test_every_line_has_its_words_and_its_reason(walked: Walked) -> None:
    for _, options, text, _ in NOTES:
        for line in walked(text, **options).procedures:
            assert line.evidence, line.code
            assert line.reasons or line.title, line.code


@pytest.mark.parametrize(
    ("told", "modifier", "place"),
    [
        ("Telehealth visit by video. The patient is at home.", "95", "10"),
        ("Telemedicine visit by live video; the patient is at the clinic of Riverton.", "95", "02"),
        ("Telephone visit, audio only. The patient is at home.", "93", "10"),
        ("Telehealth visit by video from our critical access hospital.", "GT", "02"),
        ("Asynchronous visit: pictures were stored and judged later.", "GQ", "02"),
        ("She is here. Follow-up will be by telehealth visit.", None, ""),
        ("She declined a video visit.", None, ""),
    ],
)
def test_a_visit_from_afar_has_its_modifier_and_its_place(
    walked: Walked, told: str, modifier: str | None, place: str
) -> None:
    found = walked(OFFICE.format(told=told, plan="Continue lisinopril. Total time 20 minutes.")).visit
    assert found is not None
    assert found.modifiers == ((modifier,) if modifier else ())
    assert found.place == place


def test_incident_to_is_remarked_and_changes_nothing(walked: Walked) -> None:
    plan = "Seen by the nurse practitioner, billed incident-to Dr. Smith. Total time 20 minutes."
    found = walked(OFFICE.format(told="Here for followup.", plan=plan)).visit
    assert found is not None
    assert found.modifiers == ()
    assert any("incident to" in reason for reason in found.reasons)


def test_a_problem_beside_a_preventive_visit_is_a_line_of_its_own_where_it_is_called_so(walked: Walked) -> None:
    told = "Established patient here for annual physical."
    known = {"Z00.01": "annual physical", "I10": "Hypertension"}
    plan = "Start lisinopril 10 mg daily."
    quiet = walked(OFFICE.format(told=told, plan=plan), age=45, diagnoses=known)
    assert (quiet.visit and quiet.visit.code, quiet.procedures) == ("99396", ())
    apart = "In addition to the preventive visit, her hypertension was addressed separately. " + plan
    case = walked(OFFICE.format(told=told, plan=apart), age=45, diagnoses=known)
    assert [(p.code.value[:4], p.modifiers, p.pointers) for p in case.procedures] == [("9921", ("25",), ("I10",))]


@pytest.mark.parametrize(
    ("level", "days", "number"),
    [("high", 5, "99496"), ("high", 9, "99495"), ("moderate", 5, "99495"), ("low", 5, None), ("high", 15, None)],
)
def test_care_after_a_discharge_goes_by_days_and_level(
    walked: Walked, books: Books, level: str, days: int, number: str | None
) -> None:
    told = f"Transitional care management visit; discharged {days} days ago. Called within two business days."
    case = walked(OFFICE.format(told=told, plan="Continue."))
    found = transition(Record(case, books), Visit(level, service="office"))
    assert found is not None
    assert found[0] == number


def test_care_after_a_discharge_without_a_contact_is_an_office_visit(walked: Walked) -> None:
    told = "Transitional care management visit; discharged 5 days ago."
    found = walked(OFFICE.format(told=told, plan="Continue lisinopril 10 mg. Total time 20 minutes.")).visit
    assert found is not None
    assert found.code == "99213"
    assert any("two business days" in reason for reason in found.reasons)


@pytest.mark.parametrize(("day", "number"), [(date(2024, 3, 1), "G2012"), (date(2026, 5, 1), "98016")])
def test_the_day_picks_the_number_of_a_brief_talk(day: date, number: str) -> None:
    assert Parameters(day)["visits.check_in"][0][0] == number


def test_no_line_of_a_book_that_is_not_there(walked: Walked, monkeypatch: pytest.MonkeyPatch, books: Books) -> None:
    monkeypatch.setattr(type(books.cpt), "valid", lambda *_: False)
    text = OFFICE.format(told="Here.", plan="Continue. I spent a total of 72 minutes on the visit.")
    assert walked(text, payer="Blue Cross").procedures == ()


@pytest.mark.parametrize(
    ("payer", "code", "modifiers"),
    [("Blue Cross", "98005", ()), ("Medicare", "99213", ("95",)), (None, "99213", ("95",))],
)
def test_a_book_that_has_numbers_for_visits_by_video_is_asked_for_them(
    walked: Walked,
    monkeypatch: pytest.MonkeyPatch,
    books: Books,
    payer: str | None,
    code: str,
    modifiers: tuple[str, ...],
) -> None:
    own = type(books.cpt).valid
    monkeypatch.setattr(type(books.cpt), "valid", lambda self, number: number == "98005" or own(self, number))
    text = OFFICE.format(told="Followup by video visit.", plan="Continue lisinopril. Total time 20 minutes.")
    found = walked(text, payer=payer).visit
    assert found is not None
    assert (found.code, found.modifiers) == (code, modifiers)
    assert any("98005" in reason for reason in found.reasons) == (payer is None)


def test_a_person_rejects_a_line_beside_a_visit(walked: Walked) -> None:
    text = OFFICE.format(told="Here.", plan="Continue. I spent a total of 72 minutes on the visit.")
    assert [p.code.value for p in walked(text, payer="Blue Cross").procedures] == ["99417"]
    assert walked(text, payer="Blue Cross", decisions=(Decision("reject", "99417", who="Ada"),)).procedures == ()
