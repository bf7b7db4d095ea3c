"""The profile of a site for a verb: ``--profile FILE``, or the file that ``CHARTCODE_PROFILE`` names."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, say

if TYPE_CHECKING:
    from chartcode.validate.site import Profile

VARIABLE = "CHARTCODE_PROFILE"
LIMIT = 2_000_000


def add_profile(verb: argparse.ArgumentParser) -> None:
    """Add the option."""
    verb.add_argument(
        "--profile", metavar="FILE", help=f"a site's choice of rules, in TOML (default: the file that {VARIABLE} names)"
    )


def text_of(path: Path) -> str:
    """Return the text of a file of rules.

    Raises:
        Unsound: it cannot be read; one sentence.
    """
    from chartcode.validate.site.places import Unsound

    try:
        with path.open("rb") as stream:
            return stream.read(LIMIT).decode("utf-8-sig")
    except OSError as error:
        raise Unsound(f"{path}: {(error.strerror or 'it cannot be read').lower()}; check the path") from None
    except UnicodeDecodeError:
        raise Unsound(f"{path}: the file is not UTF-8 text; save it as UTF-8") from None


def chosen_profile(given: str | None) -> Profile:
    """Return the profile of a call, which is the whole catalogue if none is named; leave with a sentence if unsound."""
    from chartcode.validate.site import Profile

    return given_profile(given) or Profile()


def given_profile(given: str | None) -> Profile | None:
    """Return the profile that a call or the environment names, if any; leave with a sentence if it is unsound."""
    name = given or os.environ.get(VARIABLE)
    if not name:
        return None
    from chartcode.validate.site import profile
    from chartcode.validate.site.places import Unsound

    path = Path(name)
    try:
        return profile(text_of(path), name, lambda file: text_of(path.parent / file))
    except Unsound as error:
        say(str(error))
        raise SystemExit(DATA) from None
