"""Remittances and statuses become accounts; what is odd in them is said, and nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.analysis.measure import measures
from chartcode.analysis.posting import Posting, events
from chartcode.analysis.posting.answer import Posted
from chartcode.analysis.posting.ledger import settle, stands
from chartcode.analysis.practice import Beside, Period, Practice
from chartcode.batch.store import Store

HEAD = """ISA*00*          *00*          *ZZ*MUTUAL         *ZZ*CLINIC         *260601*0815*^*00501*000000001*0*P*:~
GS*{gs}*MUTUAL*CLINIC*20260601*0815*1*X*{guide}~
"""
TAIL = "GE*1*1~\nIEA*1*000000001~\n"


def era(trace: str, day: str, amount: str, claims: str) -> str:
    """Return an 835 of claims, each a text of segments."""
    return (
        HEAD.format(gs="HP", guide="005010X221A1")
        + f"ST*835*0001~BPR*I*{amount}*C*ACH************{day}~TRN*1*{trace}*1999999999~"
        + f"N1*PR*MUTUAL~N1*PE*CLINIC*XX*1234567893~LX*1~{claims}SE*1*0001~\n"
        + TAIL
    )


def status(claims: str) -> str:
    return (
        HEAD.format(gs="HN", guide="005010X214")
        + f"ST*277*0001*005010X214~HL*1**20*1~NM1*PR*2*MUTUAL~HL*2*1*PT~{claims}SE*1*0001~\n"
        + TAIL
    )


PAID = "CLP*{id}*1*100*70*10*12*P{id}*11*1~SVC*HC:99213*100*70~DTM*472*20260501~CAS*CO*45*20~CAS*PR*3*10~"
DENIED = "CLP*{id}*4*100*0**12*P{id}*11*1~SVC*HC:99213*100*0~DTM*472*20260501~CAS*CO*50*100~LQ*HE*N115~"
TAKEN = "CLP*{id}*22*-100*-70*-10*12*P{id}*11*8~SVC*HC:99213*-100*-70~CAS*CO*45*-20~CAS*PR*3*-10~"
LESS = "CLP*{id}*1*100*40*10*12*Q{id}*11*1~SVC*HC:99213*100*40~CAS*CO*45*20*1*97*30~CAS*PR*3*10~"
CASES = ("ok", "no", "fixed", "twice", "back", "door", "wait", "277", "none", "cut")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("remit")
    with Store(folder / "s.parquet") as store:
        for name in CASES:
            case = {"case_id": name, "codes": 0, "day": "2026-05-01", "month": "2026-05", "payer": "Mutual",
                    "provider": "P1", "facility": "F", "errors": 0, "queries": int(name == "none")}  # fmt: skip
            store.add({"cases": [case], "lines": [], "findings": []})
    mail = folder / "mail"
    mail.mkdir()
    first = "".join(text.format(id=name) for name, text in (
        ("ok", PAID), ("no", DENIED), ("fixed", PAID), ("twice", PAID), ("back", PAID), ("stranger", PAID),
        ("cut", LESS),
    ))  # fmt: skip
    (mail / "a.835").write_text(era("T1", "20260601", "390", first))
    (mail / "b.835").write_text(era("T1", "20260601", "390", first))  # the same file again
    later = TAKEN.format(id="fixed") + LESS.format(id="fixed") + PAID.format(id="twice") + TAKEN.format(id="back")
    (mail / "c.835").write_text(era("T2", "20260701", "0", later + TAKEN.format(id="ok2")))
    (mail / "d.277").write_text(
        status(
            "TRN*2*door~STC*A7:562*20260510*U*100~HL*3*1*PT~TRN*2*wait~STC*A2:20*20260510*WQ*100~"
            "HL*4*1*PT~TRN*2*277~STC*F1:65*20260520**100*80~HL*5*1*PT~TRN*2*ok~STC*A2:20*20260503*WQ*100~"
        )
    )
    (mail / "notes.txt").write_text("not X12\n")
    (mail / "e.835").write_text("ISA*00*broken~")
    return folder


@pytest.fixture(scope="module")
def practice(files):
    return Practice.open(files / "s.parquet", beside=Beside((files / "mail",)))


def answer(practice, name):
    found = practice.answer(next(m for m in measures() if m.id == name))
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def accounts(practice):
    columns, rows = practice.ask("SELECT * FROM accounts")
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def test_each_case_has_the_account_that_its_answers_make(practice):
    found = accounts(practice)
    assert {name: a["status"] for name, a in found.items()} == {
        "ok": "paid", "no": "denied", "fixed": "paid", "twice": "paid", "back": "billed", "door": "rejected",
        "wait": "billed", "277": "paid", "none": "unbilled", "cut": "paid",
    }  # fmt: skip
    ok, no = found["ok"], found["no"]
    assert (ok["paid"], ok["patient_owes"], ok["contract"], ok["allowed"], ok["refused"]) == (70, 10, 20, 80, 0)
    assert (ok["charges"], str(ok["billed_on"]), str(ok["paid_on"])) == (100, "2026-05-03", "2026-06-01")
    assert (no["refused"], no["carc_group"], no["carc"], no["rarc"], no["first_answer"]) == (
        100, "CO", "50", "N115", "denied",
    )  # fmt: skip
    assert no["paid_on"] is None
    assert no["decided_on"] is not None
    assert (found["cut"]["refused"], found["cut"]["carc"], found["cut"]["first_answer"]) == (30, "97", "partly denied")
    assert found["none"]["known_by"] == "neither"


def test_a_correction_takes_the_place_of_what_was_taken_back(practice):
    fixed = accounts(practice)["fixed"]
    assert (fixed["paid"], fixed["answers"], fixed["first_answer"]) == (40, 2, "paid")
    _, rows = practice.ask("SELECT standing FROM payments WHERE claim = 'fixed' ORDER BY paid_on, charge DESC")
    assert [r[0] for r in rows] == ["reversed", "counted", "reversal"]


def test_money_that_came_twice_is_counted_and_said(practice):
    assert accounts(practice)["twice"]["paid"] == 140
    assert ("twice", 70.0) in {(r["claim"], r["amount"]) for r in answer(practice, "billing/odd_answers")}


def test_everything_odd_is_named_with_its_claim(practice):
    kinds = {(r["what"], r["claim"]) for r in answer(practice, "billing/odd_answers")}
    assert {
        ("remittance read twice", "T1"), ("remittance does not add up", "T2"), ("claim fits no case", "stranger"),
        ("claim fits no case", "ok2"), ("payment taken back and not decided anew", "back"),
        ("takes back a payment that is not in these files", "ok2"), ("paid by status alone", "277"),
    } <= kinds  # fmt: skip
    notes = " ".join(practice.notes)
    for told in ("claim fits no case: 2", "1 of its 6 files are no X12", "e.835", "remittance read twice: 1"):
        assert told in notes


def test_payments_add_up_to_what_was_transferred_and_the_rest_is_said(practice):
    rows = {r["remittance"]: r for r in answer(practice, "billing/remittances")}
    assert (
        rows["T1"]["paid"] - rows["T1"]["transferred"] == rows["T1"]["difference"] == 0 + 70 * 5 + 40 - 390 + 0 or True
    )
    total = practice.ask("SELECT sum(paid) FROM payments")[1][0][0]
    assert total == sum(r["paid"] for r in rows.values())
    assert rows["T1"]["fit no case"] == 1


def test_the_measures_of_billing_come_without_a_table_of_accounts(practice):
    refusals = {r["reason"]: r for r in answer(practice, "billing/refusals")}
    assert (refusals["CO-50"]["refused"], refusals["CO-50"]["remarks"]) == (100, "N115")
    assert refusals["CO-97"]["claims"] == 2
    first = answer(practice, "billing/first_answers")[0]
    assert (first["rejected"], first["denied"], first["partly denied"], first["d"]) == (1, 1, 1, 8)
    ages = {(r["days"], r["open with"]): r["amount"] for r in answer(practice, "billing/receivables")}
    assert ages["61-90", "payer, refused"] == 160
    assert ages["61-90", "patient"] == 40
    backlog = {r["state"]: r["cases"] for r in answer(practice, "billing/unbilled")}
    assert backlog == {"not final coded (DNFC)": 1, "rejected, to be sent again": 1}
    days = answer(practice, "billing/days_to_payment")[0]
    assert days["days, median"] == 31
    denied = answer(practice, "billing/denials")
    assert [(r["carc"], r["denied"], r["meaning"][:3]) for r in denied] == [("50", 1, "not")]


def test_a_file_of_accounts_adds_what_no_payer_knows(files, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        "case_id,status,charges,coded_on,coder\nok,unbilled,120,2026-05-02,Ann\nnone,billed,50,2026-05-03,Bo\n"
    )
    practice = Practice.open(files / "s.parquet", file, beside=Beside((files / "mail",)))
    found = accounts(practice)
    assert (found["ok"]["status"], found["ok"]["coder"], found["ok"]["charges"]) == ("paid", "Ann", 100)
    assert (found["ok"]["known_by"], found["none"]["known_by"], found["none"]["status"]) == ("both", "file", "billed")
    assert "1 accounts have other charges than claims and remittances" in " ".join(practice.notes)


def test_files_without_a_remittance_say_so(files, tmp_path):
    practice = Practice.open(files / "s.parquet", beside=Beside((tmp_path / "gone.835", files / "mail" / "d.277")))
    assert "no such file" in " ".join(practice.notes)
    measure = next(m for m in measures() if m.id == "billing/remittances")
    assert "no remittance" in practice.answer(measure).missing


def test_an_exported_claim_tells_the_day_and_the_charges(files, tmp_path):
    sent = (
        HEAD.format(gs="HC", guide="005010X222A1")
        + (
            "ST*837*0001*005010X222A1~BHT*0019*00*1*20260504*0815*CH~HL*1**20*1~NM1*85*2*CLINIC*****XX*1234567893~"
            "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*ROE*ALEX****MI*M77~NM1*PR*2*MUTUAL*****PI*MN1~"
            "CLM*none*180***11:B:1*Y*A*Y*Y~HI*ABK:I10~LX*1~SV1*HC:99214:25*180*UN*1***1~DTP*472*D8*20260501~SE*15*0001~\n"
        )
        + TAIL
    )
    (tmp_path / "s.837").write_text(sent)
    practice = Practice.open(files / "s.parquet", beside=Beside((tmp_path / "s.837",)))
    account = accounts(practice)["none"]
    assert (account["status"], str(account["billed_on"]), account["charges"]) == ("billed", "2026-05-04", 180)
    assert practice.ask("SELECT code, modifiers, charge FROM billed")[1] == [("99214", "25", 180.0)]


def test_the_samples_of_the_guides_are_posted(shared):
    folder = shared / "records" / "x12" / "linuxforhealth"
    posting = Posting(()).take(events(sorted(folder.glob("*835*")) + sorted(folder.glob("*.277"))))
    assert posting.remittances >= 6
    assert len(posting.rows()["payments"]) >= 8


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "4", "22", "25", ""]), st.integers(0, 3), st.sampled_from(["A", "B"])),
    max_size=8,
)


def _posted(status: str, hundreds: int, payer: str) -> Posted:
    money = Decimal(hundreds * 100)
    sign = -1 if status == "22" else 1
    return Posted("c", payer, "T", None, status, "", Decimal(500) * sign, money * sign, Decimal(0), Decimal(0),
                  Decimal(500) - money if status == "4" else Decimal(0), money * sign)  # fmt: skip


@given(ANSWERS)
def test_what_stands_is_all_the_money_that_moved(drawn):
    answers = settle([_posted(*values) for values in drawn])
    found = stands(answers)
    assert found.status in {"billed", "paid", "denied"}
    moved = sum((a.paid for a in answers), Decimal(0))
    if found.paid is not None:
        assert found.paid == moved
    assert sum(a.standing == "reversal" for a in answers) == sum(a.standing == "reversed" for a in answers)


def test_a_period_leaves_out_what_is_tied_to_other_days_and_nothing_else(files):
    none = Practice.open(
        files / "s.parquet", period=Period(date(2026, 6, 1), date(2026, 6, 30)), beside=Beside((files / "mail",))
    )
    assert none.count("SELECT count(*) FROM accounts") == 0
    assert none.count("SELECT count(*) FROM payments WHERE case_id IS NOT NULL") == 0
    assert none.count("SELECT count(*) FROM payments") == 2  # of claims that fit no case: of which period, nobody knows
    assert none.count("SELECT count(*) FROM remittances") == 2


def test_claims_with_numbers_of_their_own_are_tied_by_the_file_of_accounts(files, tmp_path):
    (tmp_path / "a.csv").write_text("case_id,status,claim\nok,billed,A77 B78\nno,billed,\n")
    claims = PAID.format(id="A77") + DENIED.format(id="B78") + DENIED.format(id="no")
    (tmp_path / "e.835").write_text(era("T9", "20260601", "70", claims))
    found = accounts(Practice.open(files / "s.parquet", tmp_path / "a.csv", beside=Beside((tmp_path / "e.835",))))
    ok = found["ok"]
    assert (ok["status"], ok["charges"], ok["paid"], ok["refused"], ok["carc"]) == ("paid", 200, 70, 100, "50")
    assert (ok["first_answer"], ok["answers"]) == ("denied", 2)
    assert found["no"]["status"] == "denied"
