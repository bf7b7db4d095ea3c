"""A tabular list of ICD-10-CM that the user gives becomes an installed release."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from chartcode.books.build.edition import recognised
from chartcode.books.build.tabular import write_nodes
from chartcode.books.build.tabular_nodes import ROOT, nodes_of, parse, reportable
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress

SYSTEM = "icd10cm-tabular"
LABEL = "installing the ICD-10-CM tabular list"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write the release of the one tabular list among the files.

    Its codes, seventh characters expanded, must be those of a known edition, or of a year that is not known yet.

    Raises:
        Unrecognised: there is none.
        Unsuitable: it is damaged or incomplete, of another edition than was said, or there are several.
    """
    found: dict[str, tuple[str, bytes]] = {}
    for name in files.matching(r"\.xml$"):
        content = files.read(name)
        if f"<{ROOT}".encode() in content[:4096]:
            found.setdefault(sha256(content).hexdigest(), (name, content))
    if not found:
        raise Unrecognised(
            f"{files.origin} holds no ICD-10-CM tabular list; expected XML whose root is {ROOT}, such as"
            " icd10cm-tabular-2026.xml"
        )
    if len(found) > 1:
        names = ", ".join(name for name, _ in found.values())
        raise Unsuitable(f"{files.origin} holds several tabular lists ({names}); name one of them")
    progress(LABEL, 0, 3)
    ((digest, (name, content)),) = found.items()
    root = parse(content, name)
    stated = root.findtext("version") or ""
    progress(LABEL, 1, 3)
    nodes = nodes_of(root)
    codes = tuple(reportable(nodes))
    edition = recognised(files.full(name), wish, int(stated) if stated.isdigit() else None, codes)
    progress(LABEL, 2, 3)
    meta = {
        "system": SYSTEM,
        "version": edition.version,
        "first": edition.first.isoformat(),
        "last": edition.last.isoformat(),
        "source": files.full(name),
        "sha256": digest,
        "licence": "public domain (NCHS and CMS)",
        "reportable": str(len(codes)),
    }
    write_nodes(into, meta, nodes)
    progress(LABEL, 3, 3)
