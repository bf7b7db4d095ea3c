"""The year of the demonstration: the same each time, believable, and with its problems planted in what it bills."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from chartcode.demo import FIRST, LAST, accounts, chart, year
from chartcode.demo.notes import texts
from chartcode.demo.phrases import table
from chartcode.demo.planted import DENIER, OVER_CODER, SINCE, VAGUE
from chartcode.demo.setting import CLINIC, EMERGENCY, STAY, providers
from chartcode.demo.year import DIED
from chartcode.model.case import LEVELS
from chartcode.model.chart import SETTINGS

COUNT = 3000


@pytest.fixture(scope="module")
def events():
    return tuple(year(COUNT))


@pytest.fixture(scope="module")
def billed(events):
    return [(event, accounts(event)) for event in events]


def test_the_same_year_comes_each_time(events):
    again = tuple(year(COUNT))
    assert again == events
    assert [texts(e) for e in again[:50]] == [texts(e) for e in events[:50]]
    assert [accounts(e) for e in again[:50]] == [accounts(e) for e in events[:50]]


def test_the_practice_has_three_facilities_twelve_providers_and_four_payers(events):
    assert len(events) == COUNT
    assert len(providers()) == 12
    assert {e.provider.name for e in events} == {p.name for p in providers()}
    assert len({e.provider.facility for e in events}) == 3
    assert len({e.person.payer for e in events}) == 4


def test_the_days_lie_in_the_year_and_in_order(events):
    assert all(FIRST <= e.first <= e.last <= LAST for e in events)
    assert [e.first for e in events] == sorted(e.first for e in events)
    assert len({(e.first.year, e.first.month) for e in events}) == 12
    assert all(e.first.weekday() < 5 for e in events if e.place == CLINIC)
    assert all(e.first == e.last for e in events if e.place != STAY)


def test_each_place_has_its_share(events):
    places = Counter(e.place for e in events)
    assert 0.58 < places[CLINIC] / COUNT < 0.68
    assert 0.17 < places[EMERGENCY] / COUNT < 0.27
    assert 0.11 < places[STAY] / COUNT < 0.19


def test_nobody_comes_after_death_or_while_in_the_hospital(events):
    by_person = defaultdict(list)
    for event in events:
        by_person[event.person.number].append(event)
    for own in by_person.values():
        for earlier, later in pairwise(own):
            assert earlier.disposition != DIED, earlier.id
            assert later.first > earlier.last, later.id
    assert any(e.disposition == DIED for e in events)


def test_patients_fit_what_they_come_with(events):
    for event in events:
        if event.template:
            low, high = event.template["ages"]
            assert low <= event.person.age(event.first) <= high or event.person.weeks(event.first), event.id
            assert event.template.get("sex", event.person.sex) == event.person.sex, event.id
        for problem in event.problems:
            assert table("chronic")[problem.illness.key].get("sex", event.person.sex) == event.person.sex
    assert any(e.key == "delivery" for e in events)
    assert all(e.person.sex == "F" for e in events if e.key in {"delivery", "pregnancy"})


def test_a_long_illness_is_the_same_at_each_visit(events):
    names = defaultdict(set)
    for event in events:
        for problem in event.problems:
            names[event.person.number, problem.illness.key].add(problem.illness.name)
    assert len(names) > 300
    assert all(len(found) == 1 for found in names.values())


def test_colds_come_in_winter_and_stings_in_summer(events):
    months = defaultdict(Counter)
    for event in events:
        months[event.key][event.first.month] += 1
    assert sum(months["cough"][m] for m in (12, 1, 2)) > 2 * sum(months["cough"][m] for m in (6, 7, 8))
    assert sum(months["rash"][m] for m in (6, 7, 8)) > sum(months["rash"][m] for m in (12, 1, 2))


def test_every_template_fills_in(events):
    """No bracket is left over, and each kind of note is met."""
    seen = set()
    for event in events:
        for text in texts(event).values():
            assert not set("[]{}") & set(text), event.id
        seen.add((event.place, event.key))
    for place, name in ((CLINIC, "clinic"), (EMERGENCY, "emergency"), (STAY, "stays")):
        assert set(table(name)) == {key for where, key in seen if where == place} - {"follow-up"}


def test_notes_differ_in_wording(events):
    several = [next(iter(texts(e).values())) for e in events if e.key == "cough"]
    assert len({text.partition("CHIEF COMPLAINT")[2] for text in several}) > len(several) * 0.9


def test_a_chart_says_who_where_and_when(events):
    for event in events[:: COUNT // 60]:
        made = chart(event)
        assert made.id == event.id
        assert made.encounter.setting in SETTINGS
        assert made.encounter.facility == event.provider.facility
        assert made.encounter.provider == event.provider.name
        assert made.encounter.payer == event.person.payer
        assert (made.encounter.first, made.encounter.last) == (event.first, event.last)
        assert made.patient.sex == event.person.sex
        assert made.patient.age == event.person.age(event.first)
        assert made.remarks == ()
        assert [d.kind for d in made.documents if d.kind], event.id


def test_stays_with_an_operation_have_two_documents(events):
    operated = next(e for e in events if e.place == STAY and "surgery" in e.template)
    assert {d.kind for d in chart(operated).documents} == {"discharge summary", "operative note"}


def test_no_stay_ends_with_a_drug_twice_or_with_two_statins(events):
    seen = 0
    for event in (e for e in events if e.place == STAY and e.disposition != DIED):
        summary = texts(event)[f"{event.id}-summary"]
        named = summary.partition("DISCHARGE MEDICATIONS: ")[2].partition("\n")[0].rstrip(".").split(", ")
        drugs = [drug.split()[0] for drug in named]
        assert len(set(drugs)) == len(drugs), event.id
        assert sum(drug.endswith("statin") for drug in drugs) <= 1, event.id
        seen += len(drugs) > 1
    assert seen > 100


def test_the_accounts_add_up(billed):
    states = Counter(account.status for _, account in billed)
    assert set(states) == {"unbilled", "billed", "paid", "denied"}
    assert states["paid"] > 0.7 * COUNT
    for event, account in billed:
        assert account.case_id == event.id
        assert account.charges == account.line_charges > 0
        assert (account.carc is not None) == (account.status == "denied")
        assert (account.decided_on is not None) == (account.status in {"paid", "denied"}) == (account.paid is not None)
        assert (account.billed_on is not None) == (account.status != "unbilled")
        days = [event.last, account.coded_on, account.billed_on, account.decided_on]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert known[-1] <= LAST


def test_the_columns_are_those_that_the_reports_read(billed):
    pytest.importorskip("duckdb", reason="reports need the extra 'reports'")
    from chartcode.analysis.accounts import ACCOUNTS

    assert set(billed[0][1].row()) < {column.name for column in ACCOUNTS}


def test_one_physician_bills_above_the_note(billed):
    above = defaultdict(list)
    for event, account in billed:
        if event.level and account.billed_visit:
            supported = LEVELS.index(event.level)
            above[event.provider.name].append(int(account.billed_visit[-1]) > supported + 2)
    shares = {name: sum(found) / len(found) for name, found in above.items()}
    assert shares.pop(OVER_CODER) > 0.5
    assert max(shares.values()) < 0.1


def test_one_payer_denies_more_from_october_on(billed):
    decided = defaultdict(list)
    for event, account in billed:
        if account.status in {"paid", "denied"}:
            decided[event.person.payer, event.last >= SINCE].append(account.carc)
    shares = {key: sum(c is not None for c in found) / len(found) for key, found in decided.items()}
    assert shares.pop((DENIER, True)) > 0.3
    assert max(shares.values()) < 0.12
    assert sum(carc in {"11", "16"} for carc in decided[DENIER, True]) > 0.3 * len(decided[DENIER, True])


def test_one_clinic_leaves_the_specifics_out(events):
    vague = defaultdict(list)
    for event in events:
        vague[event.provider.facility] += [problem.vague for problem in event.problems]
    shares = {name: sum(found) / len(found) for name, found in vague.items() if found}
    assert shares.pop(VAGUE) > 0.75
    assert max(shares.values()) < 0.15
