"""Install a release from the publisher's file: compiled beside the shelf, checked, and put in its place in one step.

What goes wrong on the way, a bad file, a full disk or a killed process, leaves the shelf exactly as it was: nothing is
written in a release's own place, and several releases from one file are put in place together or not at all.
"""

from __future__ import annotations

import importlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from chartcode.books import download, installed
from chartcode.books.catalogue import Source, System, system
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.placing import loses_nothing, put, workshop
from chartcode.books.release import Damaged, Progress, Release, described, provenance

Builder: TypeAlias = Callable[[Files, Path, Wish, Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A release that was put in place; ``remarks`` are sentences for the user."""

    release: Release
    replaced: bool
    remarks: tuple[str, ...] = ()


def builder(part: str) -> Builder:
    """Return what compiles the files of a system: ``build`` of ``chartcode.books.build.<system>``.

    Raises:
        LookupError: there is no such builder.
    """
    name = f"chartcode.books.build.{part.replace('-', '_')}"
    try:
        found: Builder = importlib.import_module(name).build
    except (ModuleNotFoundError, AttributeError) as fault:
        if isinstance(fault, ModuleNotFoundError) and fault.name != name:
            raise
        raise LookupError(f"this version of Chartcode cannot compile {part}") from None
    return found


def install(
    folder: Path, name: str, sources: Sequence[Path], wish: Wish, progress: Progress, *, remarks: Sequence[str] = ()
) -> tuple[Outcome, ...]:
    """Install what a user's files hold of a system.

    Args:
        folder: the folder of books, such as ``$CHARTCODE_HOME/books``.
        name: the system, one of ``catalogue.systems()``.
        sources: zips, folders or files; each must hold something of the system.
        wish: what the user said of them.
        progress: told what is done.
        remarks: sentences that the first outcome carries.

    Raises:
        LookupError: there is no such system.
        Unsuitable: a file is not what it should be; nothing was installed.
        OSError: the folder cannot be written; nothing was installed.
    """
    book = system(name)
    with workshop(folder) as shop:
        made = _all_compiled(folder, shop, book, [Files.of(source) for source in sources], wish, progress)
        outcomes = [_outcome(book, place, path) for place, path in made.items()]
        for place, path in made.items():
            loses_nothing(place, path)
        put(shop, made)
    if remarks and outcomes:
        outcomes[0] = replace(outcomes[0], remarks=(*remarks, *outcomes[0].remarks))
    return tuple(outcomes)


def install_release(folder: Path, name: str, wish: Wish, progress: Progress) -> tuple[Outcome, ...]:
    """Fetch the publisher's files of a release and install them.

    Raises:
        LookupError: there is no such system or release, or its publisher wants a licence to be accepted first.
        OSError: the publisher cannot be reached, or the folder cannot be written.
        Unsuitable: what came is not what it should be.
    """
    book = system(name)
    if book.by_hand:
        raise LookupError(
            f"{name} cannot be fetched for you (see its page for licence and files): get the file from"
            f" {book.page} and run: chartcode books install {name} --from FILE"
        )
    sources = book.sources(wish.release or str(wish.year))
    with workshop(folder) as shop:
        fetched, remarks = [], []
        for source in sources:
            try:
                fetched.append(download.fetch(source, shop, progress))
            except download.Absent:
                if source.optional:
                    remarks.append(f"the {source.what} was not found and is left out; see {book.page}")
                    continue
                raise LookupError(
                    f"the publisher has no file under the names known for the {source.what} (such as"
                    f" {source.urls[0]}): {_by_hand(book, source)}"
                ) from None
            except download.Unreachable as fault:
                raise OSError(f"{fault}; {_by_hand(book, source)}") from None
        return install(folder, name, fetched, wish, progress, remarks=remarks)


def remove(folder: Path, name: str, version: str) -> Path:
    """Remove an installed release, sound or not, and return where it was.

    Raises:
        LookupError: it is not installed; the sentence says which are.
    """
    try:
        place = installed.place(folder, name, version)
    except ValueError as fault:
        raise LookupError(str(fault)) from None
    if not place.is_file():
        there = ", ".join(path.stem for path in installed.files(folder, name)) or "none"
        raise LookupError(f"{name} {version} is not installed; of {name} there is: {there}")
    place.unlink()
    with suppress(OSError):  # the folder stays while other releases are in it
        place.parent.rmdir()
    return place


def _by_hand(book: System, source: Source) -> str:
    url = source.urls[0] if source.urls else source.listing
    file = url.rpartition("/")[2] or "FILE"
    return f"fetch {url} by hand (or from {book.page}) and run: chartcode books install {book.name} --from {file}"


def _all_compiled(
    folder: Path, shop: Path, book: System, given: Sequence[Files], wish: Wish, progress: Progress
) -> dict[Path, Path]:
    """Return the releases that all files made, by the place where they belong.

    Several files are first taken together, as a release may come in two zips, then each by itself, as they may be of
    several years.
    """
    if len(given) == 1:
        return _compiled(folder, shop, book, given[0], wish, progress)
    try:
        return _compiled(folder, shop, book, Files.together(given), wish, progress)
    except Unsuitable as together:
        made: dict[Path, Path] = {}
        for files in given:
            try:
                one = _compiled(folder, shop, book, files, wish, progress)
            except Unrecognised:
                raise together from None
            if both := made.keys() & one.keys():
                raise Unsuitable(f"two of the files make {next(iter(both)).stem}; give one of them") from None
            made |= one
        return made


def _compiled(folder: Path, shop: Path, book: System, files: Files, wish: Wish, progress: Progress) -> dict[Path, Path]:
    """Return the releases that one file made, by the place where they belong."""
    made: dict[Path, Path] = {}
    missed: list[Unrecognised] = []
    for part in book.parts:
        handle, name = tempfile.mkstemp(suffix=".sqlite", dir=shop)
        os.close(handle)
        path = Path(name)
        path.unlink()
        try:
            builder(part)(files, path, wish, progress)
        except Unrecognised as fault:
            missed.append(fault)
            continue
        except sqlite3.OperationalError as fault:
            raise OSError(f"cannot write {path} ({fault}); is there room on the disk?") from None
        release = _checked(path, part, files, wish)
        made[installed.place(folder, part, release.version)] = path
    if not made:
        if len(missed) == 1:
            raise missed[0]
        what = "; ".join(str(fault).partition("; expected ")[2] or str(fault) for fault in missed)
        raise Unrecognised(f"{files.origin} holds nothing of {book.name}; expected one of: {what}")
    return made


def _checked(path: Path, part: str, files: Files, wish: Wish) -> Release:
    """Return what was compiled, once it is sound and what was asked for.

    Raises:
        Unsuitable: it is of another year or release than the user said.
    """
    try:
        release = described(path, provenance(path))
    except (Damaged, KeyError, ValueError) as fault:
        raise RuntimeError(f"the builder of {part} wrote a release that cannot be read: {fault}") from fault
    if release.system != part or not installed.NAME.fullmatch(release.version):
        raise RuntimeError(f"the builder of {part} wrote a release named {release.system} {release.version}")
    if release.last and release.last < release.first:
        raise Unsuitable(f"{files.origin} would be in force from {release.first} to {release.last}; give its first day")
    years = re.findall(r"20\d\d", release.version)
    said = wish.release or (str(wish.year) if wish.year else "")
    if wish.year and years and str(wish.year) not in years:
        raise Unsuitable(f"{files.origin} is {release.version}, and not of {wish.year} as was said")
    if wish.release and not release.version.startswith(wish.release.partition("-")[0]):
        raise Unsuitable(f"{files.origin} is {release.version}, and not {said} as was said")
    return release


def _outcome(book: System, place: Path, path: Path) -> Outcome:
    release = replace(described(path, provenance(path)), path=place)
    known = system(release.system).known.get(release.version, ()) or (
        book.known.get(release.version, ()) if release.system == book.name else ()
    )
    remarks = []
    if known and release.sha256 not in known:
        remarks.append(
            f"the sha256 of its source ({release.sha256[:12]}...) is not the one known for {release.system}"
            f" {release.version}; the publisher may have replaced the file since"
        )
    return Outcome(release, place.exists(), tuple(remarks))
