"""HL7 v2 over MLLP: a message is stored, made a chart and answered, one after the other on each connection."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from chartcode.collect.source import Source, Unreadable
from chartcode.faults import place
from chartcode.feed.acknowledging import (
    ERROR,
    INTERNAL,
    MISSING,
    REJECTED,
    SEQUENCE,
    TAKEN,
    VERSION,
    acknowledgement,
    header,
)
from chartcode.feed.intake import Intake, Outcome
from chartcode.feed.store import RECEIVED, REJECTS, RESULTS
from chartcode.wire import hl7v2 as wire
from chartcode.wire.hl7v2 import Malformed

LIMIT = 16_000_000
"""The largest message that is taken, in bytes, unless the caller says otherwise."""

GRACE = 10.0
"""Seconds that messages in work have to be finished when the listener is told to stop."""

_END = b"\x1c"


class Listener:
    """Answers messages; ``tell`` hears one line for each, which names no patient.

    Args:
        intake: makes charts of what comes, and keeps them.
        clock: gives the time, with its zone.
        tell: hears what became of each message.
        limit: the largest message, in bytes.
    """

    def __init__(
        self,
        intake: Intake,
        clock: Callable[[], datetime],
        tell: Callable[[str], None] = lambda _: None,
        limit: int = LIMIT,
    ) -> None:
        self._intake = intake
        self._store = intake.store
        self._clock = clock
        self._tell = tell
        self._limit = limit
        self._count = 0
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Take no more messages; those in work are finished."""
        self._stop.set()

    async def run(self, host: str, port: int, ready: Callable[[int], None] = lambda _: None) -> None:
        """Listen until ``stop`` is called; ``ready`` hears the port, which the system chooses for port 0.

        Raises:
            OSError: the address cannot be listened on.
        """
        server = await asyncio.start_server(self._connection, host, port, limit=self._limit)
        self.resume()
        ready(server.sockets[0].getsockname()[1])
        await self._stop.wait()
        server.close()
        if self._open:
            await asyncio.wait(self._open, timeout=GRACE)
        for task in self._open:
            task.cancel()
        await server.wait_closed()

    def resume(self) -> None:
        """Make charts of messages that were stored and not worked off, because the process was ended."""
        done = {name.split(".hl7")[0] for room in (RESULTS, REJECTS) for name in self._store.names(room)}
        for file in list(self._store.names(RECEIVED)):
            name = file.removesuffix(".hl7")
            if name in done:
                continue
            data = self._store.read(RECEIVED, file)
            try:
                wire.message(data)
            except Malformed as malformed:
                self._refuse(name, str(malformed))
            else:
                self._settle(name, self._take(name, data))

    def answer(self, data: bytes) -> bytes:
        """Take one message in and return the answer, without frame; never raises."""
        now = self._clock()
        self._count += 1
        name = f"{now.strftime('%Y%m%dT%H%M%S.%f')}-{self._count:06d}"
        try:
            return self._answer(data, name, now)
        except OSError as error:  # the sender keeps it and sends it again
            told = f"it could not be stored ({(error.strerror or 'unknown reason').lower()})"
            self._tell(f"{name}: {told}")
            return acknowledgement(header(data), ERROR, now, name, INTERNAL, told)
        except Exception as fault:  # noqa: BLE001 - one message must not end the feed, nor its words reach a log
            told = f"a fault of chartcode ({place(fault)})"
            self._tell(f"{name}: {told}")
            return acknowledgement(header(data), ERROR, now, name, INTERNAL, told)

    def _answer(self, data: bytes, name: str, now: datetime) -> bytes:
        self._store.put(RECEIVED, f"{name}.hl7", data)
        try:
            message = wire.message(data)
        except Malformed as malformed:
            self._refuse(name, str(malformed))
            return acknowledgement(header(data), REJECTED, now, name, SEQUENCE, str(malformed))
        outcome = self._take(name, data)
        self._settle(name, outcome)
        if not outcome.refused:
            return acknowledgement(message, TAKEN, now, name)
        first = outcome.refused[0]
        code, error = _named(first)
        return acknowledgement(message, code, now, name, error, first.why)

    def _take(self, name: str, data: bytes) -> Outcome:
        return self._intake.take(f"{name}.hl7", Source("", name, held=data), safe=False)

    def _settle(self, name: str, outcome: Outcome) -> None:
        """Put a message that gave nothing but a refusal with its reason, and tell."""
        if outcome.refused and not outcome.charts:
            self._store.move(RECEIVED, REJECTS, f"{name}.hl7")
        self._tell(str(outcome))

    def _refuse(self, name: str, why: str) -> None:
        self._store.put(REJECTS, f"{name}.hl7.reason.txt", f"{name}: {why}\n".encode())
        self._store.move(RECEIVED, REJECTS, f"{name}.hl7")
        self._tell(f"{name}: refused: {why}")

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)  # a sender that is gone must not hold a connection
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            while await self._message(reader, writer):
                pass
        except ConnectionError:  # the sender went away; what it had sent whole is kept
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _message(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take one message; return whether another may come on this connection."""
        reading = asyncio.ensure_future(reader.readuntil(_END))
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({reading, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not reading.done():
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
            return False
        try:
            data = reading.result()
        except asyncio.IncompleteReadError as cut:
            if cut.partial.strip(b"\x0b\r\n \t"):
                self._keep_half(cut.partial)
            return False
        except asyncio.LimitOverrunError:
            why = f"it is larger than the {self._limit / 1e6:g} MB that a message may have"
            self._tell(f"a message was refused: {why}")
            now = self._clock()
            answer = acknowledgement(None, REJECTED, now, now.strftime("%Y%m%dT%H%M%S.%f"), INTERNAL, why)
            writer.write(wire.framed(answer))
            await writer.drain()
            return False
        start = data.find(b"\x0b")
        content = data[start + 1 : -1] if start >= 0 else data[:-1]
        writer.write(wire.framed(self.answer(content.strip(b"\r\n"))))
        await writer.drain()
        return not self._stop.is_set()

    def _keep_half(self, data: bytes) -> None:
        """Keep what came of a message whose connection ended: it was never acknowledged, so it will come again."""
        self._count += 1
        name = f"{self._clock().strftime('%Y%m%dT%H%M%S.%f')}-{self._count:06d}"
        why = "the connection ended within the message; it was not acknowledged"
        with suppress(OSError):
            self._store.put(REJECTS, f"{name}.hl7", data)
            self._store.put(REJECTS, f"{name}.hl7.reason.txt", f"{name}: {why}\n".encode())
        self._tell(f"{name}: refused: {why}")


def _named(refused: Unreadable) -> tuple[str, str]:
    """Return the acknowledgement code and the error code for a reason."""
    if "version" in refused.why:
        return REJECTED, VERSION
    if "PID" in refused.why:
        return ERROR, MISSING
    return ERROR, INTERNAL
