"""HL7 v2 as a tree: separators, escapes, character sets, files of many messages, and what is no message."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.wire import hl7v2
from chartcode.wire.hl7v2 import Malformed, Separators, message, slices

HEAD = r"MSH|^~\&|LAB|SITE|CC|HOME|20260302081500||ORU^R01^ORU_R01|C-1|P|2.5.1"


def one(*lines: str, head: str = HEAD) -> hl7v2.Message:
    return message("\r".join([head, *lines]).encode())


def test_the_header_says_what_a_message_is():
    found = one("PID|1||77^^^HOME^MR")
    assert (found.code, found.event, found.control, found.version) == ("ORU", "R01", "C-1", "2.5.1")
    assert found.header.get(1) == "|"
    assert found.header.raw(2) == "^~\\&"
    assert found.header.get(3) == "LAB"


def test_the_event_of_an_old_message_is_in_its_evn():
    assert one("EVN|A08|20260302", head=r"MSH|^~\&|A|B|C|D|20260302||ADT|1|P|2.1").event == "A08"


def test_components_repetitions_and_subcomponents():
    segment = one("PID|1||77^^^HOME&1.2.3&ISO^MR~88^^^OTHER^PI").segments[1]
    assert segment.get(3) == "77"
    assert segment.get(3, 4) == "HOME"
    assert segment.get(3, 4, 2) == "1.2.3"
    assert segment.get(3, 5) == "MR"
    assert [segment.part(r, 5) for r in segment.repetitions(3)] == ["MR", "PI"]
    assert segment.get(3, 9) == segment.get(30) == segment.get(3, 1, 2) == ""
    assert segment.at == "PID[1]"


def test_the_null_value_is_empty():
    assert one('PID|1||""^^^HOME').segments[1].get(3) == ""


def test_a_message_may_choose_its_own_separators():
    found = message(b"MSH*$%!@*LAB*SITE***20260302**ORU$R01*C*P*2.5\rPID*1**77$$$HOME@1.2@ISO$MR%88\rNTE*1**a!F!b!T!c")
    assert found.event == "R01"
    assert found.segments[1].get(3, 4, 2) == "1.2"
    assert found.segments[2].text(3) == "a*b@c"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"A\F\B\S\C\T\D\R\E\E\F", r"A|B^C&D~E\F"),
        (r"one\.br\two", "one\ntwo"),
        (r"one\.sp2\two", "one\n\ntwo"),
        (r"a\.sk3\b", "a   b"),
        (r"\H\bold\N\ plain", "bold plain"),
        (r"\.in+4\indented", "indented"),
        (r"x\X0D0A\y", "x\r\ny"),
        (r"caf\XC3A9\!", "café!"),
        (r"C:\temp\new", r"C:\temp\new"),
        (r"50\% off", r"50\% off"),
        ("trailing\\", "trailing\\"),
        (r"\Zabc\local", "local"),
        (r"\.sp99999\x", "\n" * 200 + "x"),
    ],
)
def test_escapes(written, read):
    assert one(f"NTE|1||{written}").segments[1].text(3) == read


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_what_is_escaped_is_read_again(value):
    written = hl7v2.escaped(value, Separators())
    assert not set(written) & set("|^~&")
    assert one(f"NTE|1||{written}.").segments[1].text(3) == value + "."


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r\n"])
def test_every_line_end_ends_a_segment(end):
    data = end.join([HEAD, "PID|1||77", "PV1|1|I"]).encode() + end.encode()
    assert [s.name for s in message(data).segments] == ["MSH", "PID", "PV1"]


def test_line_breaks_within_a_text_belong_to_the_text():
    found = one("OBX|1|TX|1^NOTE||First line", "second line", "", "PLAN: third|||||F", "OBX|2|NM|2||7")
    assert [s.name for s in found.segments] == ["MSH", "OBX", "OBX"]
    assert found.segments[1].text(5) == "First line\nsecond line\nPLAN: third"
    assert found.segments[1].get(10) == "F"


def test_garbage_between_other_segments_is_refused():
    with pytest.raises(Malformed, match="line 3 of the message is no segment"):
        one("PID|1||77", "this is no segment", "PV1|1|I")


def test_z_segments_stay():
    assert one("ZPI|1|ours").segments[1].get(2) == "ours"


@pytest.mark.parametrize(
    ("charset", "codec"), [("8859/1", "latin-1"), ("UNICODE UTF-8", "utf-8"), ("GB 18030-2000", "gb18030")]
)
def test_the_declared_character_set_is_used(charset, codec):
    head = rf"{HEAD}||||||{charset}"
    found = message(f"{head}\rNTE|1||Müller".encode(codec))
    assert found.segments[1].text(3) == "Müller"
    assert found.remarks == ()


def test_a_wrong_character_set_is_remarked():
    found = message(f"{HEAD}||||||ASCII\rNTE|1||Müller".encode())
    assert found.segments[1].text(3) == "Müller"
    assert "declares ASCII" in found.remarks[0]
    silent = message(f"{HEAD}\rNTE|1||Müller".encode("latin-1"))
    assert silent.segments[1].text(3) == "Müller"
    assert "no other character set" in silent.remarks[0]


def test_utf_16_with_a_mark_is_read():
    data = f"{HEAD}\rNTE|1||Müller".encode("utf-16")
    (only,) = slices(data)
    assert message(only.data).segments[1].text(3) == "Müller"


@pytest.mark.parametrize("end", ["\\r", "\\n", "\\r\\n"])
def test_a_message_as_a_program_prints_it(end):
    data = end.join([HEAD, "PID|1||7", "PV1|1|I", ""]).encode()
    (only,) = slices(data)
    assert [s.name for s in message(only.data).segments] == ["MSH", "PID", "PV1"]
    assert message(data).segments[1].get(3) == "7"
    usual = message(f"{HEAD}\rNTE|1||C:{end}OOT|x".encode())
    assert usual.segments[1].get(3) == f"C:{end}OOT"


def test_a_hexadecimal_escape_beyond_the_declared_set_is_windows_1252():
    assert message(f"{HEAD}||||||ASCII\rNTE|1||caf\\XE9\\!".encode()).segments[1].text(3) == "caf\u00e9!"


def test_a_byte_order_mark_before_a_message_is_none_of_it():
    assert message(b"\xef\xbb\xbf" + HEAD.encode()).control == "C-1"


def test_a_file_is_cut_into_messages_and_envelope():
    lines = (r"FHS|^~\&|A", r"BHS|^~\&|A", HEAD, "PID|1", HEAD, "PID|1", "BTS|2", "FTS|1")
    data = "\r\n".join(lines).encode()
    found = list(slices(b"\xef\xbb\xbf" + data))
    assert [(s.name, s.line) for s in found] == [
        ("FHS", 1),
        ("BHS", 2),
        ("MSH", 3),
        ("MSH", 5),
        ("BTS", 7),
        ("FTS", 8),
    ]
    assert found[2].data.splitlines()[-1] == b"PID|1"


def test_mllp_frames_in_a_file_are_taken_off():
    data = b"".join(hl7v2.framed(f"{HEAD}\rPID|1\r".encode()) for _ in range(3))
    found = list(slices(data))
    assert len(found) == 3
    assert all(len(message(s.data).segments) == 2 for s in found)


def test_a_message_in_the_text_of_another_is_no_message():
    data = f"{HEAD}\rOBX|1|TX|1||the MSH|segment is the first".encode()
    assert len(list(slices(data))) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PID|1", "does not begin with MSH"),
        (b"", "does not begin with MSH"),
        (b"MSH|", "MSH-2 is empty"),
        (b"MSH||A|B", "MSH-2 is empty"),
        (b"MSHaaaa", "do not declare"),
        (b"MSH|^^^^|A", "do not declare"),
        (b"MSH|^~\\&$%!|A", "do not declare"),
    ],
)
def test_what_is_no_message_is_refused(data, why):
    with pytest.raises(Malformed, match=why):
        message(data)


def test_what_stands_before_the_first_message_is_refused_and_the_rest_read():
    found = list(slices(f"hello\r{HEAD}\rPID|1".encode()))
    assert isinstance(found[0], Malformed)
    assert found[1].name == "MSH"
    assert len(found) == 2


@pytest.mark.parametrize(
    "head", [b"MSH|^~\\&|", b"\xef\xbb\xbfMSH|^~\\&|", b"\x0bMSH|^~\\&|", b"\r\nFHS|^~\\&|", b"BHS$^"]
)
def test_messages_are_recognised(head):
    assert hl7v2.recognise(head)


@pytest.mark.parametrize("head", [b"MSH was the first", b"PID|1|", b"", b"MSH", b"ISA*00*", b"MSHA|^~"])
def test_other_content_is_not(head):
    assert not hl7v2.recognise(head)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for found in slices(data):
        if not isinstance(found, Malformed):
            with suppress(Malformed):
                for segment in message(found.data).segments if found.name == "MSH" else ():
                    assert isinstance(segment.get(3, 2) + segment.text(5), str)


def test_a_message_shows_none_of_its_content():
    found = one("PID|1||77||DOE^JANE")
    assert "DOE" not in repr(found) + repr(found.segments[1]) + repr(list(slices(b"MSH|^~\\&|DOE")))
