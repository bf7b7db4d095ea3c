"""Messages damaged in every way: each is read or refused; no exception is another than the reader's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartcode.collect import read
from chartcode.collect.source import Unreadable
from chartcode.model.chart import Chart

ADMISSION = (
    b"MSH|^~\\&|ADT|MERCY|CC|HOME|20260302101500||ADT^A01^ADT_A01|1|P|2.5.1\r"
    b"EVN|A01|20260302\rPID|1||4711^^^HOME^MR||ROE^ALEX||19580412|F|||||||||||ACC9\r"
    b"PV1|1|I|3W^12^A^MERCY||||77^HALE^IDA^^^^MD|||||||||||V100\r"
    b"DG1|1||E11.9^Diabetes^I10C^44054006^Diabetes^SCT|Type 2 diabetes|20260302|F|||||||||1\r"
    b"PR1|1||44970^Appendectomy^C4||20260303\rAL1|1|DA|70618^Penicillin^RXNORM|SV|Hives~Wheeze\r"
    b"IN1|1|PLAN|77|Mutual of Nowhere\r"
)
REPORT = (
    b"\x0bMSH|^~\\&|LAB|MERCY|CC|HOME|20260302||ORU^R01|2|P|2.3\rPID|1||4711||ROE^ALEX||1958|F\r"
    b"OBR|1||9|71046^Film^C4|||20260303|||||||||||||||||RAD|F\r"
    b"OBX|1|TX|71046&IMP^Film||1. Pneumonia.\\.br\\2. \\T\\ effusion.||||||F\rNTE|1||Called.\r"
    b"OBX|2|NM|2823-3^Potassium^LN||3.1|mmol/L|3.5-5.1|L|||F\rOBX|3|SN|2345-7^Glucose^LN||>^500\r"
    b"OBX|4|ED|D^Doc||^text^plain^Base64^SU1QUkVTU0lPTjogQ291Z2gu\r\x1c\r"
)
BATCH = (
    b"FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|RX|M|C|H|20260302||RDE^O11|3|P|2.5\rPID|1||4711\rORC|NW|1\r"
    b"RXE||00093721401^Metformin^NDC|500||mg|||||60\rRXR|PO\rTQ1|1||BID\r"
    b"FT1|1|||20260304||CG|X^Y|||2|9\rBTS|1\rFTS|1\r"
)
OWN = (ADMISSION, REPORT, BATCH)
TOKENS = [b"|", b"^", b"~", b"\\", b"&", b"\r", b"\n", b"MSH", b"MSH|^~\\&|", b"PID|", b"PV1|", b"OBX|1|ED|", b"\x0b",
          b"\x1c", b"\x00", b"\xff", b"\xe2\x82", b"\\X0D\\", b"\\.sp9999\\", b"BTS|9\r", b'""', b"2026023",
          b"9" * 30]  # fmt: skip


@cache
def samples(shared: Path | None) -> list[bytes]:
    there = sorted((shared / "records" / "hl7v2").iterdir()) if shared else []
    return [*OWN, *(path.read_bytes() for path in there)]


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, bytes]]]:
    number = draw(st.integers(0, 200))
    piece = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6))
    return number, draw(st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 400), piece), min_size=1, max_size=5))


def damaged(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, piece in changes:
        start = at % (len(data) + 1)
        data = data[:start] + piece + data[start + length % 97 :]
    return data


def holds(data: bytes) -> None:
    for found in read(data):
        assert isinstance(found, Chart | Unreadable)
        if isinstance(found, Chart):
            texts = {d.id: d.text for d in found.documents}
            assert len(texts) == len(found.documents)
            for fact in found.facts:
                for span in fact.evidence:
                    assert texts[span.document][span.start : span.end] == span.text


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(edits())
def test_damaged_shared_messages(shared, changed):
    known = samples(shared)
    holds(damaged(known[changed[0] % len(known)], changed[1]))


@settings(max_examples=300, deadline=None)
@given(edits())
def test_damaged_messages_of_our_own(changed):
    holds(damaged(OWN[changed[0] % len(OWN)], changed[1]))


@pytest.mark.parametrize("data", OWN)
def test_every_beginning_of_a_message(data):
    for end in range(0, len(data), 7):
        holds(data[:end])


def test_a_message_in_another_language_is_read_as_it_stands():
    text = (
        "MSH|^~\\&|ЛИС|Б|C|H|20260302||ORU^R01|1|P|2.5||||||UNICODE UTF-8\rPID|1||7\rOBX|1|TX|N^Заключение||Пневмония."
    )
    (chart,) = read(text.encode())
    assert isinstance(chart, Chart)
    assert chart.documents[0].text == "Пневмония."


def test_a_hostile_message_costs_little():
    nested = b"MSH|^~\\&|A|B|C|D|20260302||ORU^R01|1|P|2.5\rPID|1||7\rOBX|1|TX|N^N||" + b"\\.sp200\\" * 20_000
    holds(nested)
    holds(b"MSH|^~\\&|A|B|C|D|20260302||ADT^A01|1|P|2.5\rPID|1||" + b"^~&" * 200_000)
    holds(b"MSH|^~\\&|A\r" * 3_000)
