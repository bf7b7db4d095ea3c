"""The terms of an index file in the order of the book: from the publisher's XML, or from a table others made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from chartcode.books.build import markup
from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unsuitable

NEOPLASM = ("malignant", "secondary", "in_situ", "benign", "uncertain", "unspecified")
"""Columns 2 to 7 of the neoplasm table, in the order of the book."""

_FLAT = {
    "level": "^level$",
    "term": "^term$",
    "nonessential": "^non.?ess|^nemod$",
    "see": "^see$",
    "seealso": "^see.?also$",
    "code": "^code$",
    "manifestation": "^manif",
    "malignant": "^malignant.?primary",
    "secondary": "^malignant.?secondary",
    "in_situ": "^ca.?in.?situ",
    "benign": "^benign",
    "uncertain": "^uncertain",
    "unspecified": "^unspecified",
}
_FLAT_OPTIONAL = tuple(c for c in _FLAT if c not in {"level", "term"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index: its level (0 for a main term), its words and where it leads."""

    level: int
    term: str
    nonessential: str = ""
    printed: str = ""
    code: str = ""
    manifestation: str = ""
    see: str = ""
    seealso: str = ""
    seecat: str = ""
    subcat: str = ""
    cells: tuple[str, ...] = ()


def from_xml(root: etree._Element, name: str) -> Iterator[Term]:
    """Yield the terms of an index or table file.

    Raises:
        Unsuitable: a term does not say the level at which it stands.
    """

    def walk(element: etree._Element, level: int) -> Iterator[Term]:
        stated = element.get("level")
        if stated is not None and stated != str(level):
            raise Unsuitable(f"{name} has a term of level {stated} where {level} should be; fetch it again")
        yield _term(element, level)
        for child in element.findall("term"):
            yield from walk(child, level + 1)

    for letter in root.findall("letter"):
        for main in letter.findall("mainTerm"):
            yield from walk(main, 0)


def _term(element: etree._Element, level: int) -> Term:
    title = element.find("title")
    modifiers = "" if title is None else " ".join(markup.text(e) for e in title.iterfind("nemod"))
    cells = {int(cell.get("col") or 0): markup.text(cell) for cell in element.findall("cell")}

    def said(tag: str) -> str:
        return markup.text(element.find(tag))

    return Term(
        level,
        _joined(title, modifiers=False),
        modifiers,
        _joined(title, modifiers=True),
        said("code"),
        said("manif"),
        said("see"),
        said("seeAlso"),
        said("seecat"),
        said("subcat"),
        tuple(cells.get(column, "") for column in range(2, 8)) if cells else (),
    )


def _joined(title: etree._Element | None, *, modifiers: bool) -> str:
    """Return a title with or without its modifiers, spaced as the book prints it: the file leaves such spaces out."""
    if title is None:
        return ""
    words = [title.text or ""]
    for child in title:
        words += [markup.text(child) if modifiers else "", child.tail or ""]
    return re.sub(r"\s+(?=,|\(s\))", "", " ".join(" ".join(words).split()))


def from_table(files: Files, name: str) -> Iterator[Term]:
    """Yield the terms of a flattened index or neoplasm table.

    Raises:
        Unsuitable: it lacks the columns for levels and terms, or a level is no number.
    """
    for row in table(files, name, _FLAT, _FLAT_OPTIONAL):
        if not row["level"].isdigit():
            raise Unsuitable(f"{name} has the level {row['level']!r}, which is no number; fetch it again")
        cells = tuple(row[c] for c in NEOPLASM)
        yield Term(
            int(row["level"]),
            row["term"],
            row["nonessential"],
            f"{row['term']} {row['nonessential']}".strip(),
            row["code"],
            row["manifestation"],
            row["see"],
            row["seealso"],
            cells=cells if any(cells) else (),
        )
