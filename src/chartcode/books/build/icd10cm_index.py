"""The Alphabetic Index, the external-cause index, the neoplasm table and the table of drugs become one release.

Source: the publisher's XML (``ICD10CM.index`` > letter > mainTerm > term ...; the two tables have ``indexHeading`` and
``cell``), or a table of terms with their levels, such as others have made of it. What such a flattening has lost
(manifestation codes, category references) is lost here too, and the release says that it is derived.

Terms are numbered in the order of the book and know the number of their last descendant, so "below a term" is a
comparison of two numbers. Codes are kept as printed: ``M41.2-`` wants further characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lxml import etree

from chartcode.books.build import markup
from chartcode.books.build.edition import recognised
from chartcode.books.build.index_terms import NEOPLASM, Term, from_table, from_xml
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write
from chartcode.model.code import CATEGORY

SYSTEM = "icd10cm-index"
KINDS = ("index", "external", "neoplasm", "drug")
LABEL = "installing the ICD-10-CM index"

DRUG = ("accidental", "self_harm", "assault", "undetermined", "adverse", "underdosing")
"""Columns 2 to 7 of the table of drugs and chemicals, in the order of the book."""

TABLES = (
    (
        "CREATE TABLE term (id INTEGER PRIMARY KEY, parent INTEGER, last INTEGER NOT NULL, level INTEGER NOT NULL,"
        " kind TEXT NOT NULL, term TEXT NOT NULL, nonessential TEXT NOT NULL, printed TEXT NOT NULL,"
        " code TEXT NOT NULL, manifestation TEXT NOT NULL, see TEXT NOT NULL, seealso TEXT NOT NULL,"
        " seecat TEXT NOT NULL, subcat TEXT NOT NULL)"
    ),
    "CREATE INDEX term_parent ON term (parent)",
    "CREATE INDEX term_code ON term (code) WHERE code <> ''",
    f"CREATE TABLE neoplasm (term INTEGER PRIMARY KEY, {', '.join(f'{c} TEXT NOT NULL' for c in NEOPLASM)})",
    f"CREATE TABLE drug (term INTEGER PRIMARY KEY, {', '.join(f'{c} TEXT NOT NULL' for c in DRUG)})",
)

_CODE = re.compile(rf"{CATEGORY}(?:\.(?:[0-9A-Z]{{1,4}})?)?-?(?:\.-)?")
_EVENTS = ("V", "W", "X", "Y")
_FEWEST = {"index": 50_000, "external": 5_000, "neoplasm": 1_000, "drug": 5_000}
"""A part with fewer terms is cut short: those of FY2017 have 77,199, 7,572, 1,930 and 7,416, and they only grow."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    name: str
    year: int | None
    digest: str
    derived: bool
    terms: tuple[Term, ...]


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write the release of what is given of the four parts; those given must be of one edition.

    Raises:
        Unrecognised: no part of the index is among the files.
        Unsuitable: a part is incomplete or damaged, or the parts are of several years.
    """
    names = [*files.matching(r"\.xml$"), *files.matching(r"\.(csv|tsv|txt|xlsx)$")]
    parts: dict[str, _Part] = {}
    for number, name in enumerate(names):
        for part in _parts(files, name):
            progress(LABEL, number, len(names) + 1)
            known = parts.get(part.kind)
            if known and known.digest != part.digest and known.derived == part.derived:
                raise Unsuitable(f"{known.name} and {part.name} are both the {_TITLES[part.kind]}; give one of them")
            if known is None or (known.derived and not part.derived):
                parts[part.kind] = part
    if not parts:
        raise Unrecognised(
            f"{files.origin} holds no ICD-10-CM index; expected XML whose root is ICD10CM.index, such as"
            " icd10cm-index-2026.xml"
        )
    editions = {kind: recognised(files.full(p.name), wish, p.year) for kind, p in parts.items()}
    if len({e.version for e in editions.values()}) > 1:
        said = "; ".join(f"{parts[kind].name} is of {e.version}" for kind, e in sorted(editions.items()))
        raise Unsuitable(f"the parts of the index are of several editions: {said}; give those of one")
    edition = next(iter(editions.values()))
    ordered = [parts[kind] for kind in KINDS if kind in parts]
    meta = {
        "system": SYSTEM,
        "version": edition.version,
        "first": edition.first.isoformat(),
        "last": f"{edition.version[2:6]}-09-30",
        "source": ", ".join(files.full(p.name) for p in ordered),
        "sha256": _together(ordered),
        "licence": "public domain (NCHS and CMS)",
        "parts": " ".join(p.kind for p in ordered),
        "derived": " ".join(p.kind for p in ordered if p.derived),
    }
    meta |= {f"terms {p.kind}": str(len(p.terms)) for p in ordered}
    _write(into, meta, ordered)
    progress(LABEL, len(names) + 1, len(names) + 1)


def _together(parts: list[_Part]) -> str:
    return parts[0].digest if len(parts) == 1 else sha256(" ".join(p.digest for p in parts).encode()).hexdigest()


def _write(into: Path, meta: dict[str, str], parts: list[_Part]) -> None:
    connection = write(into, TABLES, meta)
    start = 1
    for part in parts:
        rows = list(_numbered(part, start))
        connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        if part.kind in {"neoplasm", "drug"}:
            cells = ((start + n, *t.cells) for n, t in enumerate(part.terms) if any(t.cells))
            connection.executemany(f"INSERT INTO {part.kind} VALUES (?, ?, ?, ?, ?, ?, ?)", cells)  # noqa: S608 - our own names
        start += len(part.terms)
    finish(connection)


def _numbered(part: _Part, start: int) -> Iterator[tuple[object, ...]]:
    last = [0] * len(part.terms)
    parents: list[int | None] = []
    above: list[int] = []
    for n, term in enumerate(part.terms):
        while len(above) > term.level:
            last[above.pop()] = n - 1
        parents.append(above[-1] + start if above else None)
        above.append(n)
    for n in above:
        last[n] = len(part.terms) - 1
    for n, t in enumerate(part.terms):
        leads = (t.code, t.manifestation, t.see, t.seealso, t.seecat, t.subcat)
        yield n + start, parents[n], last[n] + start, t.level, part.kind, t.term, t.nonessential, t.printed, *leads


def _parts(files: Files, name: str) -> Iterator[_Part]:
    content = files.read(name)
    digest = sha256(content).hexdigest()
    if name.lower().endswith(".xml"):
        if b"<ICD10CM.index" not in content[:4096] and b"<ICD10CM.table" not in content[:4096]:
            return
        root = markup.parse(content, name)
        year = root.findtext("version") or ""
        terms = tuple(from_xml(root, name))
        kind = _kind(root, terms)
        found = _Part(kind, name, int(year) if year.isdigit() else None, digest, derived=False, terms=terms)
    elif b"level" in content[:2048].lower() and b"term" in content[:2048].lower():
        terms = tuple(from_table(files, name))
        kind = "neoplasm" if any(t.cells for t in terms) else _prose(terms)
        found = _Part(kind, name, None, digest, derived=True, terms=terms)
    else:
        return
    _check(found)
    yield found


_TITLES = {
    "index": "Alphabetic Index",
    "external": "external-cause index",
    "neoplasm": "neoplasm table",
    "drug": "table of drugs and chemicals",
}


def _kind(root: etree._Element, terms: tuple[Term, ...]) -> str:
    """Return which part an index file is: the tables by their headings, the two indexes by where their codes lie."""
    heads = " ".join(markup.text(head) for head in root.iterfind("indexHeading/head")).lower()
    if heads:
        return "drug" if "poisoning" in heads else "neoplasm"
    return _prose(terms)


def _prose(terms: tuple[Term, ...]) -> str:
    letters = Counter(t.code[:1] for t in terms if t.code)
    return "external" if sum(letters[e] for e in _EVENTS) * 2 > letters.total() else "index"


def _check(part: _Part) -> None:
    fewest = _FEWEST[part.kind]
    if len(part.terms) < fewest:
        raise Unsuitable(
            f"{part.name} holds {len(part.terms):,} terms, where the {_TITLES[part.kind]} has more than {fewest:,}:"
            " it is cut short; fetch it again from the publisher"
        )
    level = -1
    for term in part.terms:
        if term.level > level + 1:
            raise Unsuitable(
                f"{part.name} goes from level {level} to {term.level} at {term.term!r}: lines are missing;"
                " fetch it again from the publisher"
            )
        level = term.level
    wrong = [t.code for t in part.terms if t.code and not _CODE.fullmatch(t.code)]
    if len(wrong) * 100 > len(part.terms):
        raise Unsuitable(f"{part.name} has codes such as {wrong[0]!r}, which are not of ICD-10-CM; fetch it again")
