"""What the verbs share: the parser, the kinds of values, the options of an encounter, speaking on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import NoReturn

from chartcode.model.chart import SETTINGS

OK = 0
DATA = 1
USAGE = 2

FAULT = 70
"""The status of a fault of the program, as in sysexits.h."""

REPORT = "this is a fault of chartcode, please report it"

JOBS = 64
OLDEST = 130


class Parser(argparse.ArgumentParser):
    """A parser that answers a wrong call with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, and leave with the status for usage."""
        say(f"{message}; see '{self.prog} --help'")
        raise SystemExit(USAGE)


def say(sentence: str) -> None:
    """Write one sentence to standard error."""
    print(f"chartcode: {sentence}", file=sys.stderr, flush=True)


def today() -> date:
    """Return this day where the command runs. No other part of the package reads the clock."""
    return datetime.now().astimezone().date()


def day(value: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


def between(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two bounds."""

    def number(value: str) -> int:
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from {least} to {most}")

    return number


def add_encounter(verb: argparse.ArgumentParser) -> None:
    """Add the options that speak where the chart is silent."""
    silent = verb.add_argument_group("where the chart is silent")
    silent.add_argument("--setting", choices=SETTINGS, help="the kind of encounter (default: outpatient)")
    silent.add_argument(
        "--date", type=day, metavar="YYYY-MM-DD", help="the day of the encounter, which picks the books"
    )
    silent.add_argument("--sex", choices=("F", "M"), help="the patient's sex")
    silent.add_argument("--age", type=between(0, OLDEST), metavar="N", help="the patient's age in completed years")
