"""The command ``chartcode``: one module a verb.

Each verb module has ``add(verbs)``, which declares its options, and ``run(options)``, which returns the exit status:
0 done, 1 something was wrong with the data, 2 the command was called wrongly. A verb imports what it needs only when
it runs, because the start counts in the time for one note.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from chartcode.cli import (
    batch,
    books,
    check,
    claim,
    code,
    collect,
    deidentify,
    demo,
    explain,
    group,
    listen,
    remit,
    report,
    rules,
    version,
    watch,
)
from chartcode.cli.options import DATA, FAULT, REPORT, Parser, say
from chartcode.faults import place

VERBS = (
    code,
    batch,
    report,
    demo,
    collect,
    listen,
    watch,
    check,
    group,
    claim,
    remit,
    deidentify,
    explain,
    books,
    rules,
    version,
)

INTERRUPTED = 130
BROKEN_PIPE = 141


def parser() -> Parser:
    """Return the parser of the whole command, from which the reference page is made too."""
    top = Parser(
        prog="chartcode",
        description="Medical coding from the record to the claim: codes with their evidence, by the books in force.",
        epilog="'chartcode VERB --help' explains a verb.",
    )
    top.add_argument("--version", action=version.Version, help="show the version and exit")
    verbs = top.add_subparsers(title="verbs", metavar="VERB", dest="verb", required=True)
    for verb in VERBS:
        verb.add(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    try:
        options = parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away. What is still buffered must not fail again when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        say(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        return DATA
    except Exception as fault:  # noqa: BLE001 - a traceback would print the error's message, which may be a patient's words
        say(f"{place(fault)}: {REPORT}")
        return FAULT
    return status
