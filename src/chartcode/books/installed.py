"""The releases that a user installed: ``<system>/<version>.sqlite`` under the folder of books.

A release that cannot be read is left out, with a warning that names it, so that one bad file does not stop the desk;
``chartcode books verify`` looks at every page of every file.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from chartcode.books.release import Damaged, Database, Release, described, provenance, unbroken

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
"""How systems and versions are spelled, as both become names of files."""

_log = logging.getLogger("chartcode.books")


def place(folder: Path, system: str, version: str) -> Path:
    """Return where a release stands or would stand.

    Raises:
        ValueError: the system or the version cannot be a file's name.
    """
    for name in (system, version):
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot name a release; use letters, digits, points and dashes")
    return folder / system / f"{version}.sqlite"


def systems(folder: Path) -> tuple[str, ...]:
    """Return the systems of which there are installed releases, sorted."""
    return tuple(sorted({path.parent.name for path in folder.glob("*/*.sqlite") if NAME.fullmatch(path.parent.name)}))


def files(folder: Path, system: str) -> tuple[Path, ...]:
    """Return the files of a system's releases, sound or not, sorted by name."""
    return tuple(sorted(path for path in (folder / system).glob("*.sqlite") if NAME.fullmatch(path.stem)))


def releases(folder: Path, system: str) -> tuple[Release, ...]:
    """Return the sound releases of a system, the earliest first."""
    return tuple(sorted(_sound(files(folder, system)), key=lambda release: (release.first, release.version)))


def beside(folder: Path, known: Iterable[Path]) -> tuple[Release, ...]:
    """Return the sound releases in the folder itself, where embedded defaults stand, but for those that are known."""
    return tuple(_sound(path for path in sorted(set(folder.glob("[!.]*.sqlite")) - set(known))))


def _sound(paths: Iterable[Path]) -> Iterator[Release]:
    for path in paths:
        try:
            yield described(path, provenance(path))
        except (Damaged, KeyError, ValueError) as fault:
            _log.warning("%s is left out: %s; install it again, or remove it", path, fault)


def in_force(found: Iterable[Release], day: date) -> Release | None:
    """Return the release that speaks for a day; of several the one that began last, or None."""
    speaking = [r for r in found if r.first <= day and (r.last is None or day <= r.last)]
    return max(speaking, key=lambda r: (r.first, r.version), default=None)


def opened(release: Release) -> Database:
    """Open a release; a page that cannot be read later raises a sentence, as there is nothing to compile it from."""

    def gone() -> None:
        which = f"{release.system} {release.version}"
        raise OSError(f"{release.path} is damaged; install {which} again with 'chartcode books install'")

    return Database(release.path, gone)


def damage(path: Path, *, embedded: bool = False) -> str:
    """Return what is wrong with a release file, or '' if it holds what was written and is where it belongs.

    Every byte is read. An embedded default has a place of its own and not that of its system and version.
    """
    try:
        release = described(path, provenance(path))
    except (Damaged, KeyError, ValueError, OSError) as fault:
        return str(fault)
    if not embedded and (path.parent.name != release.system or path.stem != release.version):
        return f"it says that it is {release.system} {release.version}, and does not stand in that one's place"
    if not unbroken(path):
        return "its bytes are not those that were written"
    return ""
