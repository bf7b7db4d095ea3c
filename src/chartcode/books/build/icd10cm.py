"""The order file or the codes file of ICD-10-CM becomes a release: all codes of a year, and which may be reported.

Source: ``icd10cm_order_YYYY.txt`` (columns 1-5 the place, 7-13 the code without its dot, 15 whether it is reportable,
17-76 the short and 78- the long title) or, without headings and short titles, ``icd10cm_codes_YYYY.txt`` (code, title).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from chartcode.books.build.edition import Edition, recognised
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write
from chartcode.model.code import CATEGORY, dotted

SYSTEM = "icd10cm"
LABEL = "installing the ICD-10-CM order file"

TABLES = (
    (
        "CREATE TABLE code (code TEXT PRIMARY KEY, place INTEGER NOT NULL, billable INTEGER NOT NULL,"
        " short TEXT NOT NULL, long TEXT NOT NULL) WITHOUT ROWID"
    ),
)

_ORDER = re.compile(rf"(\d{{5}}) ({CATEGORY}[0-9A-Z]{{0,4}}) *([01]) (.{{60}}) (.+)")
_CODES = re.compile(rf"({CATEGORY}[0-9A-Z]{{0,4}}) {{1,7}}(\S.*)")
_LINES_LOOKED_AT = 5


class Line(NamedTuple):
    """A line of the file: ``code`` as printed; ``short`` is '' where it is the long title."""

    code: str
    place: int
    billable: bool
    short: str
    long: str


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write the release of an order file, or of a codes file if there is no order file.

    Raises:
        Unrecognised: neither is among the files.
        Unsuitable: lines are missing, malformed or twice there, or it is of another edition than was said.
    """
    name, text, pattern = _chosen(files, wish)
    progress(LABEL, 0, 3)
    lines = list(read(text, name, pattern))
    progress(LABEL, 1, 3)
    edition = _edition(files.full(name), lines, wish)
    meta = {
        "system": SYSTEM,
        "version": edition.version,
        "first": edition.first.isoformat(),
        "last": edition.last.isoformat(),
        "source": files.full(name),
        "sha256": sha256(files.read(name)).hexdigest(),
        "licence": "public domain (NCHS and CMS)",
        "parts": "headings titles" if pattern is _ORDER else "titles",
        "lines": str(len(lines)),
        "reportable": str(sum(line.billable for line in lines)),
    }
    progress(LABEL, 2, 3)
    connection = write(into, TABLES, meta)
    connection.executemany("INSERT INTO code VALUES (?, ?, ?, ?, ?)", sorted(lines))
    finish(connection)
    progress(LABEL, 3, 3)


def read(text: str, name: str, pattern: re.Pattern[str] = _ORDER) -> Iterator[Line]:
    """Yield the lines of an order or codes file.

    Raises:
        Unsuitable: a line is malformed, missing by its number, or holds a code that was there before.
    """
    seen: dict[str, int] = {}
    for number, raw in enumerate(filter(str.strip, text.split("\n")), 1):
        line = _line(raw, number, pattern)
        if line is None:
            begins = raw[:40].strip()
            raise Unsuitable(
                f"{name}: line {number} is not laid out as in the publisher's file ({begins!r}); fetch it again"
            )
        if line.place != number:
            raise Unsuitable(
                f"{name}: line {number} bears the number {line.place}, so lines are missing or twice there;"
                " fetch it again"
            )
        if line.code in seen:
            raise Unsuitable(f"{name} has {line.code} twice, in lines {seen[line.code]} and {number}; fetch it again")
        seen[line.code] = number
        yield line


def _line(raw: str, number: int, pattern: re.Pattern[str]) -> Line | None:
    found = pattern.fullmatch(raw.rstrip())
    if found is None:
        return None
    if pattern is _CODES:
        return Line(dotted(found[1]), number, billable=True, short="", long=found[2])
    short, long = found[4].strip(), found[5].strip()
    return Line(dotted(found[2]), int(found[1]), found[3] == "1", "" if short == long else short, long)


def _chosen(files: Files, wish: Wish) -> tuple[str, str, re.Pattern[str]]:
    """Return the one order file, else the one codes file; the same file under two names is one."""
    found: dict[re.Pattern[str], dict[str, tuple[str, str]]] = {_ORDER: {}, _CODES: {}}
    for name in files.matching(r"\.(txt|dat)$|order|codes"):
        if re.search(r"addend|\.(pdf|xlsx?|csv|xml|zip)$", name, re.IGNORECASE):
            continue
        head = [line for line in _head(files, name) if line.strip()][:_LINES_LOOKED_AT]
        for pattern, texts in found.items():
            if sum(pattern.fullmatch(line.rstrip()) is not None for line in head) * 2 > len(head):
                text = files.text(name)
                texts.setdefault(sha256(text.encode()).hexdigest(), (name, text))
                break
    for pattern, texts in found.items():
        if len(texts) > 1 and wish.year:
            year = re.compile(rf"{wish.year}|FY-?{wish.year % 100}(?!\d)", re.IGNORECASE)
            texts = {key: value for key, value in texts.items() if year.search(value[0])} or texts  # noqa: PLW2901
        if len(texts) > 1:
            names = ", ".join(name for name, _ in texts.values())
            raise Unsuitable(f"{files.origin} holds several order files ({names}); name one of them")
        for name, text in texts.values():
            return name, text, pattern
    raise Unrecognised(
        f"{files.origin} holds no ICD-10-CM order file; expected lines such as"
        " '00002 A000    1 Cholera due to Vibrio cholerae 01, ...', as in icd10cm_order_2026.txt"
    )


def _head(files: Files, name: str) -> list[str]:
    content = files.read(name)[:4096]
    return [] if b"\0" in content else content.decode("utf-8-sig", "replace").splitlines()[:-1]


def _edition(name: str, lines: list[Line], wish: Wish) -> Edition:
    edition = recognised(name, wish, codes=[line.code for line in lines if line.billable])
    chapters = {line.code[0] for line in lines}
    absent = [letter for letter in "ABCDEFGHIJKLMNOPQRSTVYZ" if letter not in chapters]
    if absent:
        raise Unsuitable(f"{name} has no codes that begin with {', '.join(absent)}: it is cut short; fetch it again")
    return edition
