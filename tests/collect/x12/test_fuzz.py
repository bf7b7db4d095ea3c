"""Claims and remittances damaged in every way: each is read or refused; no exception but the reader's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartcode.collect import read
from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12 import case_of_claim, claims, remittances
from chartcode.model.chart import Chart
from chartcode.model.remittance import Remittance

ISA = b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260302*0815*^*00501*000000001*0*P*:~"
OWN = (
    ISA + b"GS*HC*S*R*20260302*0815*1*X*005010X222A1~ST*837*1*005010X222A1~HL*1**20*1~NM1*85*2*MERCY~HL*2*1*22*0~SBR*P~"
    b"NM1*IL*1*ROE*ALEX****MI*M7~DMG*D8*19580412*F~CLM*A1*240***11:B:1*Y~DTP*434*RD8*20260302-20260303~HI*ABK:E1142*ABF:I10~"
    b"LX*1~SV1*HC:99214:25*180*UN*1***1:2~DTP*472*D8*20260302~LIN**N4*00003029320~CTP****4*ML~SE*17*1~GE*1*1~IEA*1*1~",
    ISA
    + b"GS*HP*S*R*20260302*0815*1*X*005010X221A1~ST*835*1~BPR*I*150*C*ACH************20260401~TRN*1*T9~N1*PR*MUTUAL~"
    b"CLP*A1*1*240*160*20*CI*P5*11*1~SVC*HC:99214*180*160~CAS*PR*3*20*1~MOA***MA01~PLB*1*20261231*WO:P1*10~SE*10*1~GE*1*1~"
    b"IEA*1*1~",
)
TOKENS = [b"*", b":", b"~", b"^", b">", b"\n", b"SE*1*1~", b"ST*837*2~", b"ISA*", b"CLM*", b"HI*ABK:", b"SV1*", b"SVC*",
          b"CAS*", b"LX*", b"\x00", b"\xff", b"1E999999", b"NaN", b"-", b"99999999", b"HL*3*2*23~"]  # fmt: skip


@cache
def samples(shared: Path | None) -> list[bytes]:
    there = sorted(p for p in (shared / "records" / "x12").rglob("*") if p.is_file()) if shared else []
    kept = [d for d in (p.read_bytes() for p in there) if d.startswith(b"ISA") and (b"ST*837" in d or b"ST*835" in d)]
    return [*OWN, *kept]


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, bytes]]]:
    number = draw(st.integers(0, 200))
    piece = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6))
    return number, draw(st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 400), piece), min_size=1, max_size=5))


def damaged(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, piece in changes:
        start = at % (len(data) + 1)
        data = data[:start] + piece + data[start + length % 97 :]
    return data


def holds(data: bytes) -> None:
    assert all(isinstance(found, Chart | Unreadable) for found in read(data))
    if data.startswith(b"ISA"):
        source = Source("text", "text", held=data)
        for claim in claims(source):
            if not isinstance(claim, Unreadable):
                case_of_claim(claim)
        for found in remittances(source):
            assert isinstance(found, Remittance | Unreadable)
            if isinstance(found, Remittance):
                assert found.out_of_balance is not None


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(edits())
def test_damaged_shared_files(shared, changed):
    known = samples(shared)
    holds(damaged(known[changed[0] % len(known)], changed[1]))


@settings(max_examples=300, deadline=None)
@given(edits())
def test_damaged_files_of_our_own(changed):
    holds(damaged(OWN[changed[0] % len(OWN)], changed[1]))


def test_every_beginning_of_a_file():
    for data in OWN:
        for end in range(0, len(data), 5):
            holds(data[:end])
