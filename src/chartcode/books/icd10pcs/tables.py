"""The tables of ICD-10-PCS: rows whose values combine freely, and nothing outside of a row is a code.

The publisher prints rows; without them the rows follow from the list of valid codes, because a table is no more than
its codes with like combinations drawn together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

AXES = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The values that an axis may have: digits and letters without I and O (convention A2)."""

OPEN = "?"
"""Stands in a partial code for an axis that the record leaves open."""

_SURGICAL = ("Section", "Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier")
NAMES: Mapping[str, tuple[str, ...]] = {
    "2": (*_SURGICAL[:3], "Body Region", "Approach", "Device", "Qualifier"),
    "3": (*_SURGICAL[:3], "Body System / Region", "Approach", "Substance", "Qualifier"),
    "4": (*_SURGICAL[:3], "Body System", "Approach", "Function / Device", "Qualifier"),
    "5": (*_SURGICAL[:3], "Body System", "Duration", "Function", "Qualifier"),
    "6": (*_SURGICAL[:3], "Body System", "Duration", "Qualifier", "Qualifier"),
    **dict.fromkeys("789", (*_SURGICAL[:3], "Body Region", "Approach", "Method", "Qualifier")),
    "B": ("Section", "Body System", "Root Type", "Body Part", "Contrast", "Qualifier", "Qualifier"),
    "C": ("Section", "Body System", "Root Type", "Body Part", "Radionuclide", "Qualifier", "Qualifier"),
    "D": ("Section", "Body System", "Modality", "Treatment Site", "Modality Qualifier", "Isotope", "Qualifier"),
    "F": ("Section", "Section Qualifier", "Root Type", "Body System / Region", "Type Qualifier", "Equipment",
          "Qualifier"),
    **dict.fromkeys("GH", ("Section", "Body System", "Root Type", "Qualifier", "Qualifier", "Qualifier", "Qualifier")),
    "X": (*_SURGICAL[:5], "Device / Substance / Technology", "Qualifier"),
}  # fmt: skip
"""What the seven axes of a section are called; those of Medical and Surgical and of Obstetrics are not listed."""


def axis_names(section: str) -> tuple[str, ...]:
    """Return the names of the seven axes of a section, given by its character."""
    return NAMES.get(section, _SURGICAL)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a row: its place in the code (4 to 7), its name, and the values with their labels, in order."""

    position: int
    name: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: any value of each axis goes with any of the others."""

    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        """Return how many codes the row makes."""
        return prod(len(axis.values) for axis in self.axes)

    def endings(self) -> Iterator[str]:
        """Yield the last four characters of the row's codes."""
        return map("".join, product(*(axis.values for axis in self.axes)))


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the first three characters with their labels, what the operation means, and the rows.

    Labels are empty where no installed release names them.
    """

    key: str
    section: str
    system: str
    operation: str
    definition: str
    rows: tuple[Row, ...]

    def codes(self) -> Iterator[str]:
        """Yield every code of the table, row by row."""
        return (self.key + ending for row in self.rows for ending in row.endings())


def cover(endings: Iterable[str]) -> list[tuple[str, ...]]:
    """Return rows, each a string of values an axis, that make exactly these endings, no ending twice.

    >>> cover(["0ZZ", "0ZX", "3ZZ", "3ZX", "XZZ"])
    [('03', 'Z', 'XZ'), ('X', 'Z', 'Z')]
    """
    found = sorted(set(endings))
    if not found or not found[0]:
        return [()] if found else []
    tails: dict[str, list[str]] = defaultdict(list)
    for ending in found:
        tails[ending[0]].append(ending[1:])
    alike: dict[tuple[str, ...], str] = {}
    for value, rest in tails.items():
        alike[tuple(rest)] = alike.get(tuple(rest), "") + value
    return [(values, *row) for rest, values in alike.items() for row in cover(rest)]


def fits(code: str, partial: str) -> bool:
    """Tell whether a code begins as a partial code does, its open axes apart.

    >>> fits("0DTJ4ZZ", "0DTJ?Z"), fits("0DTJ4ZZ", "0DTH")
    (True, False)
    """
    return all(p in (OPEN, c) for c, p in zip(code, partial, strict=False))
