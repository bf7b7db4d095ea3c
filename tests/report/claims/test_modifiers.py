"""Modifiers that depend on who bills (53, 73, 74) and who pays (51)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.case import AFTER_ANESTHESIA, BEFORE_ANESTHESIA, Mention
from chartcode.model.chart import Span
from chartcode.model.claim import Line
from chartcode.model.code import CPT, Code
from chartcode.model.notation import read
from chartcode.report.claims.build import claim_of
from chartcode.report.claims.modifiers import multiple, of_hospital
from chartcode.report.claims.practice import BadPractice, Practice, practice

OPERATIONS = """professional 2026-05-01, F 67, id own
dx K80.00
dx K42.9
px 49591 -> K42.9
px 47562 -> K80.00
px 44955 -> K80.00
"""


def paid(clinic: Practice, *, multiple: bool) -> Practice:
    fees = {"49591": Decimal(900), "47562": Decimal(2000), "44955": Decimal(200)}
    payers = {k: replace(p, multiple=multiple) for k, p in clinic.payers.items()}
    return replace(clinic, fees=fees, payers=payers)


@pytest.mark.parametrize(("wanted", "modifiers"), [(True, [("51",), (), ()]), (False, [(), (), ()])])
def test_the_lesser_operations_where_the_payer_wants_it(clinic, desk_of, wanted, modifiers):
    case = next(iter(read(OPERATIONS))).case
    claim = claim_of(case, paid(clinic, multiple=wanted), desk_of["own"])
    assert [line.modifiers for line in claim.lines] == modifiers


def test_it_is_yes_or_no():
    with pytest.raises(BadPractice, match="multiple is true or false"):
        practice('[payers.one]\nname = "One"\nmultiple = "yes"\n')


@pytest.mark.parametrize(("term", "modifier"), [(BEFORE_ANESTHESIA, "73"), (AFTER_ANESTHESIA, "74"), ("", "74")])
def test_a_hospital_has_its_own_modifier_for_what_was_stopped(term, modifier):
    words = Mention(Span("d", 0, 7, "aborted"), term=term)
    assert of_hospital(("53", "LT"), (words,)) == (modifier, "LT")


CODES = st.sampled_from(["47562", "49591", "44955", "71046", "99213", "27447"])


@given(st.lists(st.tuples(CODES, st.integers(0, 3))))
def test_one_operation_of_a_day_stands_without_51(told):
    lines = tuple(Line(Code(CPT, code), charge=Decimal(charge)) for code, charge in told)
    marked = multiple(lines)
    operations = [line for line in marked if str(line.code) in ("47562", "49591", "27447")]
    assert sum("51" not in line.modifiers for line in operations) == (1 if operations else 0)
    assert [line for line in marked if line not in operations] == [
        line for line in lines if str(line.code) in ("44955", "71046", "99213")
    ]
    assert multiple(marked) == marked or len(operations) > 1
