"""Tiny invented books in the publishers' layouts, so that rules which need a licensed book can show examples.

The real files list CPT codes and are each user's own to install. These hold a handful of invented rows for the last
quarter of 2025; nothing in them is an edit, a value or a policy of CMS's, and they never stand on a user's shelf.
"""

from __future__ import annotations

from importlib import import_module, resources
from pathlib import Path

from chartcode.books.files import Files, Wish
from chartcode.books.release import Progress

SYSTEMS = ("ncci-ptp", "mue", "addon", "pfs", "coverage", "opps")


def install(folder: Path, progress: Progress = lambda *_: None) -> None:
    """Compile the invented books into a folder of books, such as that of a test.

    Raises:
        OSError: the folder cannot be written.
    """
    for system in SYSTEMS:
        part = system.replace("-", "_")
        build = import_module(f"chartcode.books.build.{part}").build
        into = folder / system / "invented.sqlite"
        into.parent.mkdir(parents=True, exist_ok=True)
        into.unlink(missing_ok=True)
        with resources.as_file(resources.files(__package__) / part) as given:
            build(Files.of(given), into, Wish(), progress)
