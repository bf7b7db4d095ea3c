"""The lists of the indicators against the books of the day: a code that no book has would count nothing, silently."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chartcode.books.indicators import CODES, Codes, families, indicators, surgical
from chartcode.books.parameters import Parameters

DAYS = (date(2025, 10, 1), date(2026, 5, 1))


def lists(day):
    for indicator in indicators(day):
        for condition in (indicator.risk, indicator.never, *indicator.events):
            for place, codes in condition.codes.items():
                for beginning in codes.beginnings:
                    yield indicator.id, place, beginning


@pytest.fixture(scope="module", params=DAYS, ids=str)
def day(request):
    return request.param


def test_every_beginning_of_a_diagnosis_is_in_the_book_of_the_day(day, desk):
    book = desk.at(day).icd10cm
    codes = [code for code, _, valid in book.entries() if valid]
    assert len(codes) > 70_000
    asked = {b for _, place, b in lists(day) if place not in ("operation", "service")}
    gone = [b for b in asked if not any(code in Codes.of([b]) for code in codes)]
    assert not gone


def test_every_beginning_of_an_operation_is_in_the_book_of_the_day(day, desk):
    codes = desk.at(day).icd10pcs.codes
    asked = {b for _, place, b in lists(day) if place == "operation"}
    assert len(asked) > 50
    gone = [b for b in asked if not any(code in Codes.of([b]) for code in codes)]
    assert not gone


def test_every_service_is_in_a_table_of_the_publishers(day, shared):
    text = " ".join(p.read_text(encoding="latin-1") for p in sorted((shared / "codesets" / "pfs").rglob("*.csv")))
    text += (shared / "codesets" / "hcpcs" / "opps_addendum_b_2026-04_nodesc.csv").read_text(encoding="latin-1")
    known = set(re.findall(r"(?<![0-9A-Z])[0-9A-Z]\d{3}[0-9A-Z](?![0-9A-Z])", text))
    asked = {b for _, place, b in lists(day) if place == "service"}
    assert len(asked) > 50
    assert not asked - known


def test_each_indicator_says_what_it_is_and_where_it_comes_from(day):
    for indicator in indicators(day):
        assert indicator.title
        assert indicator.numerator
        assert indicator.denominator
        assert indicator.unlike
        assert indicator.source
        assert indicator.events
        assert bool(indicator.like) == (indicator.family != "care")
    assert {i.family for i in indicators(day)} == set(families(day))


def test_before_icd10_there_is_none():
    assert indicators(date(2015, 9, 30)) == ()
    assert {i.name for i in indicators(date(2016, 1, 1))} < {i.name for i in indicators(DAYS[0])}


def test_a_question_mark_is_any_one_sign():
    codes = Codes.of(["L89.??3", "I10"])
    assert "L89.153" in codes
    assert "L89.43" not in codes
    assert "I10" in codes
    assert "I1A.0" not in codes


def test_conditions_know_their_keys(day):
    known = {*CODES, "ages", "sex", "days", "stays", "settings", "status"}
    for family in families(day):
        for name in Parameters.names(f"indicators_{family}"):
            value = Parameters(day)[f"indicators_{family}.{name}"]
            for said in (value["risk"], value.get("never", {}), *value["events"]):
                assert set(said) <= known, (family, name)


def test_surgical_groups_are_those_of_table_5(shared):
    path = shared / "codesets" / "msdrg" / "fy2026" / "drg_weights.txt"
    rows = [line.split("\t") for line in path.read_text(encoding="latin-1").splitlines()]
    told = {row[0]: row[4] for row in rows if len(row) > 4 and row[0].isdigit()}
    assert len(told) > 700
    assert [drg for drg, kind in told.items() if surgical(drg, DAYS[0]) != (kind == "SURG")] == []
    assert not surgical("", DAYS[0])
