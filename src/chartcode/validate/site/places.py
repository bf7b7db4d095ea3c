"""A walk through the TOML that a site wrote: what is amiss is told in one sentence, by its place and what is meant."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

LONGEST = 1_000_000
"""Characters of a file."""
WORDS = 200
"""Characters of one pattern or phrase."""
ITEMS = 2_000
"""Items of one list."""


class Unsound(ValueError):  # noqa: N818 - named as one would say it
    """A file of rules or a profile cannot be used; the message is one sentence that names the place."""


class Place:
    """One table of a file: gives what lies there in the shape asked for, or names the place in ``Unsound``."""

    def __init__(self, at: str, value: object, keys: Collection[str]) -> None:
        if not isinstance(value, dict):
            raise Unsound(f"{at} must be a table with named parts")
        self.at = at
        self.items: dict[str, Any] = value
        for key in value:
            if key not in keys:
                raise Unsound(f"{at}: there is no {key!r} here; {_meant(key, keys)}")

    def __contains__(self, key: str) -> bool:
        return key in self.items

    def fault(self, key: str, what: str) -> Unsound:
        """Return the error that a part is not what it has to be."""
        return Unsound(f"{self.at}, {key}: expected {what}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string, or the default; without a default it must be there and not empty."""
        value = self.items.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(key, "words between quotation marks")
        return value.strip()

    def choice(self, key: str, choices: Collection[str], default: str) -> str:
        """Return one of the words allowed, or the default."""
        value = self.text(key, default)
        if value not in choices:
            raise Unsound(f"{self.at}, {key}: there is no {value!r}; {_meant(value, choices)}")
        return value

    def texts(self, key: str, choices: Collection[str] = ()) -> tuple[str, ...]:
        """Return a list of strings (one string is a list of one), each of the choices if any are given."""
        value = self.items.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.fault(key, "a string, or a list of strings")
        if len(values) > ITEMS or any(len(v) > WORDS for v in values):
            raise self.fault(key, f"at most {ITEMS} strings of at most {WORDS} characters")
        if key in self.items and not values:
            raise self.fault(key, "at least one string")
        for each in values:
            if choices and each not in choices:
                raise Unsound(f"{self.at}, {key}: there is no {each!r}; {_meant(each, choices)}")
        return tuple(v.strip() for v in values)

    def patterns(self, key: str) -> tuple[str, ...]:
        """Return strings that may begin or end with ``*``."""
        found = self.texts(key)
        for each in found:
            if "*" in each[1:-1]:
                raise self.fault(key, f"a star only at the beginning or the end of a pattern, not {each!r}")
        return found

    def number(self, key: str) -> float | None:
        """Return a number, or None where there is none."""
        value = self.items.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.fault(key, "a number")
        return None if value is None else float(value)

    def day(self, key: str) -> date | None:
        """Return a day, or None where there is none: ``2026-01-01``, with or without quotation marks."""
        value = self.items.get(key)
        try:
            found = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise self.fault(key, "a day written as YYYY-MM-DD") from None
        if found is not None and type(found) is not date:
            raise self.fault(key, "a day written as YYYY-MM-DD")
        return found

    def part(self, key: str, keys: Collection[str]) -> Place:
        """Return the place of a table under this one, empty where there is none."""
        return Place(f"{self.at}, {key}", self.items.get(key, {}), keys)

    def tables(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield the place and value of each table of a list."""
        values = self.items.get(key, [])
        if not isinstance(values, list) or len(values) > ITEMS:
            raise self.fault(key, f"a list of at most {ITEMS} tables, each written [[{key}]] or {{ ... }}")
        for number, value in enumerate(values, start=1):
            yield f"{self.at}, {key} {number}", value


def tree(text: str, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        Unsound: the text is too long, nested too deep, or not TOML.
    """
    if len(text) > LONGEST:
        raise Unsound(f"{name}: the file is longer than {LONGEST:,} characters; split it")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unsound(f"{name}: not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
    except RecursionError:
        raise Unsound(f"{name}: the tables are nested too deep; write the rule in fewer steps") from None


def matches(pattern: str, value: str) -> bool:
    """Tell whether a value fits a pattern: the same letters of any case, where a star at an end stands for anything."""
    wanted, given = pattern.strip("*").casefold(), value.casefold()
    if pattern.startswith("*") and pattern.endswith("*"):
        return wanted in given
    if pattern.startswith("*"):
        return given.endswith(wanted)
    return given.startswith(wanted) if pattern.endswith("*") else given == wanted


def _meant(word: str, choices: Collection[str]) -> str:
    """Return what may be meant, or what there is."""
    close = get_close_matches(word, choices, 1, 0.6)
    return f"is {close[0]!r} meant?" if close else f"choose from {', '.join(sorted(choices))}"
