"""A walk through a tree of dicts and lists that a stranger wrote: every step says what it expects.

What has the wrong shape is named by its place (``case.diagnoses[2].code``), never by its content, which may be a
patient's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from chartcode.model.code import ICD10CM, SYSTEMS, Code, dotted, looks_like_icd10cm


class Place:
    """A place in the tree: gives what lies there in the shape asked for, or names the place in a ``ValueError``."""

    def __init__(self, at: str, value: object) -> None:
        if not isinstance(value, dict):
            raise ValueError(  # noqa: TRY004 - bad data is one kind of error, whatever its shape
                f"{at} must be an object with named parts; write it as 'chartcode code --format jsonl' does"
            )
        self.at = at
        self.items: dict[str, Any] = value

    def _get(self, key: str, kind: type | tuple[type, ...], what: str) -> Any:  # noqa: ANN401 - JSON has any shape
        value = self.items.get(key)
        if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            raise ValueError(f"{self.at}.{key} must be {what}")
        return value

    def maybe(self, key: str) -> str | None:
        """Return a string, or None where there is none."""
        value: str | None = self._get(key, str, "a string or null")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string, or the default; without a default the string must be there."""
        value = self.maybe(key)
        if value is None:
            if default is None:
                raise ValueError(f"{self.at} has no {key!r}; give it as a string")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where there is none."""
        values = self._get(key, list, "a list of strings") or []
        if not all(isinstance(value, str) for value in values):
            raise ValueError(f"{self.at}.{key} must be a list of strings")
        return tuple(values)

    def number(self, key: str) -> int | None:
        """Return a whole number, or None where there is none."""
        value: int | None = self._get(key, int, "a whole number or null")
        return value

    def real(self, key: str) -> float | None:
        """Return a number, or None where there is none."""
        value = self._get(key, (int, float), "a number or null")
        return None if value is None else float(value)

    def flag(self, key: str) -> bool:
        """Return a truth value, false where there is none."""
        return bool(self._get(key, bool, "true or false"))

    def day(self, key: str) -> date | None:
        """Return a day, or None where there is none."""
        value = self.maybe(key)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise ValueError(f"{self.at}.{key} must be a day written as YYYY-MM-DD") from None

    def one_of(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of the words allowed, or the default."""
        value = self.text(key, default)
        if value not in choices:
            raise ValueError(f"{self.at}.{key} must be one of {', '.join(choices)}")
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        """Return an object as it is, empty where there is none."""
        return self._get(key, dict, "an object with named parts") or {}

    def part(self, key: str) -> Place:
        """Return the place of an object under this one, empty where there is none."""
        return Place(f"{self.at}.{key}", self.items.get(key) or {})

    def parts(self, key: str) -> Iterator[Place]:
        """Yield the places of a list of objects."""
        for number, value in enumerate(self._get(key, list, "a list") or []):
            yield Place(f"{self.at}.{key}[{number}]", value)

    def code(self, *, found: bool = False) -> Code:
        """Return the code that the object names; ICD-10-CM unless it names another system.

        Args:
            found: the code is one that a record has, of whatever system and form, not one that is to be reported.
        """
        value = self.text("code")
        system = self.maybe("system") or ICD10CM
        if found:
            return Code(system, value)
        if system not in SYSTEMS:
            raise ValueError(f"{self.at}.system must be one of {', '.join(SYSTEMS)}")
        if system == ICD10CM:
            if not looks_like_icd10cm(value):
                raise ValueError(f"{self.at}.code does not have the shape of an ICD-10-CM code; write it like E11.42")
            value = dotted(value)
        return Code(system, value)
