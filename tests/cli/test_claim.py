"""``chartcode claim``: what is written, what is said, and what is not written."""

from __future__ import annotations

import json

import pytest

PRACTICE = """
[billing]
name = "Elm Street Clinic"
npi = "1234567893"
tax_id = "123456789"
address = "12 Elm Street"
city = "Edgewood"
state = "AZ"
zip = "860015590"
phone = "5555550100"
[providers.roe]
last = "Roe"
first = "Ann"
npi = "1987654328"
[payers.mutual]
name = "Mutual of Nowhere"
id = "MN1"
[claim]
provider = "roe"
payer = "mutual"
place = "11"
[fees]
99213 = 120
"""
PATIENTS = """case,last,first,born,sex,address,city,state,zip,member
one,Doe,Jane,1958-04-12,F,1 Oak,Edgewood,AZ,86001,M7
"""
CASES = """professional 2026-05-01, F 67, id one
dx I10
px 99213 -> I10

professional 2026-05-01, id two
dx I10
px 99213
"""


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "p.toml").write_text(PRACTICE)
    (tmp_path / "r.csv").write_text(PATIENTS)
    (tmp_path / "c.txt").write_text(CASES)
    return tmp_path


def options(desk, form):
    return ("claim", desk / "c.txt", "--practice", desk / "p.toml", "--patients", desk / "r.csv", "--format", form)


def test_a_claim_with_gaps_is_named_and_not_written(run, desk, capsys):
    assert run(*options(desk, "837p")) == 1
    said = capsys.readouterr()
    assert "CLM*one*120" in said.out
    assert "CLM*two" not in said.out
    assert "two: gap: the patient has no name" in said.err
    assert "1 of 2 claims have gaps and were not written" in said.err


def test_a_draft_has_all_and_is_marked_as_a_test(run, desk, capsys):
    assert run(*options(desk, "837p"), "--draft") == 1
    out = capsys.readouterr().out
    assert "CLM*two" in out
    assert out.split("*")[15] == "T"


def test_a_claim_is_written_again_in_another_form(run, desk, capsys):
    run(*options(desk, "837p"), "-o", desk / "o.837")
    capsys.readouterr()
    assert run("claim", desk / "o.837", "--format", "csv") == 0
    assert "one,professional" in capsys.readouterr().out
    assert run("claim", desk / "o.837", "--format", "fhir") == 0
    assert json.loads(capsys.readouterr().out)["resourceType"] == "Bundle"
    assert run("claim", desk / "o.837", "--format", "837i") == 1
    assert "it is professional, not institutional" in capsys.readouterr().err


def test_a_data_sheet_is_a_pdf(run, desk):
    pytest.importorskip("reportlab")
    assert run(*options(desk, "cms1500"), "-o", desk / "o.pdf") == 1
    assert (desk / "o.pdf").read_bytes().startswith(b"%PDF")


def test_a_bad_practice_or_registration_is_a_wrong_call(run, desk, capsys):
    (desk / "p.toml").write_text("[shoes]\n")
    assert run(*options(desk, "837p")) == 2
    assert "no key 'shoes'" in capsys.readouterr().err
    (desk / "p.toml").write_text(PRACTICE)
    (desk / "r.csv").write_text("name\nSECRET\n")
    assert run(*options(desk, "837p")) == 2
    said = capsys.readouterr().err
    assert "no column 'case'" in said
    assert "SECRET" not in said


def test_what_is_no_case_is_said(run, desk, capsys):
    (desk / "c.txt").write_text("hello\n")
    assert run(*options(desk, "837p")) == 1
    assert "c.txt" in capsys.readouterr().err
    assert run("claim", desk / "gone.txt") == 1


def test_a_sender_without_a_telephone_is_told_so(run, desk, capsys):
    (desk / "p.toml").write_text(PRACTICE.replace('phone = "5555550100"\n', ""))
    assert run(*options(desk, "837p")) == 1
    said = capsys.readouterr()
    assert "the sender has no telephone" in said.err
    assert said.out == ""
