"""X12 as a tree: separators, envelopes, cut-off files, and agreement with pyx12 on every segment."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.wire import x12
from chartcode.wire.x12 import Malformed, Refused, Transaction, transactions

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260302*0815*^*00501*000000001*0*P*:~"
GS = "GS*HC*S*R*20260302*0815*1*X*005010X222A1~"


def file(*segments: str, end: str = "GE*1*1~IEA*1*000000001~") -> bytes:
    return (ISA + GS + "".join(f"{s}~" for s in segments) + end).encode()


def read(data: bytes) -> list[Transaction | Refused]:
    return list(transactions(io.BytesIO(data)))


BODY = ("ST*837*0001*005010X222A1", "BHT*0019*00*1*20260302*0815*CH", "CLM*A1*100***11:B:1*Y", "SE*4*0001")


def test_a_transaction_and_its_elements():
    (found,) = read(file(*BODY))
    assert isinstance(found, Transaction)
    assert (found.kind, found.guide, found.control, found.sender, found.number) == (
        "837",
        "005010X222A1",
        "0001",
        "S",
        1,
    )
    assert [s.name for s in found.segments] == ["BHT", "CLM"]
    claim = found.segments[1]
    assert (claim.get(1), claim.get(2), claim.get(3), claim.get(99)) == ("A1", "100", "", "")
    assert claim.parts(5) == ["11", "B", "1"]
    assert (claim.part(5, 3), claim.part(5, 4), claim.at) == ("1", "", "CLM[1]")
    assert found.remarks == ()


def test_line_ends_after_terminators_and_newlines_as_terminators():
    lines = file(*BODY).replace(b"~", b"~\r\n")
    assert [s.name for s in read(lines)[0].segments] == ["BHT", "CLM"]
    newline = file(*BODY).replace(b"~", b"\n")
    assert [s.name for s in read(newline)[0].segments] == ["BHT", "CLM"]
    windows = file(*BODY).replace(b"~", b"\r\n")
    assert [s.name for s in read(windows)[0].segments] == ["BHT", "CLM"]


def test_other_separators():
    data = file(*BODY).translate(bytes.maketrans(b"*:~", b"|>!"))
    assert read(data)[0].segments[1].parts(5) == ["11", "B", "1"]


def test_control_characters_as_separators():
    data = file(*BODY).translate(bytes.maketrans(b"*:~", b"\x1d\x1f\x1c"))
    assert x12.recognise(data)
    assert read(data)[0].segments[1].parts(5) == ["11", "B", "1"]


def test_two_interchanges_with_different_signs_in_one_file():
    other = file(*BODY).translate(bytes.maketrans(b"*:", b"|>"))
    found = read(file(*BODY) + other)
    assert [t.segments[1].part(5, 2) for t in found] == ["B", "B"]
    assert [t.number for t in found] == [1, 2]


def test_a_component_separator_that_the_header_does_not_declare_is_found_and_told():
    (found,) = read(file(*(s.replace(":", ">") for s in BODY)))
    assert found.segments[1].parts(5) == ["11", "B", "1"]
    assert "another component separator" in found.remarks[0]


def test_a_wrong_count_is_told():
    (found,) = read(file(*BODY[:-1], "SE*9*0001"))
    assert "promises 9 segments, but 4 came" in found.remarks[0]


def test_a_count_that_is_no_number_is_passed_over():
    (found,) = read(file(*BODY[:-1], "SE*4\u00b2*0001"))
    assert found.remarks == ()


def test_a_transaction_without_trailer_is_refused_and_the_next_one_read():
    found = read(file(*BODY[:-1], *BODY))
    assert isinstance(found[0], Refused)
    assert "ST comes before its trailer" in found[0].why
    assert found[0].text.splitlines()[-1] == "CLM*A1*100***11:B:1*Y"
    assert isinstance(found[1], Transaction)


def test_a_file_that_ends_within_a_transaction():
    (found,) = read(file(*BODY[:-1], end=""))
    assert "ends before its trailer (SE)" in found.why


def test_a_file_that_ends_within_a_segment():
    found = read(file(*BODY[:-1], end="CLM*A2*10"))
    assert any("ends within a segment" in f.why for f in found if isinstance(f, Refused))


def test_a_file_without_its_last_trailer():
    found = read(file(*BODY, end=""))
    assert isinstance(found[0], Transaction)
    assert "interchange trailer" in found[1].why


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GS*HC*S*R~ST*837*1~", "begins with a group or transaction"),
        (b"hello", "begins with something else"),
        (b"", "begins with something else"),
        (b"ISA*00*", "16 elements"),
        (ISA[:105].encode(), "cut off"),
        (ISA.replace(":", "*").encode(), "three different separators"),
    ],
)
def test_what_is_no_interchange_is_refused(data, why):
    with pytest.raises(Malformed, match=why):
        read(data)


def test_a_file_without_terminators_is_refused(monkeypatch):
    monkeypatch.setattr(x12, "LONGEST", 1000)
    with pytest.raises(Malformed, match="terminator is missing"):
        read(file(*BODY) + b"x" * 2000)


def test_a_transaction_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(x12, "MOST", 10)
    with pytest.raises(Malformed, match="more than 10 segments"):
        read(file(BODY[0], *["NTE*ADD*X"] * 20))


def test_text_beside_ascii():
    for codec in ("utf-8", "cp1252"):
        (found,) = read(file(*BODY[:2], "NM1*41*2*DUFFER\u2019S", "SE*4*1").decode().encode(codec))
        assert found.segments[1].get(3) == "DUFFER\u2019S"


def test_chunks_cut_nothing(monkeypatch):
    monkeypatch.setattr(x12, "CHUNK", 120)
    (found,) = read(file(*BODY[:2], "NM1*41*2*DUFFER\u2019S" * 3, "CLM*A*1***11:B:1", "SE*5*1"))
    assert found.segments[1].get(3).startswith("DUFFER\u2019S")


@pytest.mark.parametrize("head", [b"ISA*00*", b"\xef\xbb\xbfISA|", b"\r\nISA*", b"GS*HC*A", b"ST*837*1"])
def test_x12_is_recognised(head):
    assert x12.recognise(head)


@pytest.mark.parametrize("head", [b"ISABEL came in", b"ISA", b"MSH|^~\\&", b"GS is good", b"ST elevation"])
def test_other_content_is_not(head):
    assert not x12.recognise(head)


@given(st.binary(max_size=200), st.integers(0, 150))
def test_any_bytes_are_read_or_refused(noise, at):
    data = file(*BODY)
    try:
        found = read(data[:at] + noise + data[at:])
    except Malformed:
        return
    assert all(isinstance(f, Transaction | Refused) for f in found)


def test_a_transaction_shows_none_of_its_content():
    (found,) = read(file(*BODY[:2], "NM1*IL*1*DOE*JANE", "SE*4*1"))
    assert "DOE" not in repr(found) + repr(found.segments[1])


def test_our_reading_is_that_of_pyx12(shared):
    from pyx12.x12file import X12Reader

    count = 0
    for path in sorted((shared / "records" / "x12").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        if not data.startswith(b"ISA"):
            continue
        ours = [(s.name, *s.elements[1:]) for t in read(data) if isinstance(t, Transaction) for s in t.segments]
        theirs = [
            (s.get_seg_id(), *(s.get_value(f"{n:02d}") or "" for n in range(1, len(s) + 1)))
            for s in X12Reader(io.StringIO(data.decode("utf-8")))
            if s.get_seg_id() not in ("ISA", "GS", "ST", "SE", "GE", "IEA", "TA1")
        ]
        trimmed = [tuple(_trim(row)) for row in ours]
        assert trimmed == [tuple(_trim(row)) for row in theirs], path.name
        count += 1
    assert count >= 90


def _trim(row: tuple[str, ...]) -> list[str]:
    kept = [value.rstrip(":^") for value in row]
    while kept and not kept[-1]:
        kept.pop()
    return kept
