"""The starters: numbers of HCPCS Level II and CPT with our own titles, and the words by which a note names a service.

They stand in until a release is installed, and are marked as starters wherever they show. They have no days of their
own: a starter serves any day. Each file is tab-separated: number, title, phrases, conditions, marks
(docs/reference/starters.md). The words of a note outlive the starter: with a licensed release they lead to its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType

VERSION = "starter"


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a starter.

    ``phrases`` are how a note names the service, ``conditions`` what the note must say besides (``has:general``,
    ``age<12``), ``marks`` how a line of it is written (``side``, ``add``, ``next=63035``).
    """

    code: str
    title: str
    phrases: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()


@cache
def cpt() -> Mapping[str, Entry]:
    """Return the CPT starter by number."""
    return _read("cpt_")


@cache
def hcpcs() -> Mapping[str, Entry]:
    """Return the HCPCS starter by code."""
    return _read("hcpcs_")


@cache
def rows() -> tuple[Entry, ...]:
    """Return every row of both starters: a number may have further rows, with other phrases under other conditions."""
    return (*_rows_of("cpt_"), *_rows_of("hcpcs_"))


@cache
def words() -> Mapping[str, str]:
    """Return the words that stand for others in phrases: ``@excise`` for one word, ``{orif}`` for whole phrases."""
    return MappingProxyType({cells[0]: cells[1] for cells in _rows("words.tsv")})


@cache
def bundles() -> Mapping[str, Mapping[str, str]]:
    """Return, by number, the numbers that it includes and why: certain ones, until NCCI's edits are installed."""
    found: dict[str, dict[str, str]] = {}
    for including, included, why in _rows("bundles.tsv"):
        for code in _numbers(including):
            found.setdefault(code, {}).update((part, why) for part in included.split() if part != code)
    return MappingProxyType(found)


@cache
def addons() -> Mapping[str, tuple[range, ...]]:
    """Return, by add-on code, the ranges of numbers that it goes with: ours, until CMS's add-on edits are installed."""
    found: dict[str, tuple[range, ...]] = {}
    for addons_named, primaries in _rows("addons.tsv"):
        for code in _numbers(addons_named):
            found[code] = (*found.get(code, ()), *_ranges(primaries))
    return MappingProxyType(found)


@cache
def anesthesia() -> Mapping[str, str]:
    """Return, by the number of an operation, that of its anesthesia: our own table; of two rows the later stands."""
    return MappingProxyType(
        {code: number for ranges, number in _rows("anesthesia_of.tsv") for code in _numbers(ranges)}
    )


@cache
def vaccines() -> Mapping[str, str]:
    """Return the number of a vaccine by its CVX code."""
    return MappingProxyType({cells[0]: cells[1] for cells in _rows("vaccines.tsv")})


def _numbers(ranges: str) -> Iterator[str]:
    """Yield the numbers of a list such as ``47562-47564 49320``."""
    return (f"{number:05d}" for numbers in _ranges(ranges) for number in numbers)


def _ranges(ranges: str) -> Iterator[range]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)


def _read(beginning: str) -> Mapping[str, Entry]:
    """Return the first row of each number, with the phrases of its further rows."""
    found: dict[str, Entry] = {}
    for row in _rows_of(beginning):
        first = found.get(row.code)
        found[row.code] = replace(first, phrases=(*first.phrases, *row.phrases)) if first else row
    return MappingProxyType(found)


@cache
def _rows_of(beginning: str) -> tuple[Entry, ...]:
    found: list[Entry] = []
    titles: dict[str, Entry] = {}
    folder = resources.files(__package__)
    for name in sorted(f.name for f in folder.iterdir() if f.name.startswith(beginning)):
        for code, title, phrases, conditions, marks in (_five(row) for row in _rows(name)):
            first = titles.get(code)
            entry = Entry(
                code,
                title or (first.title if first else ""),
                tuple(p for phrase in phrases.split(";") if (p := phrase.strip())),
                tuple(conditions.split()),
                first.marks if first else frozenset(marks.replace(",", " ").split()),
            )
            titles.setdefault(code, entry)
            found.append(entry)
    return tuple(found)


def _five(row: list[str]) -> list[str]:
    return [*row, *[""] * 5][:5]


def _rows(name: str) -> Iterator[list[str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
