"""The reference page of the command, made from its parser: ``python -m chartcode.cli.page > docs/reference/cli.md``.

A test compares the page with the parser, so an option cannot be added without its line here. The page is written from
the parser's own actions and not from ``--help``, whose layout changes with the version of Python and the terminal.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

# argparse has no public way to walk a parser; these attributes have kept their names since it was written.
# ruff: noqa: SLF001

_COMMAND = re.compile(r"'(chartcode [^']*)'")
"""A command quoted in a help text."""

STATUS = (
    "Exit status: 0 done; 1 something was wrong with the data (one sentence on standard error for each fault; the",
    "other charts are still coded); 2 the command was called wrongly; 70 a fault of chartcode;",
    "130 interrupted.",
)


def page(top: argparse.ArgumentParser) -> str:
    """Return the reference page of a command in Markdown: each verb with its arguments and options."""
    lines = [
        f"# The command `{top.prog}`",
        "",
        "Made from the command's own parser by `python -m chartcode.cli.page`; do not edit.",
        "",
        *STATUS,
    ]
    for name, verb in _verbs(top):
        lines += ["", *_entry(f"{top.prog} {name}", verb)]
    return "\n".join(lines) + "\n"


def _verbs(parser: argparse.ArgumentParser, above: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield each verb, and after it the verbs under it, with its full name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                yield f"{above}{name}", verb
                yield from _verbs(verb, f"{above}{name} ")


def _entry(name: str, verb: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of one verb."""
    actions = [a for a in verb._actions if not isinstance(a, argparse._HelpAction | argparse._SubParsersAction)]
    below = [action for action in verb._actions if isinstance(action, argparse._SubParsersAction)]
    places = [_argument(action) for action in actions if not action.option_strings]
    options = ["[OPTION]..."] if len(places) < len(actions) else []
    acts = ["|".join(action.choices) for action in below]
    yield from (f"## {name}", "", f"`{' '.join([name, *options, *places, *acts])}`", "", str(verb.description))
    if not actions:
        return
    yield from ("", "| argument or option | meaning |", "|---|---|")
    for group in verb._action_groups:
        where = "" if group.title in ("positional arguments", "options") else f"{group.title}: "
        for action in group._group_actions:
            if action in actions:
                meaning = _COMMAND.sub(r"`\1`", str(action.help))
                yield f"| {_spelling(action)} | {where}{meaning} |"


def _argument(action: argparse.Action) -> str:
    """Return how an argument is written in a call."""
    name = str(action.metavar or action.dest)
    return f"{name}..." if action.nargs == "+" else name


def _spelling(action: argparse.Action) -> str:
    """Return an option with its value or its choices, as a cell of a table."""
    if not action.option_strings:
        return f"`{_argument(action)}`"
    names = ", ".join(f"`{name}`" for name in action.option_strings)
    if action.nargs == 0:
        return names
    if action.choices and not action.metavar:
        return f"{names} {', '.join(f'`{choice}`' for choice in action.choices)}"
    return f"{names} `{action.metavar or action.dest.upper()}`"


if __name__ == "__main__":
    from chartcode.cli import parser

    sys.stdout.write(page(parser()))
