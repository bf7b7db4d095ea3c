"""Put compiled releases in their places on the shelf: all of them or none, and none half."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from chartcode.books.files import Unsuitable
from chartcode.books.release import Damaged, provenance

_SHOP = ".installing-"
_STALE = 24 * 3600
"""Seconds after which what a killed process left behind is swept away."""


def loses_nothing(place: Path, path: Path) -> None:
    """Refuse to replace a release by one that lacks parts which the other has, such as an index without its tables.

    Raises:
        Unsuitable: it would lose a part.
    """
    if not place.exists():
        return
    with suppress(Damaged):
        old, new = provenance(place), provenance(path)
        lost = [part for part in old.get("parts", "").split() if part not in new.get("parts", "").split()]
        if lost:
            raise Unsuitable(
                f"the installed {old['system']} {old['version']} also holds {', '.join(lost)}, which this file lacks:"
                " give all files together with --from, or remove the release first"
            )


def put(shop: Path, made: Mapping[Path, Path]) -> None:
    """Put all releases (by their place, where they were compiled) in place, or, if one cannot be, none.

    Raises:
        OSError: one could not be put in place; all is as it was.
    """
    done: list[tuple[Path, Path | None]] = []
    try:
        for place, path in made.items():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
            kept = None
            if place.exists():
                kept = shop / f"kept-{len(done)}"
                shutil.copy2(place, kept)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
            done.append((place, kept))
    except OSError as fault:
        for place, kept in reversed(done):
            if kept is None:
                place.unlink()
            else:
                kept.replace(place)
        raise OSError(f"cannot put a release in its place ({fault}); nothing was installed") from fault


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Give a folder to work in, beside the releases so that putting them in place is one step; it vanishes after.

    Raises:
        OSError: the folder of books cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_SHOP}*"):
            if time.time() - left.stat().st_mtime > _STALE:
                shutil.rmtree(left, ignore_errors=True)
        shop = Path(tempfile.mkdtemp(prefix=_SHOP, dir=folder))
    except OSError as fault:
        raise OSError(
            f"cannot write in {folder} ({fault}); name a folder that you can write in CHARTCODE_HOME"
        ) from None
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)
