"""The list of diagnoses exempt from the present-on-admission indicator becomes a release.

Source: ``POAexemptCodesFYyy`` of CMS, as text or workbook (columns "Order26", "POAexemptCode", "Description"); the
lists of added, deleted and revised codes that come with it are left aside.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

from chartcode.books.build.edition import recognised
from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write
from chartcode.model.code import CATEGORY, dotted

SYSTEM = "poa"
LABEL = "installing the codes exempt from the present-on-admission indicator"

TABLES = ("CREATE TABLE exempt (code TEXT PRIMARY KEY) WITHOUT ROWID",)

_COLUMNS = {"code": r"poa.?exempt.?code|^(icd-?10-?cm.?)?(diagnosis.?)?codes?$"}
_CODE = re.compile(rf"{CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?")
_FEWEST = 25_000
"""The lists since FY2016 have more than 30,000 codes."""


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write the release of the one list of exempt codes among the files.

    Raises:
        Unrecognised: there is none.
        Unsuitable: its column is missing, a code is malformed or twice there, or it is cut short.
    """
    names = [
        n
        for n in files.matching(r"(poa|present).*\.(txt|csv|xlsx|xls)$")
        if not re.search(r"add|delete|revise|read.?me", n.rpartition("/")[2], re.IGNORECASE)
    ]
    if not names:
        raise Unrecognised(
            f"{files.origin} holds no list of codes exempt from the present-on-admission indicator;"
            " expected a file named like POAexemptCodesFY26.txt"
        )
    progress(LABEL, 0, 2)
    # The text and the workbook of a zip are the same list; the text is read faster.
    name = min(names, key=lambda n: (not n.lower().endswith((".txt", ".csv")), n))
    listed = [row["code"] for row in table(files, name, _COLUMNS) if row["code"]]
    _check(listed, name)
    edition = recognised(files.full(name), wish)
    progress(LABEL, 1, 2)
    meta = {
        "system": SYSTEM,
        "version": edition.version,
        "first": edition.first.isoformat(),
        "last": f"{edition.version[2:6]}-09-30",
        "source": files.full(name),
        "sha256": sha256(files.read(name)).hexdigest(),
        "licence": "public domain (CMS)",
        "codes": str(len(listed)),
    }
    connection = write(into, TABLES, meta)
    connection.executemany("INSERT INTO exempt VALUES (?)", sorted((dotted(code.replace(".", "")),) for code in listed))
    finish(connection)
    progress(LABEL, 2, 2)


def _check(listed: list[str], name: str) -> None:
    wrong = next((code for code in listed if not _CODE.fullmatch(code)), None)
    if wrong is not None:
        raise Unsuitable(f"{name} has {wrong!r} where a code is expected; fetch it again")
    code, times = Counter(listed).most_common(1)[0] if listed else ("", 0)
    if times > 1:
        raise Unsuitable(f"{name} has {code} twice; fetch it again")
    if len(listed) < _FEWEST:
        raise Unsuitable(
            f"{name} holds {len(listed):,} codes, fewer than any list since FY2016: it is cut short; fetch it again"
        )
