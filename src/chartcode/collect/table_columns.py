"""Which column of a table holds what: by its heading, or as the user maps it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

CODED = frozenset(
    {"dx", "principal", "admitting", "procedure", "drug", "test", "vital", "allergen", "device", "vaccine"}
)
"""Fields that by themselves make a fact."""

_OWN = {"code", "name", "dx_text", "procedure_text"}
_WORD = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r"(.*?[a-z ])0*(\d{1,2})$")


class Column(NamedTuple):
    """What a column holds: the field, and the number at the end of its heading (dx3 is the third), 0 without."""

    field: str
    number: int


class BadMap(ValueError):  # noqa: N818 - named as one would say it
    """A map of columns does not fit; the message is one sentence that says what to do."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("chartcode.collect").joinpath("table_columns.toml").read_text("utf-8")
    )
    return found


@cache
def _spellings() -> dict[str, str]:
    return {spelling: field for field, spellings in _table()["fields"].items() for spelling in spellings}


def fields() -> tuple[str, ...]:
    """Return the names that a map may use, in the order of ``table_columns.toml``."""
    return tuple(_table()["fields"])


@cache
def meanings(table: str) -> dict[str, str]:
    """Return what the words of a column mean: ``settings`` or ``assertions``, by word."""
    return {word: meaning for meaning, words in _table()[table].items() for word in words}


def normal(heading: str) -> str:
    """Return a heading in small letters, its words apart.

    >>> normal("I10_DX12"), normal("NoteText"), normal(" Discharge-Date ")
    ('i10 dx12', 'note text', 'discharge date')
    """
    return _WORD.sub(" ", _CAMEL.sub(" ", heading).lower()).strip()


@dataclass(frozen=True)
class Columns:
    """What the user says of a table's columns: the headings of each field, with ``*`` for any letters."""

    said: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Mapping[str, str | Sequence[str]]) -> Columns:
        """Build a map from field names and headings.

        Raises:
            BadMap: a field has no such name.
        """
        for field in pairs:
            if field not in fields():
                near = get_close_matches(field, fields(), 1)
                hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(fields())}"
                raise BadMap(f"a table has no field {field!r}; {hint}")
        return cls({f: (h,) if isinstance(h, str) else tuple(h) for f, h in pairs.items()})

    def of_headings(self, headings: Sequence[str]) -> dict[int, Column]:
        """Return what each column holds, by its index; columns that no field fits are left out.

        What the user said goes first; a field that the user mapped is looked for nowhere else.

        Raises:
            BadMap: no column has a heading that the user named.
        """
        found: dict[int, Column] = {}
        for field, wanted in self.said.items():
            for name in wanted:
                hits = [i for i, h in enumerate(headings) if h == name or fnmatchcase(h.lower(), name.lower())]
                if not hits:
                    shown = ", ".join(repr(h) for h in headings[:12])
                    raise BadMap(f"no column is called {name!r} (mapped to {field}); the columns are {shown}")
                for place, index in enumerate(hits):
                    found.setdefault(
                        index, Column(field, _number(headings[index]) or (place + 1 if len(hits) > 1 else 0))
                    )
        taken, mapped = set(self.said), len(found)
        for index, heading in enumerate(headings):
            column = guessed(heading)
            if column and index not in found and column.field not in taken:
                found[index] = column
        return _once(found, headings, mapped)


def _number(heading: str) -> int:
    match = _NUMBERED.fullmatch(normal(heading))
    return int(match[2]) if match else 0


def guessed(heading: str) -> Column | None:
    """Return what a heading says by itself, or None.

    >>> guessed("DXPOA3"), guessed("icd10"), guessed("Colour")
    (Column(field='poa', number=3), Column(field='dx', number=0), None)
    """
    words = normal(heading)
    if words in _spellings():
        return Column(_spellings()[words], 0)
    numbered = _NUMBERED.fullmatch(words)
    if numbered is None:
        return None
    field = _spellings().get(numbered[1].strip())
    return Column(field, int(numbered[2])) if field else None


def _once(found: dict[int, Column], headings: Sequence[str], said: int) -> dict[int, Column]:
    """Return the columns with one for each field and number, unless its kind comes in many.

    That one is what the user said, else the heading that stands first among its field's spellings, the surest first.
    """
    ranks = {spelling: rank for rank, spelling in enumerate(_spellings())}
    best: dict[Column, tuple[int, int]] = {}
    for place, (index, column) in enumerate(found.items()):
        rank = -1 if place < said else ranks.get(normal(headings[index]), len(ranks))
        best[column] = min(best.get(column, (rank, index)), (rank, index))
    many = ("dx", "procedure", "modifier")
    return {i: c for i, c in sorted(found.items()) if c.field in many or best[c][1] == i}


def is_table(headings: Iterable[str]) -> bool:
    """Tell whether headings are plainly those of a table of records: a text or a code, and something beside it."""
    found = [column.field for heading in headings if (column := guessed(heading))]
    telling = "text" in found or not CODED.isdisjoint(found) or ("code" in found and "name" in found)
    return telling and len(found) > 1 and not set(found) <= _OWN


def read_map(written: str) -> Columns:
    """Return the map that ``--map`` gives: ``text=note_text,id=csn``, or a TOML file with such lines.

    Raises:
        BadMap: it is neither, or the file cannot be read.
    """
    if "=" not in written:
        return _from_file(Path(written))
    pairs: dict[str, list[str]] = {}
    for part in written.split(","):
        field, sign, heading = part.partition("=")
        if not sign or not field.strip() or not heading.strip():
            raise BadMap(f"{part.strip()!r} maps nothing; write FIELD=COLUMN, with commas between")
        pairs.setdefault(field.strip(), []).append(heading.strip())
    return Columns.of(pairs)


def _from_file(path: Path) -> Columns:
    try:
        tree: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise BadMap(f"{path}: {why}; write FIELD=COLUMN, or name a TOML file of such lines") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(f'{path}: not TOML ({error}); write lines such as text = "note_text"') from None
    for field, value in tree.items():
        if not isinstance(value, str) and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            raise BadMap(f"{path}: {field} must be a column's heading or a list of them")
    return Columns.of(tree)
