"""The data types of FHIR, read with care: whatever stands in a field that should not, counts as not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from chartcode.collect.coding import Coding, coding
from chartcode.wire.fhir import Tree

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?")


class Concept(NamedTuple):
    """A CodeableConcept: the words that a person chose, and its codings."""

    text: str = ""
    codings: tuple[Coding, ...] = ()

    @property
    def words(self) -> str:
        """The text, or what the first coding that has words displays, or the first code."""
        shown = next((c.display for c in self.codings if c.display), "")
        return self.text or shown or (self.codings[0].value if self.codings else "")

    def value(self) -> str:
        """Return the first code, in small letters."""
        return self.codings[0].value.lower() if self.codings else ""

    def has(self, *values: str) -> bool:
        """Tell whether a coding has one of these codes."""
        return any(c.value.lower() in values for c in self.codings)


def part(tree: Tree, *keys: str) -> Tree:
    """Return the object that lies at the end of a way, empty where there is none; of a list, its first."""
    here: Any = tree
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
        if isinstance(here, list):
            here = here[0] if here else None
    return here if isinstance(here, dict) else {}


def parts(tree: Tree, key: str) -> list[Tree]:
    """Return the objects of a list; a single object counts as a list of one."""
    found = tree.get(key)
    if isinstance(found, dict):
        return [found]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(tree: Tree, *keys: str) -> str:
    """Return a string or number at the end of a way, without blanks around it; empty where there is none."""
    found = tree.get(keys[0]) if len(keys) == 1 else part(tree, *keys[:-1]).get(keys[-1])
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def texts(tree: Tree, key: str) -> list[str]:
    """Return the strings of a list."""
    found = tree.get(key)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def concept(tree: Any) -> Concept:  # noqa: ANN401 - whatever stands in the field
    """Return a CodeableConcept, or a Coding as one."""
    if isinstance(tree, list):
        tree = tree[0] if tree else None
    if not isinstance(tree, dict):
        return Concept()
    found = parts(tree, "coding") or ([tree] if isinstance(tree.get("code"), str) else [])
    codings = tuple(
        coding(text(one, "system"), text(one, "code"), text(one, "display")) for one in found if text(one, "code")
    )
    shown = " ".join(text(tree, "text").split()) or next(
        (" ".join(text(one, "display").split()).strip('"') for one in found if text(one, "display")), ""
    )
    return Concept(shown, codings)


def concepts(tree: Tree, key: str) -> list[Concept]:
    """Return the CodeableConcepts of a list."""
    return [concept(one) for one in parts(tree, key)]


def day(written: str) -> date | None:
    """Return the day of a date or dateTime, as its own clock shows it; None where it says only a month or a year."""
    match = _DAY.match(written)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def period(tree: Tree) -> tuple[date | None, date | None]:
    """Return the first and last day of a Period."""
    return day(text(tree, "start")), day(text(tree, "end"))


def when(resource: Tree, *names: str) -> tuple[date | None, list[tuple[str, str]]]:
    """Return the day under the first of some fields that is there, and an attribute with time or part of a date.

    A name stands for its choices: ``onset`` for ``onsetDateTime`` and ``onsetPeriod``.
    """
    for name in names:
        for key in (name, f"{name}DateTime", f"{name}Date", f"{name}Instant"):
            written = text(resource, key)
            if written:
                return day(written), _more(written)
        start = text(part(resource, f"{name}Period"), "start") or text(part(resource, name), "start")
        if start:
            return day(start), _more(start)
    return None, []


def _more(written: str) -> list[tuple[str, str]]:
    match = _DAY.match(written)
    if match is None:
        return [("date", written[:40])]
    return [("time", match[4])] if match[4] else []


def quantity(tree: Tree) -> tuple[str, str]:
    """Return the value of a Quantity with its comparator, and its unit."""
    value = text(tree, "value")
    return f"{text(tree, 'comparator')}{value}" if value else "", text(tree, "unit") or text(tree, "code")


def references(tree: Any) -> Iterator[str]:  # noqa: ANN401 - whatever stands in the field
    """Yield the literal references of a Reference or of a list of them."""
    for one in tree if isinstance(tree, list) else [tree]:
        if isinstance(one, dict) and isinstance(one.get("reference"), str) and one["reference"]:
            yield one["reference"]


def notes(resource: Tree) -> str:
    """Return the annotations of a resource."""
    return " ".join(text(one, "text") for one in parts(resource, "note"))
