"""``chartcode version`` and ``chartcode help``: what is installed, and what it can do."""

from __future__ import annotations

import argparse

from chartcode.cli.options import OK


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both verbs."""
    verb = verbs.add_parser("version", help="show the version", description="Show the version of chartcode.")
    verb.set_defaults(run=version)
    verb = verbs.add_parser("help", help="show this help", description="Show what the command can do.")
    verb.set_defaults(run=overview)


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
