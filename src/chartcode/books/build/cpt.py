"""A licensed CPT file of the American Medical Association becomes a release, on the user's own machine.

The AMA's layouts are known: LONGULT (code, tab, text), LONGULF (fixed width: code 1-5, sequence 6-7, text 9-80;
further lines of a text repeat its code), MEDU (code 1-5, text from 7), SHORTU (code 1-5, text 7-34). A notice stands
above; rows begin at the first line that begins like one. Other layouts are told with ``--set``: ``delimiter`` (tab,
comma, bar, semicolon) with ``code`` and ``text`` (columns, from 1), or the two as characters (``1-5``, ``7-80``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chartcode.books.build.services import Row, compiled, stated_year
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress

SYSTEM = "cpt"
LICENCE = "American Medical Association; for use under your own licence"

_NUMBER = re.compile(r"\d{4}[0-9A-Z]")
_BEGINS = re.compile(r"\d{4}[0-9A-Z](?=[\t ,|;0-9])")
_DELIMITERS = {"tab": "\t", "comma": ",", "bar": "|", "semicolon": ";"}
_EXPECTED = "expected a CPT file of the American Medical Association (LONGULT, LONGULF, MEDU or SHORTU)"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where code and text stand: at characters (first, last; 0 for the line's end), or in columns of a delimiter."""

    name: str
    code: tuple[int, int]
    text: tuple[int, int]
    delimiter: str = ""


LAYOUTS = {
    "LONGULT": Layout("LONGULT", (1, 1), (2, 2), "\t"),
    "LONGULF": Layout("LONGULF", (1, 5), (9, 80)),
    "MEDU": Layout("MEDU", (1, 5), (7, 0)),
    "SHORTU": Layout("SHORTU", (1, 5), (7, 34)),
}
_RANK = ("LONGULT", "LONGULF", "own", "MEDU", "SHORTU")
"""The fuller texts first: they become titles."""


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the numbers of one year.

    Raises:
        Unsuitable: no file has rows of CPT, a layout cannot be understood, or nobody says the year.
    """
    progress("reading CPT", 0, 1)
    texts: dict[str, dict[str, str]] = {}
    used: list[str] = []
    for name in files.matching(r"\.(txt|csv|tsv|dat)$") or files.names:
        layout = _layout(name, wish.options) or _guessed(files, name)
        if layout is None:
            continue
        rows = dict(_joined(_rows(files.text(name), layout), name))
        if rows:
            used.append(name)
            kept = texts.setdefault(layout.name, {})
            for number, text in rows.items():
                kept.setdefault(number, text)
    if not texts:
        raise Unrecognised(f"{files.origin} holds no rows of CPT; {_EXPECTED}, or say its layout with --set")
    ranked = [texts[name] for name in _RANK if name in texts]
    numbers = sorted({number for rows in ranked for number in rows})
    brief = texts.get("SHORTU") or texts.get("MEDU") or {}
    year = stated_year(files, wish, used, "year of CPT")
    meta = {
        "system": SYSTEM, "version": str(year), "first": f"{year}-01-01", "last": f"{year}-12-31",
        "source": files.origin, "sha256": files.sha256, "licence": LICENCE,
    }  # fmt: skip
    titles = ((n, next(rows[n] for rows in ranked if n in rows)) for n in numbers)
    compiled(into, (Row(n, title, brief.get(n, "")) for n, title in titles), meta)
    progress("reading CPT", 1, 1)


def _layout(name: str, options: Mapping[str, str]) -> Layout | None:
    """Return the layout that the user names or describes, else the one that the file's name names, or None."""
    if said := options.get("layout"):
        if said.upper() not in LAYOUTS:
            raise Unsuitable(
                f"{said!r} is no layout; use one of {', '.join(LAYOUTS)}, or describe it with --set code and text"
            )
        return LAYOUTS[said.upper()]
    if "code" in options or "text" in options or "delimiter" in options:
        return _described(options)
    last = name.rpartition("/")[2].upper()
    return next((layout for preset, layout in LAYOUTS.items() if preset in last), None)


def _described(options: Mapping[str, str]) -> Layout:
    mark = options.get("delimiter", "")
    if mark and mark not in _DELIMITERS and mark not in _DELIMITERS.values():
        raise Unsuitable(f"{mark!r} is no delimiter; use one of {', '.join(_DELIMITERS)}")
    delimiter = _DELIMITERS.get(mark, mark)
    code = options.get("code", "1" if delimiter else "1-5")
    text = options.get("text", "2" if delimiter else "7-")
    return Layout("own", _range(code), _range(text), delimiter)


def _range(words: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)(?:-(\d*))?", words.strip())
    if found is None or int(found[1]) < 1:
        raise Unsuitable(f"{words!r} tells no place; write a column (2) or characters (7-80), counted from 1")
    return int(found[1]), int(found[2] or 0) if "-" in words else int(found[1])


def _guessed(files: Files, name: str) -> Layout | None:
    """Return the layout that a file's first row has, or None where it has no row."""
    line = next((one for one in files.text(name).split("\n") if _BEGINS.match(one)), None)
    if line is None:
        return None
    if line[5] == "\t":
        return LAYOUTS["LONGULT"]
    if line[5:7].isdigit():
        return LAYOUTS["LONGULF"]
    return Layout("own", (1, 1), (2, 2), line[5]) if line[5] in ",|;" else LAYOUTS["MEDU"]


def _rows(text: str, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield (number, text) of each line under the notice."""
    if layout.delimiter:
        lines = (line for line in text.split("\n") if line)
        for cells in csv.reader(
            lines, delimiter=layout.delimiter, quoting=csv.QUOTE_MINIMAL if layout.delimiter == "," else csv.QUOTE_NONE
        ):
            if len(cells) >= max(layout.code[0], layout.text[0]):
                number = cells[layout.code[0] - 1].strip().upper()
                if _NUMBER.fullmatch(number):
                    yield number, " ".join(cells[layout.text[0] - 1].split())
        return
    first, last = layout.code
    begin, end = layout.text
    for line in text.split("\n"):
        number = line[first - 1 : last]
        if _NUMBER.fullmatch(number) and len(line) >= begin and line[last : last + 1] in ("", " ", *"0123456789"):
            yield number, " ".join(line[begin - 1 : end or None].split())


def _joined(rows: Iterator[tuple[str, str]], name: str) -> Iterator[tuple[str, str]]:
    """Yield each number once, with the lines that repeat it as one text."""
    parts: dict[str, list[str]] = {}
    last = ""
    for number, text in rows:
        if number in parts and number != last:
            raise Unsuitable(f"{name} lists {number} twice; {_EXPECTED}, each number once")
        parts.setdefault(number, []).append(text)
        last = number
    yield from ((number, " ".join(p for p in texts if p)) for number, texts in parts.items())
