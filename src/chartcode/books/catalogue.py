"""What can be installed and where its publisher keeps it, from ``catalogue.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_QUARTERS = {"1": "january", "2": "april", "3": "july", "4": "october"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the publisher's: candidates for its URL, and a listing in which a pattern is looked for."""

    what: str
    urls: tuple[str, ...]
    listing: str
    pattern: str
    optional: bool


@dataclass(frozen=True, slots=True)
class System:
    """A book that can be installed.

    ``parts`` are the systems whose releases its files make; ``releases`` says how it is dated ("year", "quarter" or
    "day"); ``known`` the sha256 of known source files by version.
    """

    name: str
    title: str
    parts: tuple[str, ...]
    releases: str
    example: str
    by_hand: bool
    page: str
    files: tuple[Mapping[str, object], ...]
    known: Mapping[str, tuple[str, ...]]

    def sources(self, release: str) -> tuple[Source, ...]:
        """Return the publisher's files of a release such as ``FY2026``, ``FY2026-04-01``, ``2026Q3`` or ``2026``.

        Raises:
            LookupError: the release is not named as this system's are, or the catalogue has no URL for it.
        """
        words = _words(release)
        if words is None or (self.releases == "quarter" and not words["quarter"]):
            raise LookupError(f"{release!r} names no release of {self.name}; write it like {self.example}")
        edition = words["edition"] or "10-01"
        found = []
        for file in self.files:
            editions = file.get("editions", ["10-01"])
            if self.releases == "year" and edition not in (editions if isinstance(editions, list) else ()):
                continue
            urls = file.get("urls", [])
            found.append(
                Source(
                    str(file["what"]),
                    tuple(str(url).format(**words) for url in (urls if isinstance(urls, list) else [])),
                    str(file.get("listing", "")).format(**words),
                    str(file.get("pattern", "")).format(**words),
                    bool(file.get("optional")),
                )
            )
        if not found:
            raise LookupError(f"the catalogue has no URL for {self.name} {release}; look at {self.page}")
        return tuple(found)


@lru_cache(maxsize=1)
def systems() -> Mapping[str, System]:
    """Return what can be installed, by name."""
    text = (resources.files("chartcode.books") / "catalogue.toml").read_text(encoding="utf-8")
    return {
        name: System(
            name,
            entry["title"],
            tuple(entry.get("parts", [name])),
            entry["releases"],
            entry["example"],
            entry.get("by_hand", False),
            entry["page"],
            tuple(entry.get("files", ())),
            {version: tuple(sums) for version, sums in entry.get("known", {}).items()},
        )
        for name, entry in tomllib.loads(text).items()
    }


def system(name: str) -> System:
    """Return what can be installed under a name.

    Raises:
        LookupError: there is no such book.
    """
    found = systems().get(name)
    if found is None:
        raise LookupError(f"{name!r} is not a book that can be installed; choose one of {', '.join(systems())}")
    return found


def _words(release: str) -> dict[str, str] | None:
    """Return what stands in a URL for a release."""
    found = re.fullmatch(r"(?:FY)?(20\d\d)(?:-(\d\d-\d\d)|Q([1-4]))?", release)
    if found is None:
        return None
    year, edition, quarter = found[1], found[2] or "", found[3] or ""
    month = _QUARTERS.get(quarter, "")
    return {"year": year, "yy": year[2:], "edition": edition, "quarter": quarter, "month": month}
