"""An index derived from the tabular list: titles and inclusion terms turned round, for days without an official one.

"Lobar pneumonia, unspecified organism" becomes Pneumonia > lobar; "Malignant neoplasm of heart" a line of the neoplasm
table; "Poisoning by aspirin, assault" one of the table of drugs. It has no references, no nonessential modifiers and
none of the words that the official index alone knows, and its release says that it is derived.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chartcode.books.build.icd10cm_index import DRUG, SYSTEM, TABLES
from chartcode.books.build.index_terms import NEOPLASM
from chartcode.books.release import Progress, finish, provenance, write

LABEL = "deriving an index from the tabular list"
_EVENTS = ("V", "W", "X", "Y")
_DEFAULT = re.compile(
    r",? unspecified(?: (?!as|whether)[a-z]+)?$|^unspecified |,? NOS$| not otherwise specified$", re.IGNORECASE
)
_NOT_BY_ITSELF = re.compile(
    r"^other\b|\bother specified\b|\bclassified elsewhere\b|\bnot elsewhere classified\b", re.IGNORECASE
)
_AFTER_HEAD = re.compile(
    r",\s+|\s+(?=(?:of|due to|with|without|in|from|by|following|complicating|associated with|affecting|for|at|as"
    r"|during|resulting from|caused by|involving|after)\s)|\s*\(|\s*\[",
    re.IGNORECASE,
)
_TAIL = frozenset(
    ("mellitus", "nos", "nec", "type", "specified", "unspecified", "classified", "stage", "i", "ii", "iii")
)
"""Words that end a head without being what a coder looks under."""
_MODIFIER = re.compile(r"^[\s,]*\([^)]*\)\s*")
_SIDED = re.compile(
    r"\b(?:unspecified|right|left|bilateral|female|male)\s+|\b(?:unspecified )?(?:site|part)s? of ", re.IGNORECASE
)
_SITES = (
    ("malignant", re.compile(r"^(?:malignant neoplasm|malignant melanoma) of (.+)$", re.IGNORECASE)),
    ("secondary", re.compile(r"^secondary (?:and unspecified )?malignant neoplasm of (.+)$", re.IGNORECASE)),
    ("in_situ", re.compile(r"^(?:unspecified type of )?carcinoma in situ of (.+)$", re.IGNORECASE)),
    ("benign", re.compile(r"^benign (?:lipomatous )?neoplasm of (.+)$", re.IGNORECASE)),
    ("uncertain", re.compile(r"^neoplasm of uncertain behavior of (.+)$", re.IGNORECASE)),
    ("unspecified", re.compile(r"^neoplasm of unspecified behavior of (.+)$", re.IGNORECASE)),
)
_SUBSTANCES = (
    ("accidental", re.compile(r"^(?:poisoning by|toxic effect of) (.+), accidental \(unintentional\)$", re.IGNORECASE)),
    ("self_harm", re.compile(r"^(?:poisoning by|toxic effect of) (.+), intentional self-harm$", re.IGNORECASE)),
    ("assault", re.compile(r"^(?:poisoning by|toxic effect of) (.+), assault$", re.IGNORECASE)),
    ("undetermined", re.compile(r"^(?:poisoning by|toxic effect of) (.+), undetermined$", re.IGNORECASE)),
    ("adverse", re.compile(r"^adverse effect of (.+)$", re.IGNORECASE)),
    ("underdosing", re.compile(r"^underdosing of (.+)$", re.IGNORECASE)),
)


@dataclass(slots=True)
class _Node:
    words: str
    code: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    below: dict[str, _Node] = field(default_factory=dict)

    def at(self, *path: str) -> _Node:
        """Return the node at the end of a way, made where it is not there yet."""
        node = self
        for words in path:
            node = node.below.setdefault(words.lower(), _Node(words))
        return node


def compile_derived(tabular: Path, into: Path, progress: Progress) -> None:
    """Write the index that follows from a release of the tabular list."""
    meta = provenance(tabular)
    progress(LABEL, 0, 2)
    tops = {kind: _Node("") for kind in ("index", "external", "neoplasm", "drug")}
    for code, phrase, whole in _phrases(tabular):
        printed = code if whole else f"{code}-" if "." in code else f"{code}.-"
        _cell(tops["neoplasm"], printed, phrase, _SITES)
        _cell(tops["drug"], printed, phrase, _SUBSTANCES)
        _place(tops["external" if code[0] in _EVENTS else "index"], printed, phrase)
    progress(LABEL, 1, 2)
    kinds = " ".join(tops)
    own: dict[str, str] = {key: meta[key] for key in ("version", "first", "last", "sha256", "licence") if key in meta}
    own |= {"system": SYSTEM, "source": f"derived from {meta['source']}", "parts": kinds, "derived": kinds}
    connection = write(into, TABLES, own)
    number = 0
    for kind, top in tops.items():
        number = _write(connection, kind, top, number)
    finish(connection)
    progress(LABEL, 2, 2)


def _phrases(tabular: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield (code, title or inclusion term, whether nothing stands under the code) in the order of the list."""
    connection = sqlite3.connect(f"{tabular.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield from (
            (code, text, bool(leaf and not seventh))
            for code, text, leaf, seventh in connection.execute(
                "SELECT code, title, leaf, seventh FROM node WHERE kind IN ('category', 'code') ORDER BY id"
            )
        )
        yield from (
            (code, text, bool(leaf and not seventh))
            for code, text, leaf, seventh in connection.execute(
                "SELECT node.code, text, leaf, seventh FROM note JOIN node ON node.id = note.node"
                " WHERE note.kind = 'inclusion term' ORDER BY note.id"
            )
        )
    finally:
        connection.close()


def _place(top: _Node, code: str, phrase: str) -> None:
    """Put a phrase under the word that a coder would look under; the most plain one is what that term itself means."""
    if _NOT_BY_ITSELF.search(phrase):
        return
    bare = _DEFAULT.sub("", phrase).strip() or phrase
    head, rest = _cut(bare)
    words = head.split()
    while len(words) > 1 and (words[-1].lower() in _TAIL or words[-1].isdigit()):
        words.pop()
    main = words[-1].strip("()[],;\"'").capitalize()
    if not main:
        return
    node = top.at(main)
    before = " ".join(words[:-1])
    for step in (before, rest):
        if step:
            node = node.at(step if step.isupper() else step[0].lower() + step[1:])
    # A heading leads on to its codes; of a heading and a code with the same words, the code says more.
    if not node.code or (node.code.endswith("-") and not code.endswith("-")):
        node.code = code


def _cut(phrase: str) -> tuple[str, str]:
    """Return the head of a phrase, and what follows it."""
    found = _AFTER_HEAD.search(phrase)
    if found is None or found.start() == 0:
        return phrase, ""
    # A modifier in parentheses right after the head changes nothing: "Appendicitis (acute) with peritonitis".
    return phrase[: found.start()], _MODIFIER.sub("", phrase[found.start() :]).strip(" ,")


def _cell(top: _Node, code: str, phrase: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
    """Put a code into the column whose wording a phrase has, on the line of its site or substance."""
    for column, pattern in patterns:
        if found := pattern.match(phrase):
            # "upper-inner quadrant of right female breast": breast, upper-inner quadrant; the side is in the code.
            bare = _SIDED.sub("", _DEFAULT.sub("", found[1].partition(", ")[0]))
            path = [part.strip() for part in reversed(bare.split(" of ")) if part.strip()]
            if path:
                top.at(*path).cells.setdefault(column, code)


def _write(connection: sqlite3.Connection, kind: str, top: _Node, number: int) -> int:
    """Write a part, its terms in order of their letters, numbered from the one after ``number``; return the last."""
    columns = {"neoplasm": NEOPLASM, "drug": DRUG}.get(kind, ())
    rows: list[tuple[object, ...]] = []
    cells: list[tuple[object, ...]] = []

    def walk(below: Mapping[str, _Node], parent: int | None, level: int) -> None:
        for _, node in sorted(below.items()):
            here = number + len(rows) + 1
            rows.append(())
            walk(node.below, here, level + 1)
            last = number + len(rows)
            words = node.words if level or columns == () else node.words[0].upper() + node.words[1:]
            rows[here - number - 1] = (
                here, parent, last, level, kind, words, "", words, node.code, "", "", "", "", "",
            )  # fmt: skip
            if node.cells:
                cells.append((here, *(node.cells.get(column, "") for column in columns)))

    walk(top.below, None, 0)
    connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if cells:
        connection.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?, ?, ?, ?, ?)", cells)  # noqa: S608 - our own names
    return number + len(rows)
