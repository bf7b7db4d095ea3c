"""``python -m bench feeds``: HL7 v2 messages, X12 claims and remittances a second, and messages answered over MLLP.

Records are read from memory on one core, each file as one source, from bytes to charts with documents and facts; the
processor seconds count, not the wall's. The listener is measured over the loopback address with one connection, each
message stored (synced to the disk), made a chart and acknowledged before the next is sent.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from bench import machine
from bench.sets.files import Missing
from bench.tables import table
from chartcode.collect import Unreadable
from chartcode.collect.formats import charts
from chartcode.collect.source import Source
from chartcode.feed import Intake, Listener, Store, as_collected
from chartcode.wire import hl7v2, x12

_TEXTS = (b"|TX|", b"|FT|", b"|ED|")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="a folder with records of HL7 v2 and X12 in it")
    parser.add_argument("--seconds", type=float, default=5.0, help="processor seconds for each row (default: 5)")
    parser.add_argument("--messages", type=int, default=2000, help="messages sent over MLLP (default: 2000)")


def main(options: argparse.Namespace) -> int:
    """Measure and print."""
    described, bound = machine.describe(), machine.one_core()
    known = [p.read_bytes() for p in sorted(options.data.rglob("*")) if p.is_file()]
    messages = [data for data in known if hl7v2.recognise(data)]
    claims = [data for data in known if x12.recognise(data) and b"ST*837" in data]
    payments = [data for data in known if x12.recognise(data) and b"ST*835" in data]
    if not (messages and claims and payments):
        raise Missing(f"{options.data}: there are no records of HL7 v2, 837 and 835 in it")
    written = [data for data in messages if any(sign in data for sign in _TEXTS)]
    fields = [data for data in messages if data not in written]
    rows = [
        _row("HL7 v2, all", messages, _messages, options.seconds),
        _row("HL7 v2, fields only", fields, _messages, options.seconds),
        _row("HL7 v2, with texts or documents", written, _messages, options.seconds),
        _row("X12 837", claims, _claims, options.seconds),
        _row("X12 835", payments, _claims, options.seconds),
    ]
    print(f"{described}; {bound}\n")
    print(table(("records", "files", "kB each", "records/s", "charts/s", "MB/s"), rows))
    sent, seconds = asyncio.run(_talk(messages, options.messages))
    print(f"\nMLLP: {sent} messages stored and acknowledged in {seconds:.1f} s: {sent / seconds:.0f} a second")
    print(f"peak {machine.peak_mb(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss):.0f} MB")
    return 0


def _messages(data: bytes) -> int:
    return sum(1 for found in hl7v2.slices(data) if isinstance(found, hl7v2.Slice) and found.name == "MSH")


def _claims(data: bytes) -> int:
    return sum(data.count(mark) for mark in (b"~CLM*", b"\nCLM*", b"~CLP*", b"\nCLP*"))


def _row(name: str, files: Sequence[bytes], counted: Callable[[bytes], int], seconds: float) -> tuple[str, ...]:
    """Return a row: all files read again and again for so many processor seconds."""
    one_round = sum(map(counted, files))
    rounds = made = 0
    began = process_time()
    while (spent := process_time() - began) < seconds:
        for data in files:
            for found in charts(Source("bench", "bench", held=data)):
                made += not isinstance(found, Unreadable)
        rounds += 1
    size = sum(map(len, files))
    rate = rounds * one_round / spent
    figures = (len(files), size / 1000 / one_round, rate, made / spent, rounds * size / 1e6 / spent)
    return (name, f"{figures[0]}", f"{figures[1]:.1f}", f"{figures[2]:,.0f}", f"{figures[3]:,.0f}", f"{figures[4]:.1f}")


async def _talk(messages: Sequence[bytes], count: int) -> tuple[int, float]:
    """Send messages one after the other and wait for each answer; return how many were answered AA, and how long."""
    with tempfile.TemporaryDirectory(prefix="chartcode-bench-") as name:
        store = Store(Path(name))
        listener = Listener(Intake(store, as_collected), lambda: datetime.now(UTC))
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        running = asyncio.create_task(listener.run("127.0.0.1", 0, port.set_result))
        reader, writer = await asyncio.open_connection("127.0.0.1", await port)
        began, taken = perf_counter(), 0
        for number in range(count):
            writer.write(hl7v2.framed(messages[number % len(messages)]))
            taken += b"MSA|AA|" in await reader.readuntil(hl7v2.END)
        seconds = perf_counter() - began
        writer.close()
        listener.stop()
        await running
        store.close()
    return taken, seconds
