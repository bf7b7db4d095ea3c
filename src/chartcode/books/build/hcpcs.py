"""CMS's alpha-numeric file of HCPCS Level II becomes a release.

Three forms are read: the text of fixed width (record layout of 2019: code 1-5, sequence 6-10, kind of record 11,
long text 12-91, short text 92-119, first day 269-276, last day 285-292; longer texts go on in further records), the
workbook, and tables in csv. Modifiers stand among the codes, two characters after three blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from chartcode.books.build.services import Row, compiled
from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.quarter import Quarter, quarter_of
from chartcode.books.release import Progress

SYSTEM = "hcpcs"

_RECORD = re.compile(r"(?P<code>[A-V]\d{4}| {3}[A-Z0-9]{2})\d{5}(?P<kind>[3478])")
_FIRST_RECORDS, _MORE = ("3", "7"), ("4", "8")
_CODE = re.compile(r"[A-V]\d{4}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_HEADINGS = {
    "code": r"^(hcpc|hcpcs|hcpcs[ _]code|code|mod_code|hcpcs/mod)$",
    "title": r"long.?desc|^(hcpcs_|mod_)?description$",
    "short": r"short.?desc",
    "first": r"^(add.?(dt|date)|date_added|add_date)$",
    "last": r"^(term.?(dt|date)|date_term|term_date)$",
    "kind": r"^hcpcs_desc_type$",
}
_DAYS = ("%Y%m%d", "%Y-%m-%d", "%m-%d-%Y", "%m/%d/%Y")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_EXPECTED = "expected CMS's alpha-numeric HCPCS file (ANWEB, text, workbook or csv); fetch it again from cms.gov"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the codes and modifiers of one release.

    Raises:
        Unsuitable: the files hold no HCPCS codes, a code twice with two texts, or do not say of which release they are.
    """
    progress("reading HCPCS", 0, 1)
    name, found = _found(files)
    codes: dict[str, Row] = {}
    modifiers: dict[str, str] = {}
    for row in found:
        if _CODE.fullmatch(row.code):
            _once(codes, row, name)
        elif _MODIFIER.fullmatch(row.code):
            modifiers.setdefault(row.code, row.title)
    meta = _meta(files, wish, name)
    compiled(into, (codes[c] for c in sorted(codes)), meta, sorted(modifiers.items()))
    progress("reading HCPCS", 1, 1)


def _once(codes: dict[str, Row], row: Row, name: str) -> None:
    before = codes.get(row.code)
    if before is None:
        codes[row.code] = row
    elif before.title != row.title:
        raise Unsuitable(f"{name} lists {row.code} twice, with two texts; {_EXPECTED}")


def _found(files: Files) -> tuple[str, list[Row]]:
    """Return the file that holds the codes, and its rows: the text where there is one, else a table."""
    texts = files.matching(r"\.(txt|prn)$")
    for name in sorted(texts, key=lambda n: "anweb" not in n.lower()):
        rows = list(_records(files.text(name), name))
        if any(_CODE.fullmatch(row.code) for row in rows):
            return name, rows
    tables = files.matching(r"\.(csv|xlsx|xlsm|xls)$")
    lacking = ""
    for name in sorted(tables, key=lambda n: ("anweb" not in n.lower(), "desc" not in n.lower())):
        try:
            rows = list(_rows(files, name))
        except Unsuitable as fault:
            lacking = lacking or f"{fault}; "
            continue
        if any(_CODE.fullmatch(row.code) for row in rows):
            return name, rows
    raise Unrecognised(f"{lacking}{files.origin} holds no HCPCS codes; {_EXPECTED}")


def _records(text: str, name: str) -> Iterator[Row]:
    """Yield the codes of a text of fixed width, each with the further records of its long text."""
    code, parts, line = "", [], ""
    for record in text.split("\n"):
        match = _RECORD.match(record)
        if match is None:
            continue
        if match["kind"] in _MORE:
            if match["code"] != code:
                raise Unsuitable(f"{name} goes on with {match['code'].strip()} before it begins it; {_EXPECTED}")
            parts.append(record[11:91].strip())
            continue
        if code:
            yield _row(code, parts, line)
        code, parts, line = match["code"], [record[11:91].strip()], record
    if code:
        yield _row(code, parts, line)


def _row(code: str, parts: list[str], line: str) -> Row:
    title = " ".join(part for part in parts if part)
    return Row(code.strip(), title, line[91:119].strip(), _day(line[268:276]), _day(line[284:292]))


def _rows(files: Files, name: str) -> Iterator[Row]:
    """Yield the codes of a table; where long and short texts are rows of their own, the long ones."""
    for row in table(files, name, _HEADINGS, ("short", "first", "last", "kind")):
        if row["kind"] and row["kind"].lower() != "long":
            continue
        yield Row(row["code"].strip().upper(), row["title"], row["short"], _day(row["first"]), _day(row["last"]))


def _day(words: str) -> date | None:
    words = words.strip()
    for form in _DAYS if words else ():
        try:
            return datetime.strptime(words[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _meta(files: Files, wish: Wish, name: str) -> dict[str, str]:
    """Return the provenance: of a quarter, or of a year where the file is the year's."""
    meta = {
        "system": SYSTEM,
        "source": files.origin,
        "sha256": files.sha256,
        "licence": "public domain (CMS); D codes are copyright of the American Dental Association",
    }
    year = wish.year or next((int(m[1]) for m in (_YEAR.search(name), _YEAR.search(files.origin)) if m), None)
    if not wish.release and not wish.first and year and not _quarterly(files, name):
        return meta | {"version": str(year), "first": f"{year}-01-01", "last": f"{year}-12-31"}
    if wish.release and re.fullmatch(r"20\d\d", wish.release):
        return meta | {"version": wish.release, "first": f"{wish.release}-01-01", "last": f"{wish.release}-12-31"}
    quarter = quarter_of(files, wish, (name,))
    return meta | {"version": str(quarter), "first": quarter.first.isoformat(), "last": quarter.last.isoformat()}


def _quarterly(files: Files, name: str) -> bool:
    return any(Quarter.named(words) for words in (name.rpartition("/")[2], files.origin))
