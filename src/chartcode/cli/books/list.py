"""``chartcode books list``: what stands on the shelf."""

from __future__ import annotations

import argparse

from chartcode.cli.options import OK

_SAID = frozenset(
    {"complete", "file", "first", "last", "licence", "release", "sha256", "source", "system", "version", "derived"}
)
"""What the other lines say, or nobody needs."""


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    listed = acts.add_parser(
        "list",
        help="list the releases",
        description="List the releases on the shelf, embedded and installed: from which day to which each serves, "
        "where it came from, and what it says of itself.",
    )
    listed.add_argument("--system", metavar="SYSTEM", help="one book alone, such as icd10cm-index")
    listed.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the releases."""
    from chartcode.books.release import provenance
    from chartcode.cli.shelf import open_shelf

    shelf = open_shelf()
    embedded = {release.path for release in shelf.embedded()}
    for release in shelf.releases():
        if options.system and options.system != release.system.split(" ")[0]:
            continue
        meta = provenance(release.path)
        last = release.last.isoformat() if release.last else "now"
        kind = "embedded" if release.path in embedded else "installed"
        derived = f", derived: {meta['derived']}" if meta.get("derived") else ""
        print(f"{release.system:<16}  {release.version:<13}  {release.first} to {last}  {kind}{derived}")
        print(f"{'':<16}  {release.source}; {release.licence}; sha256 {release.sha256[:12]}")
        more = "; ".join(f"{key} {value}" for key, value in sorted(meta.items()) if key not in _SAID and value)
        if more:
            print(f"{'':<16}  {more}")
    _starters(options.system)
    return OK


def _starters(wanted: str | None) -> None:
    """Print the starters: lists of our own that serve any day until a release is installed."""
    from chartcode.books import cpt, starter

    for system, codes, more in (
        ("hcpcs", starter.hcpcs(), ""),
        ("cpt", cpt.started(), f"; {cpt.SETTING}=off turns it off"),
    ):
        if codes and wanted in (None, system):
            print(f"{system:<16}  {starter.VERSION:<13}  any day  starter")
            print(f"{'':<16}  {len(codes)} codes in our own words, until a release is installed{more}")
