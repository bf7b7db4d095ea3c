"""``chartcode version`` and ``chartcode help``: what is installed, and what it can do."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from chartcode.cli.options import OK


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both verbs."""
    verb = verbs.add_parser("version", help="show the version", description="Show the version of chartcode.")
    verb.set_defaults(run=version)
    verb = verbs.add_parser("help", help="show this help", description="Show what the command can do.")
    verb.set_defaults(run=overview)


class Version(argparse.Action):
    """``--version``, which needs no verb; the version is looked up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **others: Any) -> None:  # noqa: ANN401 - as argparse has it
        """Take no value."""
        super().__init__(option_strings, dest, nargs=0, **others)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and end."""
        version(argparse.Namespace())
        parser.exit()


def version(_: argparse.Namespace) -> int:
    """Print the installed version."""
    from importlib.metadata import version as installed

    print(f"chartcode {installed('chartcode')}")
    return OK


def overview(_: argparse.Namespace) -> int:
    """Print the help of the whole command."""
    from chartcode.cli import parser

    parser().print_help()
    return OK
