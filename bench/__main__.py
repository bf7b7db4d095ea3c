"""The command line of the benches."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from bench.sets.files import Missing

COMMANDS = (
    "accuracy",
    "books",
    "claims",
    "collect",
    "conformance",
    "feeds",
    "fuzz",
    "reports",
    "rules",
    "speed",
    "validity",
    "linearity",
    "deidentify",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one bench.

    Returns:
        0 if it ran (and, for ``validity`` and ``linearity``, passed), else 1.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=sys.modules["bench"].__doc__)
    verbs = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"bench.{name}")
        about = (module.__doc__ or "").strip()
        verb = verbs.add_parser(
            name,
            help=about.split("\n")[0].partition(": ")[2],
            description=about,
            formatter_class=argparse.RawTextHelpFormatter,
        )
        module.arguments(verb)
        verb.set_defaults(main=module.main)
    options = parser.parse_args(arguments)
    try:
        status: int = options.main(options)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
