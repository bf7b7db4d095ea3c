"""Messages over the wire: stored, answered, refused with reasons, and never half taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartcode.feed import Intake, Listener, Store, Uncoded, as_collected
from chartcode.wire import hl7v2 as wire

HEAD = r"MSH|^~\&|ADT|MERCY|CC|HOME|20260302101500||ADT^A01^ADT_A01|C-77|P|2.5.1"
GOOD = f"{HEAD}\rPID|1||4711||ROE^ALEX||19580412|F\rPV1|1|I\rDG1|1||E11.9^Diabetes^I10C|||A\r".encode()
NOW = datetime(2026, 3, 2, 10, 15, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    kept = Store(tmp_path / "feed")
    yield kept
    kept.close()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def listener(store, said):
    return Listener(Intake(store, as_collected), lambda: NOW, said.append)


def fields(answer: bytes) -> dict[str, list[str]]:
    return {line[:3]: line.split("|") for line in answer.decode().split("\r") if line}


def kept(store: Store) -> dict[str, list[str]]:
    return {room: list(store.names(room)) for room in ("received", "results", "rejects")}


def test_a_good_message_is_stored_made_a_chart_and_acknowledged(listener, store, said):
    answer = fields(listener.answer(GOOD))
    assert answer["MSH"][2:6] == ["CC", "HOME", "ADT", "MERCY"]
    assert answer["MSH"][6] == "20260302101501+0000"
    assert answer["MSH"][8] == "ACK^A01^ACK"
    assert answer["MSH"][10:12] == ["P", "2.5.1"]
    assert answer["MSA"] == ["MSA", "AA", "C-77"]
    assert "ERR" not in answer
    (name,) = store.names("received")
    assert store.read("received", name) == GOOD
    (result,) = store.names("results")
    chart = json.loads(store.read("results", result))
    assert chart["id"] == "C-77"
    assert chart["encounter"]["facility"] == "MERCY"
    assert kept(store)["rejects"] == []
    assert said == [f"{name}: 1 chart"]


@pytest.mark.parametrize(
    ("data", "code", "error", "why"),
    [
        (b"hello", "AR", "100", "does not begin with MSH"),
        (f"{HEAD}\rgarbage\rPID|1||7".encode(), "AR", "100", "line 2 of the message is no segment"),
        (f"{HEAD}\rPV1|1|I".encode(), "AE", "101", "no PID segment"),
        (f"{HEAD[:-5]}9.9\rPID|1||7".encode(), "AR", "203", "not HL7 v2"),
    ],
)
def test_a_bad_message_is_refused_kept_and_told_why(listener, store, said, data, code, error, why):
    answer = fields(listener.answer(data))
    assert answer["MSA"][1] == code
    assert why in answer["MSA"][3]
    assert answer["ERR"][3].startswith(error)
    assert answer["ERR"][4] == "E"
    assert why in answer["ERR"][8]
    message, reason = kept(store)["rejects"]
    assert store.read("rejects", message) == data
    assert why.encode() in store.read("rejects", reason)
    assert kept(store)["received"] == kept(store)["results"] == []
    assert why in said[0]


def test_an_answer_uses_the_separators_of_its_message(listener):
    data = b"MSH*$%!@*ADT*MERCY*CC*HOME*20260302**ADT$A01*C*P*2.5\rPV1*1"
    answer = listener.answer(data).decode()
    assert answer.startswith("MSH*$%!@*CC*HOME*ADT*MERCY*")
    assert "MSA*AE*C*" in answer
    assert "*ACK$A01$ACK*" in answer
    assert "ERR***101$Required field missing$HL70357*E" in answer


def test_a_message_with_nothing_to_code_is_acknowledged(listener, store, said):
    data = HEAD.replace("ADT^A01^ADT_A01", "ADT^A40^ADT_A39").encode() + b"\rPID|1||4711\rMRG|4712\r"
    assert fields(listener.answer(data))["MSA"][1] == "AA"
    assert kept(store)["rejects"] == []
    assert "without anything to code" in said[0]


def test_a_disk_that_is_full_makes_the_sender_keep_the_message(listener, store, said, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "put", full)
    answer = fields(listener.answer(GOOD))
    assert answer["MSA"][1:4] == ["AE", "C-77", "it could not be stored (no space left on device)"]
    assert answer["ERR"][3].startswith("207")
    assert said


def test_a_fault_of_the_program_is_answered_without_the_patients_words(store, said):
    def broken(_: object) -> str:
        raise RuntimeError("ROE^ALEX")

    listener = Listener(Intake(store, broken), lambda: NOW, said.append)
    answer = listener.answer(GOOD)
    assert fields(answer)["MSA"][1] == "AE"
    assert b"ROE" not in answer
    assert "ROE" not in said[0]
    (reason,) = (n for n in store.names("rejects") if n.endswith(".txt"))
    assert b"RuntimeError at" in store.read("rejects", reason)
    assert b"ROE" not in store.read("rejects", reason)


def test_a_chart_that_cannot_be_coded_is_refused(store):
    def unable(_: object) -> str:
        raise Uncoded("no books are in force")

    answer = fields(Listener(Intake(store, unable), lambda: NOW).answer(GOOD))
    assert answer["MSA"][1] == "AE"
    assert "not coded: no books are in force" in answer["MSA"][3]


def test_messages_stored_before_a_crash_are_worked_off_at_the_next_start(listener, store):
    store.put("received", "20260301T000000.000000-000001.hl7", GOOD)
    store.put("received", "20260301T000000.000000-000002.hl7", b"hello")
    listener.resume()
    assert kept(store) == {
        "received": ["20260301T000000.000000-000001.hl7"],
        "results": ["20260301T000000.000000-000001.hl7.jsonl"],
        "rejects": [
            "20260301T000000.000000-000002.hl7",
            "20260301T000000.000000-000002.hl7.reason.txt",
        ],
    }
    listener.resume()
    assert len(list(store.names("results"))) == 1


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def connected(listener: Listener, talk: Talk) -> None:
    """Run the listener, talk to it on one connection, and stop it."""

    async def main() -> None:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(listener.run("127.0.0.1", 0, port.set_result))
        reader, writer = await asyncio.open_connection("127.0.0.1", await port)
        await talk(reader, writer)
        writer.close()
        await writer.wait_closed()
        listener.stop()
        await asyncio.wait_for(running, 5)

    asyncio.run(main())


async def reply(reader: asyncio.StreamReader) -> dict[str, list[str]]:
    data = await asyncio.wait_for(reader.readuntil(wire.END), 5)
    assert data.startswith(wire.START)
    return fields(data[1:-2])


def test_several_messages_on_one_connection(listener, store):
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(wire.framed(GOOD) + wire.framed(b"hello") + wire.framed(GOOD.replace(b"C-77", b"C-78")))
        assert [(await reply(reader))["MSA"][1] for _ in range(3)] == ["AA", "AR", "AA"]

    connected(listener, talk)
    assert len(kept(store)["received"]) == 2
    assert len(kept(store)["rejects"]) == 2


def test_a_message_in_pieces_and_noise_between_frames(listener):
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\r\n noise")
        for byte in wire.framed(GOOD):
            writer.write(bytes([byte]))
            await writer.drain()
        assert (await reply(reader))["MSA"][1:] == ["AA", "C-77"]

    connected(listener, talk)


def test_a_message_that_is_too_large_is_refused_and_the_connection_ended(store, said):
    listener = Listener(Intake(store, as_collected), lambda: NOW, said.append, limit=1000)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(wire.framed(GOOD + b"NTE|1||" + b"x" * 5000))
        answer = await reply(reader)
        assert answer["MSA"][1] == "AR"
        assert "larger than the 0.001 MB" in answer["MSA"][3]
        assert await reader.read() == b""

    connected(listener, talk)
    assert kept(store)["received"] == []


def test_a_message_cut_off_by_the_sender_is_kept_and_not_taken(listener, store, said):
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(wire.START + GOOD[:60])
        await writer.drain()
        writer.write_eof()
        for _ in range(100):
            if said:
                break
            await asyncio.sleep(0.02)

    connected(listener, talk)
    assert kept(store)["received"] == kept(store)["results"] == []
    assert any(n.endswith(".hl7") for n in store.names("rejects"))
    assert "connection ended within the message" in said[0]


def test_an_idle_connection_does_not_keep_the_listener_from_stopping(listener):
    async def talk(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        listener.stop()
        await asyncio.sleep(0.05)

    connected(listener, talk)


def test_an_address_in_use_is_an_error(listener):
    async def main() -> None:
        taken = await asyncio.start_server(lambda _, w: w.close(), "127.0.0.1", 0)
        port = taken.sockets[0].getsockname()[1]
        try:
            with pytest.raises(OSError, match=r"in use|address"):
                await listener.run("127.0.0.1", port)
        finally:
            taken.close()
            await taken.wait_closed()

    asyncio.run(main())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.integers(0, len(GOOD)), st.booleans())
def test_whatever_comes_is_answered_and_kept(listener, store, noise, at, whole):
    data = noise if whole else GOOD[:at] + noise + GOOD[at:]
    before = {room: len(names) for room, names in kept(store).items()}
    answer = fields(listener.answer(data))
    assert answer["MSA"][1] in ("AA", "AE", "AR")
    after = {room: len(names) for room, names in kept(store).items()}
    taken, refused = after["received"] - before["received"], after["rejects"] - before["rejects"]
    if data.strip(b"\0"):
        assert taken + refused > 0
    if answer["MSA"][1] == "AA":
        assert taken == 1
