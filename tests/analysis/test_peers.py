"""Providers among peers of their specialty: who stands out, and who is not judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.analysis.measure import measures
from chartcode.analysis.peers import among, mean, share
from chartcode.analysis.practice import Beside, Practice
from chartcode.batch.store import Store

FILE = """
[providers.a]
last = "Adams"
first = "Ann"
taxonomy = "207Q00000X"
[providers.b]
last = "Brown"
taxonomy = "207Q00000X"
[providers.c]
last = "Clark"
taxonomy = "207Q00000X"
[providers.d]
last = "Davis"
taxonomy = "207RC0000X"
[providers.e]
last = "Evans"
taxonomy = "207Q00000X"
"""
SEEN = {
    "Adams, Ann": (60, 55), "Brown": (60, 15), "Clark": (60, 14), "Davis": (60, 58), "Evans": (8, 8),
    "Ford": (60, 5),
}  # fmt: skip


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("peers")
    (folder / "p.toml").write_text(FILE)
    with Store(folder / "s.parquet") as store:
        for provider, (visits, high) in SEEN.items():
            for number in range(visits):
                name = f"{provider}{number}"
                case = {"case_id": name, "provider": provider, "day": "2026-01-05", "visit_service": "office",
                        "visit_level": "high" if number < high else "low"}  # fmt: skip
                line = {"case_id": name, "line": 1, "system": "CPT", "code": "99213", "role": "visit",
                        "modifiers": "25" if number < high else ""}  # fmt: skip
                store.add({"cases": [case], "lines": [line], "findings": []})
    return Practice.open(folder / "s.parquet", beside=Beside(file=folder / "p.toml"))


@pytest.mark.parametrize("name", ["compliance/level_peers", "compliance/modifier_25_peers"])
def test_who_differs_from_the_own_specialty_stands_out_and_nobody_else(practice, name):
    answer = practice.answer(next(m for m in measures() if m.id == name))
    assert [s.partition(" (")[0] for s in answer.signals] == ["Adams, Ann"]
    assert "family medicine" in answer.signals[0]
    remarks = {row[0]: row[-1] for row in answer.rows}
    assert remarks["Brown"] == ""
    assert "no peers" in remarks["Davis"]  # a cardiologist alone
    assert "fewer than 30" in remarks["Evans"]
    assert "not known" in remarks["Ford"]
    assert "1 of 6 providers have no specialty" in " ".join(practice.notes)


def test_without_a_file_the_measures_say_what_to_give(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        store.add({"cases": [{"case_id": "c", "provider": "P", "day": "2026-01-05"}], "lines": [], "findings": []})
    bare = Practice.open(tmp_path / "s.parquet")
    assert "--practice" in bare.answer(next(m for m in measures() if m.id == "compliance/level_peers")).missing


COUNTS = st.lists(st.integers(0, 200).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), max_size=10)


@given(COUNTS, st.integers(1, 40))
def test_no_small_unit_is_ever_judged(counts, least):
    units = [("g", share(n, d)) for n, d in counts]
    for (_, unit), stands in zip(units, among(units, least), strict=True):
        assert 0 <= unit.low <= unit.value <= unit.high <= 1 or unit.count == 0
        assert (stands.far is None) == bool(stands.remark)
        assert unit.count >= least or not stands.signal
        assert not stands.signal or not unit.low <= stands.peers <= unit.high


def test_means_are_compared_by_their_own_spread():
    units = [("g", mean(value, 0.5, 100)) for value in (1.0, 1.02, 1.6)]
    assert [a.signal for a in among(units, 30)] == [False, False, True]


def test_without_a_file_the_records_say_the_specialty(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        for number, said in enumerate(("Family  Medicine", "Family Medicine", "207RC0000X", None)):
            case = {"case_id": f"c{number}", "provider": "PQ"[number == 2], "day": "2026-01-05", "specialty": said}
            store.add({"cases": [case], "lines": [], "findings": []})
    practice = Practice.open(tmp_path / "s.parquet")
    found = practice.ask("SELECT provider, specialty FROM specialties ORDER BY provider")[1]
    assert found == [("P", "family medicine"), ("Q", "cardiology")]
