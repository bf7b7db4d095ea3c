"""A measure is one file: what it counts, of what, by which source, and the question that counts it.

The files stand in ``measures/SECTION/NAME.toml``; nothing registers, ``measures()`` walks the folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

SECTIONS = ("billing", "compliance", "quality", "trends")
KINDS = ("table", "bar", "stacked", "line", "control", "funnel", "rate", "peers", "mean peers")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    ``sql`` asks the views cases, lines, findings and accounts. ``kind`` says how it is drawn: ``control`` wants the
    columns month, n and d (and may have a series), ``funnel`` a first column of units, n and d. ``drill`` are those
    columns of the answer that are columns of ``cases`` too: a row leads to the cases that are equal in them. ``needs``
    are views without which it cannot be answered; ``order`` places it on its page. Kind ``rate`` wants n and d, and
    gives n of ``per`` with its interval where d is at least ``least``; ``family`` names the quality indicators whose
    definitions go with it. Kinds ``peers`` (n and d) and ``mean peers`` (mean, sd and d) compare units, the first
    column, within the groups that the columns ``peers`` make; those with d under ``least`` are not judged.
    """

    section: str
    name: str
    title: str
    definition: str
    numerator: str
    denominator: str
    source: str
    sql: str
    kind: str = "table"
    x: str = ""
    y: str = ""
    series: str = ""
    drill: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    order: int = 50
    percent: bool = False
    per: int = 1000
    least: int = 30
    family: str = ""
    peers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its place: section/name."""
        return f"{self.section}/{self.name}"


@cache
def measures() -> tuple[Measure, ...]:
    """Return all measures, by section and order.

    Raises:
        ValueError: a measure's file lacks something; the message names file and fault.
    """
    found = [m for section in SECTIONS for m in _of(files("chartcode.analysis").joinpath("measures", section), section)]
    return tuple(sorted(found, key=lambda m: (SECTIONS.index(m.section), m.order, m.name)))


def _of(folder: Traversable, section: str) -> Iterator[Measure]:
    for file in folder.iterdir():
        if file.name.endswith(".toml"):
            yield _read(section, file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"))


def _read(section: str, name: str, text: str) -> Measure:
    try:
        values: dict[str, Any] = tomllib.loads(text)
        lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        measure = Measure(section, name, **(values | lists))
    except (tomllib.TOMLDecodeError, TypeError) as fault:
        raise ValueError(f"measures/{section}/{name}.toml cannot be read: {fault}") from None
    if measure.kind not in KINDS:
        raise ValueError(f"measures/{section}/{name}.toml: {measure.kind!r} is no kind; use one of {', '.join(KINDS)}")
    return measure
