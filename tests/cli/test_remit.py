"""``chartcode remit``: what is printed, what is said, what is written."""

from __future__ import annotations

import pytest

ERA = """ISA*00*          *00*          *ZZ*MUTUAL         *ZZ*CLINIC         *260601*0815*^*00501*000000001*0*P*:~
GS*HP*MUTUAL*CLINIC*20260601*0815*1*X*005010X221A1~
ST*835*0001~
BPR*I*90*C*ACH************20260601~
TRN*1*T1*1999999999~
N1*PR*MUTUAL OF NOWHERE~
N1*PE*ELM STREET CLINIC*XX*1234567893~
LX*1~
CLP*V-1*1*300*90*10*12*P123*11*1~
NM1*QC*1*SECRET*PERSON****MI*M7~
SVC*HC:20610:RT*180*0~
DTM*472*20260501~
CAS*CO*50*180~
LQ*HE*N115~
SVC*HC:99213*120*90~
DTM*472*20260501~
CAS*CO*45*20~
CAS*PR*3*10~
SE*17*0001~
GE*1*1~
IEA*1*000000001~
"""
CASE = 'professional 2026-05-01, F 67, id V-1\ndx M17.11\npx 20610 -RT -> M17.11 "injected the knee"\npx 99213\n'


@pytest.fixture
def mail(tmp_path):
    (tmp_path / "era.835").write_text(ERA)
    (tmp_path / "c.txt").write_text(CASE)
    return tmp_path


def test_a_remittance_is_tied_to_its_case(run, mail, capsys):
    assert run("remit", mail / "era.835", "--cases", mail / "c.txt", "--appeal", mail / "appeals") == 0
    said = capsys.readouterr()
    assert "20610-RT: CO-50 180.00: not medically necessary" in said.out
    assert "the record says: injected the knee" in said.out
    assert "1 packets written" in said.err
    assert "SECRET" not in said.out + said.err
    assert "injected the knee" in (mail / "appeals" / "V-1.html").read_text()
    assert (mail / "appeals" / "V-1.pdf").read_bytes().startswith(b"%PDF")


def test_it_is_a_table_too(run, mail, capsys):
    assert run("remit", mail / "era.835", "--format", "csv") == 0
    assert capsys.readouterr().out.count("\n") == 4


def test_what_does_not_add_up_is_said_with_status_1(run, mail, capsys):
    (mail / "era.835").write_text(ERA.replace("BPR*I*90", "BPR*I*70"))
    assert run("remit", mail / "era.835") == 1
    assert "! remittance T1 does not add up" in capsys.readouterr().out


def test_what_is_no_remittance_is_refused_by_name(run, mail, capsys):
    assert run("remit", mail / "c.txt") == 1
    assert run("remit", mail / "gone.835") == 1
    (mail / "era.835").write_text(ERA.replace("ST*835", "ST*834"))
    assert run("remit", mail / "era.835") == 1
    assert "a benefit enrollment (834)" in capsys.readouterr().err


def test_claim_statuses_are_read_too(run, mail, capsys):
    status = ERA.partition("ST*835")[0].replace("X221A1", "X212") + (
        "ST*277*0001*005010X212~HL*1**20*1~NM1*PR*2*MUTUAL~HL*2*1*22*0~NM1*IL*1*SECRET~TRN*2*V-1~"
        "STC*F2:88*20260531**150*0~SVC*HC:99213*150*0~STC*F2:88~SE*10*0001~GE*1*1~IEA*1*000000001~"
    )
    (mail / "s.277").write_text(status)
    assert run("remit", mail / "s.277") == 0
    said = capsys.readouterr()
    assert said.out == "V-1: finalized, denied (F2:88), 2026-05-31\n    99213: finalized, denied (F2:88)\n"
    assert said.err == ""
