"""The payers' mail of the demonstration: it can be read, adds up but where it is meant not to, and stays the same."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

pytest.importorskip("duckdb", reason="reports need the extra 'reports'")

from chartcode.analysis.posting import Posting, events
from chartcode.analysis.pricing import read_fees
from chartcode.demo import LAST, accounts, fees_csv, mail, practice_toml, year
from chartcode.demo.remit import lines
from chartcode.report.claims.practice import practice

COUNT = 900


@pytest.fixture(scope="module")
def billed():
    return [(event, accounts(event)) for event in year(COUNT)]


@pytest.fixture(scope="module")
def folder(billed, tmp_path_factory):
    place = tmp_path_factory.mktemp("mail")
    for name, text in mail(billed):
        (place / name).write_text(text, encoding="ascii")
    return place


def test_the_lines_of_a_claim_are_its_charge(billed):
    for event, account in billed:
        made = lines(event, account)
        assert made
        assert sum((line.charge for line in made), Decimal(0)) == Decimal(str(account.charges)), event.id
        assert all(line.charge > 0 for line in made), event.id


def test_every_file_is_read_and_only_what_is_meant_is_odd(billed, folder):
    posting = Posting([account.case_id for _, account in billed]).take(events([folder]))
    assert not [note for note in posting.notes if "cannot be read" in note or str(folder) in note]
    odd = Counter(row[0] for row in posting.rows()["odd"])
    assert odd["claim fits no case"] == odd["remittance read twice"] == odd["remittance does not add up"] == 1
    assert set(odd) == {"claim fits no case", "remittance read twice", "remittance does not add up", "paid twice"}


def test_what_was_decided_is_what_the_accounts_know(billed, folder):
    posting = Posting([account.case_id for _, account in billed]).take(events([folder]))
    found = {row[0]: row[1] for row in posting.accounts()}
    same = [found.get(account.case_id, "unbilled") == account.status for _, account in billed]
    assert sum(same) > 0.97 * len(same)  # a remittance that is a part leaves some out; some claims were returned
    assert all(row[4] is None or row[4] <= LAST for row in posting.rows()["payments"])


def test_the_same_practice_gets_the_same_mail(billed, folder):
    again = dict(mail([(event, accounts(event)) for event in year(COUNT)]))
    assert again == {path.name: path.read_text(encoding="ascii") for path in folder.iterdir()}
    assert billed


def test_its_fees_and_its_practice_file_are_read(tmp_path):
    (tmp_path / "fees.csv").write_text(fees_csv(), encoding="utf-8")
    fees = read_fees(tmp_path / "fees.csv")
    assert fees.payers
    assert not fees.notes
    assert fees.room() is not None
    file = practice(practice_toml())
    assert file.who("Hollis, V.").taxonomy == "207Q00000X"
