"""An export of the Medicare Coverage Database becomes a release.

CMS gives LCDs (``current_lcd.zip``) and billing articles (``current_article.zip``) as zips of csv tables: the documents
(``lcd.csv``, ``article.csv``), their services (``..._x_hcpc_code.csv``), the diagnoses that support them or do not
(``lcd_x_icd10_support.csv``, ``article_x_icd10_covered.csv``, ``..._noncovered.csv``, ``..._nosupport.csv``) and their
contractors (``..._x_contractor.csv``, ``contractor.csv``). Tables and columns are found by these names; a document may
come in several versions, of which the highest is taken. The national export (``ncd.zip``) names no codes; lists of
codes of national determinations are taken if they are given in the same layout (``ncd.csv``, ``ncd_x_hcpc_code.csv``).

Written from the documented layout and tried on invented files alone: no export was at hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write
from chartcode.model.code import dotted

SYSTEM = "coverage"

KINDS = {"lcd": "L", "article": "A", "ncd": "N"}
_SUPPORT = ((1, "support"), (1, "covered"), (0, "nosupport"), (0, "noncovered"))
_TABLES = (
    (
        "CREATE TABLE policy (id TEXT PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL)"
        " WITHOUT ROWID"
    ),
    "CREATE TABLE service (code TEXT NOT NULL, policy TEXT NOT NULL, PRIMARY KEY (code, policy)) WITHOUT ROWID",
    (
        "CREATE TABLE diagnosis (policy TEXT NOT NULL, code TEXT NOT NULL, covered INTEGER NOT NULL,"
        " PRIMARY KEY (policy, code, covered)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE contractor (policy TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,"
        " PRIMARY KEY (policy, number)) WITHOUT ROWID"
    ),
)
_EXPECTED = "expected an export of the Medicare Coverage Database (current_lcd.zip, current_article.zip)"
_SERVICE = re.compile(r"[0-9A-Z]{5}").fullmatch
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z.]{1,6}").fullmatch
Key = tuple[str, str]
"""Number and version of a document."""


@dataclass(slots=True)
class Found:
    """What is read of all kinds of documents."""

    policies: set[tuple[str, str, str, str]] = field(default_factory=set)
    services: set[tuple[str, str]] = field(default_factory=set)
    diagnoses: set[tuple[str, str, int]] = field(default_factory=set)
    contractors: set[tuple[str, str, str]] = field(default_factory=set)
    updated: list[str] = field(default_factory=list)


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the documents that were given together; one kind alone is a release of its own.

    Raises:
        Unsuitable: the files are no export of the database.
    """
    kinds = [kind for kind in KINDS if files.matching(rf"^{kind}\.csv$")]
    if not kinds:
        raise Unrecognised(f"{files.origin} holds neither lcd.csv nor article.csv; {_EXPECTED}")
    found, numbers = Found(), _contractors(files)
    for done, kind in enumerate(kinds):
        progress("reading coverage policies", done, len(kinds))
        _read(files, kind, numbers, found)
    if not found.services:
        raise Unsuitable(f"{files.origin} names no services of its policies; {_EXPECTED}")
    connection = write(into, _TABLES, _meta(files, wish, kinds, found))
    connection.executemany("INSERT INTO policy VALUES (?, ?, ?, ?)", sorted(found.policies))
    connection.executemany("INSERT INTO service VALUES (?, ?)", sorted(found.services))
    connection.executemany("INSERT INTO diagnosis VALUES (?, ?, ?)", sorted(found.diagnoses))
    connection.executemany("INSERT OR IGNORE INTO contractor VALUES (?, ?, ?)", sorted(found.contractors))
    finish(connection)
    progress("reading coverage policies", len(kinds), len(kinds))


def _read(files: Files, kind: str, numbers: Mapping[str, tuple[tuple[str, str], ...]], found: Found) -> None:
    """Add the documents of a kind, and what hangs on them."""
    documents = _documents(files, kind)
    for (number, _), row in documents.items():
        first = _day(row["first"])
        found.policies.add((f"{KINDS[kind]}{number}", row["title"], first, _day(row["last"])))
        found.updated += [day for day in (_day(row["updated"]), first) if day]

    def beside(name: str, heading: str) -> Iterator[tuple[str, str]]:
        """Yield the policy and the cell of each row of a table that hangs on a document in the version taken."""
        wanted = {"number": rf"^{kind}_id$", "version": rf"^{kind}_version$", "cell": heading}
        for file in files.matching(rf"^{kind}_{name}\.csv$"):
            for row in table(files, file, wanted):
                if (row["number"], row["version"]) in documents:
                    yield f"{KINDS[kind]}{row['number']}", row["cell"]

    found.services |= {(code, policy) for policy, code in beside("x_hcpc_code", r"^hcpc_code_id") if _SERVICE(code)}
    for covered, name in _SUPPORT:
        codes = beside(f"x_icd10_{name}", r"^icd10_code_id")
        found.diagnoses |= {(policy, dotted(code), covered) for policy, code in codes if _DIAGNOSIS(code)}
    for policy, contractor in beside("x_contractor", r"^contractor_id"):
        found.contractors |= {(policy, *known) for known in numbers.get(contractor, ((contractor, ""),))}


def _meta(files: Files, wish: Wish, kinds: list[str], found: Found) -> dict[str, str]:
    day = wish.release or (wish.first.isoformat() if wish.first else max(found.updated, default=""))
    if not day:
        raise Unsuitable(f"{files.origin} does not say when it was made; say it with --release, such as 2026-11-20")
    return {
        "system": SYSTEM,
        "version": f"{day}-{'-'.join(kinds)}",
        "first": min((first for _, _, first, _ in found.policies if first), default=day[:10]),
        "source": files.origin,
        "sha256": files.sha256,
        "licence": "CMS; CPT codes are copyright of the American Medical Association",
        "parts": " ".join(kinds),
    }


def _documents(files: Files, kind: str) -> dict[Key, dict[str, str]]:
    """Return the documents of a kind, of each the highest version."""
    columns = {
        "number": rf"^{kind}_id$",
        "version": rf"^{kind}_version$",
        "title": r"^title$",
        "first": r"^rev_eff_date$|^(orig_det_eff_date|article_eff_date|eff_date)$",
        "last": r"^(rev_end_date|ent_det_end_date|article_end_date|end_date)$",
        "updated": r"^last_updated$",
    }
    found: dict[str, tuple[int, Key, dict[str, str]]] = {}
    for name in files.matching(rf"^{kind}\.csv$"):
        for row in table(files, name, columns, ("first", "last", "updated")):
            version = int(row["version"]) if row["version"].isdigit() else 0
            if re.fullmatch(r"[\d.]+", row["number"]) and version >= found.get(row["number"], (-1,))[0]:
                found[row["number"]] = version, (row["number"], row["version"]), row
    return {key: row for _, key, row in found.values()}


def _contractors(files: Files) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by the database's id of a contractor, its numbers and names."""
    columns = {"id": r"^contractor_id$", "number": r"^contractor_number$", "name": r"^contractor_bus_name$"}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name in files.matching(r"^contractor\.csv$"):
        for row in table(files, name, columns, ("name",)):
            if row["number"]:
                found[row["id"]][row["number"].zfill(5)] = row["name"]
    return {identity: tuple(numbers.items()) for identity, numbers in found.items()}


def _day(cell: str) -> str:
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    if found := re.match(r"(\d\d?)/(\d\d?)/(\d{4})", cell):
        return date(int(found[3]), int(found[1]), int(found[2])).isoformat()
    return ""
