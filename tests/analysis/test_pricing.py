"""Lines priced by a list of one's own, a practice file, a chargemaster, the fee schedule; what none prices is said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.analysis.measure import measures
from chartcode.analysis.practice import Beside, NoStore, Practice
from chartcode.analysis.pricing import BadFees, read_fees
from chartcode.batch.store import Store
from chartcode.books import invented
from chartcode.books.build import chargemaster
from chartcode.books.files import Files, Wish

DAY = "2025-11-03"  # a day of the invented schedule: 1 work RVU, 2 in all, 32.3465 dollars each
LINES = (
    ("v1", "outpatient", "Alpha", (("99213", "25", 1), ("20610", "50", 1))),
    ("v2", "outpatient", "Beta", (("71046", "26", 2), ("J9999", "", 3))),
    ("s1", "inpatient", "Alpha", (("27447", "80", 1),)),
    ("e1", "ed", "Beta", (("99213", "", 1),)),
)
FEES = """CPT,Mod,Payer,Revenue,Charge,Allowed,Work RVU
99213,,,0510,"$1,120.00",80,
99213,,Beta,,,70.5,
99213,25,,,130,,
,,,0120,1500,,
20610,,,,200,,
what is this,,,,12,,
"""
PRACTICE = """
[billing]
name = "Elm"
[providers.P1]
last = "P1"
taxonomy = "207Q00000X"
[fees]
71046 = 65
71046-26 = 22.5
[revenue]
7 = "0320"
[stay]
revenue = "0110"
daily = 900
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("priced") / "s.parquet"
    with Store(path) as made:
        for name, setting, payer, lines in LINES:
            case = {"case_id": name, "setting": setting, "payer": payer, "day": DAY, "provider": "P1", "facility": "F",
                    "codes": len(lines), "stay_days": 2 if setting == "inpatient" else None, "drg": "470"}  # fmt: skip
            rows = [{"case_id": name, "line": n, "system": "HCPCS" if code[0] == "J" else "CPT", "code": code,
                     "modifiers": modifiers, "units": units, "on": DAY, "role": "line"}
                    for n, (code, modifiers, units) in enumerate(lines, 1)]  # fmt: skip
            made.add({"cases": [case], "lines": rows, "findings": []})
    return path


@pytest.fixture(scope="module")
def given_(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    (folder / "fees.csv").write_text(FEES)
    (folder / "practice.toml").write_text(PRACTICE)
    books = folder / "books"
    invented.install(books)
    (folder / "master-2025.csv").write_text(
        "Item,Billed as,Words,Charge code,Gross charge,Rev code\n1,J9999,Our words,77,12.50,636\n2,,Room,78,990,0120\n"
    )
    (books / "chargemaster").mkdir()
    wish = Wish(options={"code": "Billed as", "description": "Words"})
    into = books / "chargemaster" / "2025.sqlite"
    chargemaster.build(Files.of(folder / "master-2025.csv"), into, wish, lambda *_: None)
    return folder


def priced(practice):
    _, rows = practice.ask(
        "SELECT case_id, code, charge, allowed, work_rvu, charged_by FROM priced ORDER BY case_id, line"
    )
    return {(case, code): tuple(None if x is None else x for x in rest) for case, code, *rest in rows}


def rows(practice, name):
    found = practice.answer(next(m for m in measures() if m.id == name))
    assert not found.missing, found.missing
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_the_own_list_goes_first_then_the_file_then_what_is_installed(store, given_):
    beside = Beside((), given_ / "fees.csv", given_ / "practice.toml", given_ / "books")
    practice = Practice.open(store, beside=beside)
    found = priced(practice)
    assert found["v1", "99213"] == (130, 80, 1, "fees.csv")  # its modifier's row for the charge, the plain one's amount
    assert found["v1", "20610"] == (200, pytest.approx(2 * 1.5 * 32.3465), 1.5, "fees.csv")  # both sides
    assert found["v2", "71046"] == (45, pytest.approx(2 * 2 * 32.3465), 2, "practice file")
    assert found["v2", "J9999"] == (37.5, None, None, "chargemaster 2025")
    assert found["s1", "27447"] == (None, pytest.approx(2 * 0.16 * 32.3465), pytest.approx(0.16), None)
    assert found["e1", "99213"][:2] == (1120, 70.5)  # its payer's amount
    assert "1 rows of fees.csv" in " ".join(practice.notes)
    room = practice.ask("SELECT revenue, what, units, charge FROM hospital_lines WHERE case_id = 's1'")[1]
    assert room == [("0120", "room, two beds", 2, 3000)]


def test_the_measures_of_money_add_up(store, given_):
    practice = Practice.open(store, beside=Beside((), given_ / "fees.csv", given_ / "practice.toml", given_ / "books"))
    by_payer = {r["payer"]: r for r in rows(practice, "billing/expected")}
    assert (by_payer["Alpha"]["charges"], by_payer["Beta"]["charges"]) == (330, 1202.5)
    assert rows(practice, "billing/productivity")[0]["work RVUs"] == pytest.approx(1 + 1.5 + 2 + 0.16 + 1)
    assert {r["account"]: r["charges"] for r in rows(practice, "billing/hospital_charges")} == {
        "F, ed": 1120, "F, inpatient": 3000,
    }  # fmt: skip
    assert {r["revenue"]: r["what"] for r in rows(practice, "billing/revenue_codes")}["0510"] == "clinic"
    assert rows(practice, "billing/drg_charges")[0]["mean"] > 0


def test_the_schedule_alone_gives_no_charges_and_names_what_it_lacks(store, tmp_path):
    books = tmp_path / "books"
    invented.install(books)
    practice = Practice.open(store, beside=Beside(books=books))
    assert rows(practice, "billing/unpriced") == [
        {"code": "J9999", "lines": 1, "units": 3, "cases": 1, "percent of lines": pytest.approx(16.67)}
    ]
    assert "No list prices 1 lines of 1 codes" in " ".join(practice.notes)
    assert "no list with charges" in practice.lacks["charges"]


def test_a_schedule_of_another_day_says_so(tmp_path):
    with Store(tmp_path / "s.parquet") as made:
        line = {"case_id": "c", "line": 1, "system": "CPT", "code": "99213", "role": "visit"}
        made.add({"cases": [{"case_id": "c", "day": "2020-01-01", "codes": 1}], "lines": [line], "findings": []})
    books = tmp_path / "books"
    invented.install(books)
    practice = Practice.open(tmp_path / "s.parquet", beside=Beside(books=books))
    assert "of no day of these cases" in " ".join(practice.notes)
    assert "no fee schedule" in practice.lacks["relative values"]


def test_without_any_list_each_measure_says_what_to_give(store):
    practice = Practice.open(store)
    for name in ("expected", "productivity", "hospital_charges", "rvu_peers"):
        missing = practice.answer(next(m for m in measures() if m.id == f"billing/{name}")).missing
        assert "--fees" in missing


@pytest.mark.parametrize(
    ("text", "told"),
    [("code,charge\n", "no row"), ("a,b\n1,2\n", "lacks the column code"), ("code,charge\n99213,free\n", "no row")],
)
def test_a_list_that_prices_nothing_is_refused(text, told, store, tmp_path):
    (tmp_path / "f.csv").write_text(text)
    with pytest.raises(NoStore, match=told):
        Practice.open(store, beside=Beside(fees=tmp_path / "f.csv"))
    with pytest.raises(NoStore, match="no such file"):
        Practice.open(store, beside=Beside(fees=tmp_path / "gone.csv"))
    (tmp_path / "p.toml").write_text("nope = 1\n")
    with pytest.raises(NoStore, match="nope"):
        Practice.open(store, beside=Beside(file=tmp_path / "p.toml"))


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "f.csv"
    path.write_text("code,charge\n" + text, encoding="utf-8", errors="replace")
    with suppress(BadFees):
        assert read_fees(path).rows
