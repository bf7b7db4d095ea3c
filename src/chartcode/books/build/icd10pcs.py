"""The publisher's ICD-10-PCS files become a release: order file or tables, and index, definitions and keys beside them.

What a file is shows in its content: the order file by its fixed columns (1-5 number, 7-13 code, 15 whether it is a
code, 17-76 short title, from 78 long title), the codes file by a code and its title a line, XML files by their root.
Source: CMS, "ICD-10-PCS Order File" and "ICD-10-PCS Code Tables and Index" of a fiscal year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import TypeAlias

from chartcode.books.build import icd10pcs_xml as xml
from chartcode.books.build.icd10pcs_labels import composed
from chartcode.books.build.icd10pcs_release import BODY_PART, COMPOSED, DEVICE, PUBLISHED, Content, save
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import Progress

CodeRow: TypeAlias = tuple[str, str, str, int]

_ORDER = re.compile(r"\d{5} ([0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4}|    )) ([01]) (.{60}) (.*)")
_CODES = re.compile(r"([0-9A-HJ-NP-Z]{7}) (\S.*)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROOTS = {
    b"<ICD10PCS.tabular": "tables",
    b"<ICD10PCS.index": "index",
    b"<ICD10PCS.definitions": "definitions",
}
_FEWEST = 70_000
"""Codes of the smallest year; FY2016, the first, had 71,974."""
_AGAIN = "fetch it again from the publisher"


@dataclass
class _Found:
    """What is recognised among the files: the kind, by name, and the years that they state."""

    names: dict[str, str]
    keys: list[str]
    years: dict[str, int]


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write one release from what a user gave.

    Raises:
        Unsuitable: neither an order file nor tables are there, a file is damaged, files are of different years, the
            year cannot be known, or the tables and the order file do not make the same codes.
    """
    found = _recognise(files)
    year = _year(found, files, wish)
    content = Content()
    steps = len(found.names) + len(found.keys) + 1
    done = 0
    codes: list[CodeRow] = []
    for kind, name in found.names.items():
        progress(f"reading {name}", done, steps)
        done += 1
        if kind == "order":
            codes = list(_order(files.text(name), name))
        elif kind == "codes" and "order" not in found.names:
            codes = [(m.group(1), m.group(2).strip(), "", PUBLISHED) for m in _lines(files.text(name), _CODES, name)]
        elif kind in ("tables", "index", "definitions"):
            _read_xml(kind, files, name, content)
    for name in found.keys:
        progress(f"reading {name}", done, steps)
        done += 1
        content.keys.update(_key(files.text(name), name))
    content.codes = _checked(codes, content, found)
    content.keys.update(_keys_of(content))
    progress("writing the release", done, steps)
    save(content, into, _meta(content, files, found, year, wish))
    progress("writing the release", steps, steps)


def _recognise(files: Files) -> _Found:
    """Find out by content what each file is; of two of a kind the one with the later year counts."""
    found = _Found({}, [], {})
    for name in files.matching(r"\.(xml|txt|json)$"):
        kind = _kind(files, name)
        if kind == "key":
            found.keys.append(name)
        elif kind:
            stated = _YEAR.findall(name)
            year = int(stated[-1]) if stated else 0
            if kind not in found.names or year > found.years.get(kind, 0):
                found.names[kind] = name
                found.years[kind] = year
    if not {"order", "codes", "tables"} & found.names.keys():
        raise Unsuitable(
            f"{files.origin} holds neither an ICD-10-PCS order file nor the XML of the code tables; name the zip"
            " 'ICD-10-PCS Order File' or 'Code Tables and Index' of CMS, or a folder with both"
        )
    return found


def _kind(files: Files, name: str) -> str | None:
    if name.lower().endswith(".xml"):
        head = files.read(name)[:2000]
        return next((kind for root, kind in _ROOTS.items() if root in head), None)
    if name.lower().endswith(".json"):
        return "key" if '"data"' in (text := files.text(name)) and "Key" in text[:300] else None
    if "addend" in name.lower():
        return None
    lines = [line for line in files.text(name)[:4000].split("\n")[:8] if line.strip()]
    if lines and all(_ORDER.fullmatch(line) for line in lines[:-1]) and _ORDER.fullmatch(lines[0]):
        return "order"
    return "codes" if len(lines) > 1 and all(_CODES.fullmatch(line) for line in lines[:-1]) else None


def _lines(text: str, pattern: re.Pattern[str], name: str) -> Iterator[re.Match[str]]:
    """Yield each line's match.

    Raises:
        Unsuitable: a line does not match.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        match = pattern.fullmatch(line.rstrip())
        if match is None:
            raise Unsuitable(f"{name}, line {number}, is not of the layout of an ICD-10-PCS file; {_AGAIN}")
        yield match


def _order(text: str, name: str) -> Iterator[CodeRow]:
    for match in _lines(text, _ORDER, name):
        code, flag, short, title = match.groups()
        if (flag == "1") != (" " not in code):
            raise Unsuitable(f"{name} marks {code.strip()} {'as' if flag == '1' else 'not as'} a code; {_AGAIN}")
        yield code.strip(), title.strip(), short.strip(), PUBLISHED


def _read_xml(kind: str, files: Files, name: str, content: Content) -> None:
    root = xml.parsed(files.read(name), name, f"ICD10PCS.{'tabular' if kind == 'tables' else kind}")
    if kind == "tables":
        for cells, definition in xml.tables(root, name):
            content.cells += cells
            content.operations[cells[0].table] = definition
    elif kind == "index":
        content.lines = list(xml.index(root))
    else:
        content.terms = list(xml.definitions(root))


def _key(text: str, name: str) -> Iterator[tuple[str, str, str]]:
    try:
        tree = json.loads(text)
        title, data = str(tree["name"]), tree["data"]
        pairs = [(word, label) for word, labels in data.items() for label in labels]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unsuitable(f"{name} is no key of ICD-10-PCS (a name, and data with labels by word); {_AGAIN}") from None
    kind = BODY_PART if "body part" in title.lower() else DEVICE
    return ((kind, word, label) for word, label in pairs)


def _keys_of(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield what the definitions and the index say a word of the record stands for."""
    axes = {cell.label: cell.axis for cell in content.cells if cell.row and cell.axis in (4, 6)}
    for term in content.terms:
        if term.name in ("Body Part", "Device"):
            for word in term.includes:
                yield (BODY_PART if term.name == "Body Part" else DEVICE), word, term.title
    above = ""
    for line in content.lines:
        above = line.title if line.depth == 0 else above
        if line.kind == "use":
            label, place = (part.strip() for part in f"{line.target} in ".split(" in ", 1))
            axis = axes.get(line.target) or axes.get(label) or (6 if place else 4)
            yield (BODY_PART if axis == 4 else DEVICE), above, line.target


def _year(found: _Found, files: Files, wish: Wish) -> int:
    """Return the fiscal year, by the XML's own words, else by the files' names, else by what the user said."""
    stated = {}
    for kind, name in found.names.items():
        inside = re.search(rb"<version>\s*(20\d\d)", files.read(name)[:2000]) if name.lower().endswith(".xml") else None
        if year := int(inside.group(1)) if inside else found.years[kind]:
            stated[name] = year
    if len(set(stated.values())) > 1:
        told = ", ".join(f"{name} is of FY{year}" for name, year in stated.items())
        raise Unsuitable(f"{files.origin} mixes years: {told}; keep the files of one year in a folder")
    of_origin = _YEAR.findall(files.origin)
    year = next(iter(stated.values()), 0) or (int(of_origin[-1]) if of_origin else 0) or wish.year or 0
    if not year:
        raise Unsuitable(f"{files.origin} does not say of which fiscal year it is; say it with --year")
    if wish.year and wish.year != year:
        raise Unsuitable(f"{files.origin} is of FY{year}, asked was FY{wish.year}; name the file of that year")
    return year


def _checked(codes: list[CodeRow], content: Content, found: _Found) -> list[CodeRow]:
    """Return the codes with titles after checking them against the tables, if both are there."""
    valid = [code for code, *_ in codes if len(code) == 7]
    if len(set(valid)) != len(valid):
        twice = next(code for code in valid if valid.count(code) > 1)
        raise Unsuitable(f"{next(iter(found.names.values()))} holds {twice} twice; {_AGAIN}")
    if content.cells:
        made = set(expanded(content.cells))
        if codes and made != set(valid):
            odd = sorted(made.symmetric_difference(valid))
            raise Unsuitable(
                f"the tables and the order file differ in {len(odd)} codes, {odd[0]} among them; they are of different"
                " editions: fetch both again for the same day"
            )
        if not codes:
            return _titled(made, content)
    if len(valid) < _FEWEST:
        name = found.names.get("order") or found.names.get("codes", "")
        raise Unsuitable(f"{name} holds {len(valid)} codes, a whole ICD-10-PCS has more than {_FEWEST}; {_AGAIN}")
    return codes


def expanded(cells: list[xml.Cell]) -> Iterator[str]:
    """Yield every code that rows of tables make."""
    rows: dict[tuple[str, int], dict[int, list[str]]] = {}
    for cell in cells:
        if cell.row:
            rows.setdefault((cell.table, cell.row), {}).setdefault(cell.axis, []).append(cell.value)
    for (table, _), axes in rows.items():
        yield from (table + "".join(values) for values in product(*(axes[n] for n in sorted(axes))))


def _titled(codes: set[str], content: Content) -> list[CodeRow]:
    """Return the codes of tables that came without an order file, with titles composed from their labels."""
    labels = {(c.table, c.axis, c.value): c.label for c in content.cells if c.row}
    operations = {c.table: c.label for c in content.cells if not c.row and c.axis == 3}
    return [(code, composed(code, labels, operations[code[:3]], {}), "", COMPOSED) for code in sorted(codes)]


def _meta(content: Content, files: Files, found: _Found, year: int, wish: Wish) -> dict[str, str]:
    first = wish.first or date(year - 1, 10, 1)
    codes = list(content.codes)
    content.codes = codes
    return {
        "version": wish.release or f"FY{year}-{first:%m-%d}",
        "first": first.isoformat(),
        "last": date(year, 9, 30).isoformat(),
        "source": f"CMS ICD-10-PCS FY{year} ({files.origin}: {', '.join(found.names)})",
        "sha256": files.sha256,
        "licence": "public domain (a work of the US government)",
        "file": files.origin,
        "codes": str(sum(len(code) == 7 for code, *_ in codes)),
        "composed titles": str(sum(made == COMPOSED and bool(title) for _, title, _, made in codes)),
        "untitled": str(sum(not title for _, title, _, _ in codes)),
    }
