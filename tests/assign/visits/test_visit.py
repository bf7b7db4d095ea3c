from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assign.visits.conftest import case_of

from chartcode.assign.visits import visit
from chartcode.assign.visits.change import changes
from chartcode.books import Books
from chartcode.books.visits import two_of_three
from chartcode.model.case import LEVELS, MENTIONS, Case, Decision, Element, Procedure
from chartcode.model.code import CPT, Code

RETURN = """OFFICE VISIT
SUBJECTIVE: She returns today for followup of her blood pressure and her sugar.
OBJECTIVE: Blood pressure 150/95.
ASSESSMENT: Hypertension, uncontrolled. Diabetes.
PLAN: Increase lisinopril to 20 mg daily. Return in a month."""
DX = {"I10": "Hypertension", "E11.9": "Diabetes"}


def test_two_of_three_elements_make_the_level_and_each_shows_its_words(seen):
    found = seen(RETURN, DX)
    assert (found.level, found.code, found.service, found.status, found.basis) == (
        "moderate",
        "99214",
        "office",
        "established",
        "mdm",
    )
    assert [e.name for e in found.elements] == ["problems", "data", "risk"]
    assert (found.problems, found.data, found.risk) == tuple(e.level for e in found.elements)
    assert found.level == two_of_three(e.level for e in found.elements)
    for element in found.elements:
        for mention in element.evidence:
            span = mention.span
            assert RETURN[span.start : span.end] == span.text


def test_the_total_time_counts_where_it_gives_more(seen):
    found = seen(RETURN + " Total time 42 minutes.", DX)
    assert (found.level, found.code, found.basis, found.minutes) == ("high", "99215", "time", 42)
    less = seen(RETURN + " Total time 15 minutes.", DX)
    assert (less.level, less.basis, less.minutes) == ("moderate", "mdm", 15)


def test_an_emergency_visit_never_goes_by_time(seen):
    text = RETURN.replace("OFFICE VISIT", "EMERGENCY DEPARTMENT NOTE")
    found = seen(text + " Total time 90 minutes.", DX, setting="ed")
    assert (found.level, found.code, found.basis) == ("moderate", "99284", "mdm")


def test_a_record_that_stops_before_a_decision_has_no_level_and_no_number(seen):
    text = "OFFICE VISIT\nSUBJECTIVE: She has a cough.\nREVIEW OF SYSTEMS: No fever.\nPHYSICAL EXAM: Lungs clear."
    found = seen(text, {})
    assert (found.level, found.code, found.elements) == ("cannot_tell", None, ())
    assert "stops" in found.reasons[-1]


@pytest.mark.parametrize(
    ("age", "number"), [(0, "99391"), (4, "99392"), (17, "99394"), (18, "99395"), (64, "99396"), (65, "99397")]
)
def test_a_preventive_visit_goes_by_age(seen, age, number):
    text = "OFFICE VISIT\nSUBJECTIVE: Here for a checkup.\nOBJECTIVE: Well.\nASSESSMENT: Well.\nPLAN: See yearly."
    found = seen(text, {"Z00.00": "checkup"}, age=age)
    assert (found.level, found.code) == ("not_applicable", number)


@pytest.mark.parametrize(("spent", "number"), [("", "99238"), (" Total time 40 minutes.", "99239")])
def test_a_physicians_day_of_discharge_goes_by_its_minutes(seen, spent, number):
    text = "DISCHARGE SUMMARY\nHOSPITAL COURSE: He did well.\nDISCHARGE DIAGNOSIS: Pneumonia.\nPLAN: Home." + spent
    found = seen(text, {"J18.9": "Pneumonia"}, setting="professional")
    assert (found.level, found.code, found.service, found.status) == ("not_applicable", number, "hospital", "discharge")
    assert seen(text, {"J18.9": "Pneumonia"}, setting="inpatient") is None


def test_critical_care_goes_by_its_minutes(seen):
    text = "EMERGENCY DEPARTMENT NOTE\nASSESSMENT: Shock.\nPLAN: 140 minutes of critical care."
    found = seen(text, {"R57.9": "Shock"}, setting="ed")
    assert (found.level, found.code, found.basis, found.minutes) == ("high", "99291", "time", 140)


def test_a_check_of_a_child_does_not_take_the_number_of_an_adult(seen):
    text = "OFFICE VISIT\nSUBJECTIVE: Here for a checkup.\nOBJECTIVE: Well.\nASSESSMENT: Well.\nPLAN: See in May."
    assert seen(text, {"Z00.129": "checkup"}, age=24).code is None
    assert seen(text, {"Z00.129": "checkup"}, age=14).code == "99394"
    assert seen(text, {"Z00.111": "checkup"}).code == "99391"


def test_before_the_rules_of_2021_there_is_no_level(desk):
    case = case_of(RETURN, DX)
    assert next(visit(case, desk.at(date(2020, 12, 31))), None) is None
    assert next(visit(case, desk.at(date(2021, 1, 1)))).code == "99214"
    emergency = case_of(RETURN.replace("OFFICE VISIT", "EMERGENCY DEPARTMENT NOTE"), DX, "ed")
    assert next(visit(emergency, desk.at(date(2022, 12, 31))), None) is None
    assert next(visit(emergency, desk.at(date(2023, 1, 1)))).code == "99284"


def test_mentions_have_no_visit(books):
    assert not list(visit(replace(case_of(RETURN, DX), mode=MENTIONS), books))


def test_a_person_goes_before_what_was_found(books):
    case = case_of(RETURN, DX)
    assert not list(visit(case.plus([Decision("reject", "99214", who="ann")]), books))
    [other] = visit(case.plus([Decision("add", "99213", who="ann")]), books)
    assert (other.level, other.code) == ("low", "99213")
    assert other.reasons[-1] == "99213 by the decision of ann"
    [same] = visit(case.plus([Decision("accept", "99214")]), books)
    assert same.code == "99214"
    [none] = visit(Case(case_of("OPERATIVE NOTE\nIncision.", {}).chart).plus([Decision("add", "99222")]), books)
    assert (none.level, none.service, none.status) == ("moderate", "hospital", "initial")


@pytest.mark.parametrize("code", ["17110", "20610", "90471", "96372"])
def test_a_procedure_of_the_day_asks_for_a_modifier(books, code):
    line = Procedure(Code(CPT, code))
    [found] = visit(case_of(RETURN, DX).plus([line]), books)
    assert found.modifiers == ("25",)
    assert code in found.reasons[-1]
    [alone] = visit(case_of(RETURN, DX).plus([Procedure(Code(CPT, "80053"))]), books)
    assert alone.modifiers == ()


def test_a_consultation_names_the_number_of_other_payers(seen):
    found = seen(RETURN.replace("OFFICE VISIT", "CONSULTATION").replace("She returns today for followup of", "For"), DX)
    assert found.code == "99204"
    assert any("99244" in reason for reason in found.reasons)


elements = st.tuples(
    *(st.builds(Element, st.just(name), st.sampled_from(LEVELS)) for name in ("problems", "data", "risk"))
)


@given(elements)
def test_two_elements_reach_the_level_and_no_two_exceed_it(three):
    level = LEVELS.index(two_of_three(e.level for e in three))
    ranks = [LEVELS.index(e.level) for e in three]
    assert sum(r >= level for r in ranks) >= 2
    assert sum(r > level for r in ranks) < 2


@given(elements)
def test_changes_tell_both_ways_alike_and_only_what_is_true(books, three):
    family = books.visits.family("office", "new")
    level = two_of_three(e.level for e in three)
    told = list(changes(three, None, family))
    assert all(f"the level is {level}:" not in line for line in told)
    for step in (1, -1):
        for at, element in enumerate(three):
            to = LEVELS.index(element.level) + step
            moved = [e.level if n != at else LEVELS[to] for n, e in enumerate(three)] if 0 <= to < len(LEVELS) else []
            said = (
                any(line.startswith(f"with {element.name} {LEVELS[to]} in place") for line in told) if moved else False
            )
            assert said == bool(moved and two_of_three(moved) != level)


def test_without_a_book_of_numbers_the_level_stands_and_the_number_does_not(books, desk, monkeypatch):
    monkeypatch.setenv("CHARTCODE_CPT_STARTER", "off")
    bare = Books(date(2026, 5, 2), desk)
    [found] = visit(case_of(RETURN, DX), bare)
    assert (found.level, found.code, found.title) == ("moderate", None, "")
    assert "install" in found.reasons[-1]
    assert next(visit(case_of(RETURN, DX), books)).title


class _Schedule:
    """A fee schedule with one major operation."""

    def indicators(self, code):
        return SimpleNamespace(global_days="090" if code == "27447" else "010")


def test_the_decision_for_a_major_operation_has_its_own_modifier(desk):
    books = Books(date(2026, 5, 3), desk)
    books.__dict__["pfs"] = _Schedule()
    lines = [Procedure(Code(CPT, "27447")), Procedure(Code(CPT, "17110"))]
    [found] = visit(case_of(RETURN, DX).plus(lines), books)
    assert found.modifiers == ("57", "25")
