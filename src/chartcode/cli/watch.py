"""``chartcode watch``: a folder into which others put records, each taken once."""

from __future__ import annotations

import argparse
from pathlib import Path

from chartcode.cli.listen import add_out, line
from chartcode.cli.options import DATA, OK, USAGE, between, say


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "watch",
        help="take the records that come into a folder",
        description="Take the records that come into a folder, of any format that is read, each once and when it is "
        "complete. Ends at Ctrl-C or SIGTERM, when the file in work is done.",
    )
    verb.add_argument("folder", metavar="FOLDER", help="the folder; it is only read")
    add_out(verb)
    verb.add_argument(
        "--every",
        type=between(1, 3600),
        default=2,
        metavar="N",
        help="seconds between looks; a file that two looks find unchanged is complete (default: 2)",
    )
    verb.add_argument("--once", action="store_true", help="take what is there now, and end; 1 if a record was refused")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Watch until told to stop."""
    import signal
    import threading

    from chartcode.feed import Intake, Store, Taken, Watcher

    folder = Path(options.folder)
    if not folder.is_dir():
        say(f"{options.folder}: there is no such folder; give one that exists")
        return USAGE
    try:
        store = Store(Path(options.out))
    except Taken as taken:
        say(str(taken))
        return DATA
    stop = threading.Event()
    before = {sign: signal.signal(sign, lambda *_: stop.set()) for sign in (signal.SIGTERM, signal.SIGINT)}
    status = OK
    try:
        watcher = Watcher(folder, Intake(store, line(options)))
        while True:
            for outcome in watcher.look():
                print(outcome, flush=True)
                if outcome.refused:
                    status = DATA
                if stop.is_set():
                    break
            if stop.is_set() or (options.once and not watcher.waiting()) or stop.wait(options.every):
                break
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
        store.close()
    return status if options.once else OK
