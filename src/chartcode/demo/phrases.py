"""The notation of our templates: ``[a|b]`` is a choice made anew each time, ``{name}`` what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random
from tomllib import loads
from typing import Any

_CHOICE = re.compile(r"\[([^\[\]]*)\]")


def said(template: str, known: Mapping[str, str], chance: Random) -> str:
    """Return a template with its choices made and its names filled in.

    Raises:
        KeyError: the template names something that is not known.
    """
    return _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), template).format_map(known)


def drawn(weights: Mapping[str, float], chance: Random) -> str:
    """Return one of the keys by their weights."""
    return chance.choices(list(weights), list(weights.values()))[0]


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the tables: ``chronic``, ``clinic``, ``emergency``, ``stays``, ``practice`` or ``fees``."""
    return loads(files("chartcode.demo").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
