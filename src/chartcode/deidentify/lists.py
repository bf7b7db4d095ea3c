"""Names of persons, and words that are none: from the lists that philter-lite carries, and our eponyms.

philter-lite (BSD-3-Clause) brings first names, last names and words of clinical notes that are no names. Its file is
read, the package is not imported: it pulls in a tagger that downloads its model.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_FILE = "filters/set.toml"


class MissingLists(RuntimeError):  # noqa: N818 - named as one would say it
    """The lists of names are not installed."""


class Lists(NamedTuple):
    """Words in small letters: first names, last names, ordinary words; and of ours (``words.toml``) the others."""

    first: frozenset[str]
    last: frozenset[str]
    words: frozenset[str]
    eponyms: frozenset[str]
    things: frozenset[str]
    no_persons: frozenset[str]
    generic: frozenset[str]
    states: frozenset[str]
    nowhere: frozenset[str]


@cache
def lists() -> Lists:
    """Read the lists, once (about a second).

    Raises:
        MissingLists: philter-lite is not installed.
    """
    spec = find_spec("philter_lite")
    if spec is None or not spec.submodule_search_locations:
        raise MissingLists("names are told by lists of the extra 'deid'; install it with pip install 'chartcode[deid]'")
    found = tomllib.loads((Path(next(iter(spec.submodule_search_locations))) / _FILE).read_text("utf-8"))
    ours = tomllib.loads(files("chartcode.deidentify").joinpath("words.toml").read_text("utf-8"))
    return Lists(
        frozenset(found["firstnames"]),
        frozenset(found["lastnames"]),
        frozenset(found["nonames"]),
        *(frozenset(ours[name].split()) for name in Lists._fields[3:]),
    )
