"""``chartcode listen``: HL7 v2 messages over MLLP, each stored and answered."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, between, say

if TYPE_CHECKING:
    from chartcode.feed.lines import Line

HOST = "127.0.0.1"


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "listen",
        help="take HL7 v2 messages over MLLP",
        description="Take HL7 v2 messages over MLLP: each is stored, made a chart, and answered (AA, AE, AR). "
        "Ends at Ctrl-C or SIGTERM, when the messages in work are done.",
    )
    verb.add_argument(
        "--port", type=between(0, 65535), required=True, metavar="N", help="the port; 0 lets one be chosen"
    )
    verb.add_argument(
        "--host", default=HOST, metavar="ADDRESS", help=f"the address to listen on (default: {HOST}, this machine only)"
    )
    add_out(verb)
    verb.add_argument(
        "--limit",
        type=between(1, 1000),
        default=16,
        metavar="MB",
        help="the largest message in megabytes (default: 16)",
    )
    verb.set_defaults(run=run)


def add_out(verb: argparse.ArgumentParser) -> None:
    """Add the options of what becomes of a record of a feed."""
    verb.add_argument(
        "--out", default="feed", metavar="DIR", help="where received, results and rejects are kept (default: feed)"
    )
    verb.add_argument("--code", action="store_true", help="code each chart; else results hold its facts only")


def run(options: argparse.Namespace) -> int:
    """Listen until told to stop."""
    import asyncio
    import signal
    from datetime import datetime

    from chartcode.feed import Intake, Listener, Store, Taken

    try:
        store = Store(Path(options.out))
    except Taken as taken:
        say(str(taken))
        return DATA

    async def listen() -> None:
        intake = Intake(store, line(options))
        listener = Listener(intake, lambda: datetime.now().astimezone(), _tell, options.limit * 1_000_000)
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, listener.stop)
        await listener.run(options.host, options.port, lambda port: say(f"listening on {options.host}, port {port}"))

    try:
        asyncio.run(listen())
    except OSError as error:
        say(f"{options.host}, port {options.port}: {(error.strerror or 'it cannot be listened on').lower()}")
        return DATA
    finally:
        store.close()
    say("stopped")
    return OK


def line(options: argparse.Namespace) -> Line:
    """Return what makes a chart a line of a result."""
    from chartcode.feed import as_collected, coded

    if not options.code:
        return as_collected
    from chartcode.cli.options import today
    from chartcode.cli.shelf import open_shelf
    from chartcode.pipeline import Coder

    return coded(Coder(open_shelf()), today)


def _tell(sentence: str) -> None:
    print(sentence, flush=True)
