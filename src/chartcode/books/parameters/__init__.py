"""Small facts with dates and sources, in TOML beside this file; the day picks the value.

A file holds tables; each has a ``source`` (a document and section, or a URL) and ``steps``, each with ``from`` (the
first day on which it holds) and ``value``; a step without ``value`` ends the fact.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any


class Parameters:
    """The facts in force on a day, by ``file.table``."""

    def __init__(self, day: date) -> None:
        """Take the day."""
        self.day = day

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a fact is whatever its file says
        """Return the value of a fact on the day.

        Raises:
            LookupError: there is no such fact, or none is in force on the day.
        """
        file, _, table = name.partition(".")
        fact = _file(file).get(table)
        if fact is None:
            raise LookupError(f"no fact {table!r} in books/parameters/{file}.toml")
        steps = [s for s in fact["steps"] if s["from"] <= self.day]
        if not steps or "value" not in steps[-1]:
            raise LookupError(f"no value of {name} is in force on {self.day.isoformat()}; add one with its source")
        return steps[-1]["value"]

    def get(self, name: str, otherwise: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return the value of a fact on the day, or ``otherwise`` where none is in force."""
        try:
            return self[name]
        except LookupError:
            return otherwise

    @staticmethod
    def names(file: str) -> tuple[str, ...]:
        """Return the names of the facts of a file, in its order."""
        return tuple(_file(file))

    @staticmethod
    def steps(name: str) -> tuple[dict[str, Any], ...]:
        """Return all steps of a fact, the earliest first: ``from`` and ``value`` of each."""
        file, _, table = name.partition(".")
        return tuple(_file(file)[table]["steps"])

    @staticmethod
    def source(name: str) -> str:
        """Return where a fact comes from."""
        file, _, table = name.partition(".")
        return str(_file(file)[table]["source"])


@lru_cache(maxsize=64)
def _file(name: str) -> dict[str, Any]:
    path = resources.files(__package__) / f"{name}.toml"
    if not path.is_file():
        raise LookupError(f"no file books/parameters/{name}.toml")
    facts: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    for fact in facts.values():
        fact["steps"].sort(key=lambda step: step["from"])
    return facts
