"""The dated history of a code: when it came, what it came from, what changed of it, and what took its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from chartcode.books.icd10cm import Tabular
from chartcode.books.validity import Validity
from chartcode.model.code import dotted, looks_like_icd10cm

if TYPE_CHECKING:
    from chartcode.books.shelf import Shelf

LISTED = ("hcpcs", "cpt")
"""Books whose releases list their codes, and so know a code's history by the releases that are installed."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """What happened to a code on a day."""

    day: date
    text: str


def history(shelf: Shelf, code: str) -> tuple[str, tuple[Event, ...]]:
    """Return the system of a code ("icd10cm", "icd10pcs", "hcpcs", "cpt") and its events, the earliest first.

    The events are empty for a code that only a starter lists, which knows no days; the system is empty too for a code
    that no book on the shelf ever had.
    """
    for system, validity, spelled in (
        ("icd10cm", shelf.icd10cm.validity, dotted(code) if looks_like_icd10cm(code) else code.upper()),
        ("icd10pcs", shelf.icd10pcs, code.upper()),
    ):
        if validity.days(spelled):
            events = [*_spells(validity, spelled)]
            if system == "icd10cm":
                events += [*_titles(shelf, spelled), *_notes(shelf, spelled)]
            return system, tuple(sorted(events))
    if events := [*_titles(shelf, dotted(code)), *_notes(shelf, dotted(code))]:
        return "icd10cm", tuple(sorted(events))
    for system in LISTED:
        if events := list(_listed(shelf, system, code.upper())):
            return system, tuple(events)
    newest = shelf.at(shelf.validity.last or shelf.validity.first)
    return next((system for system in LISTED if getattr(newest, system).valid(code.upper())), ""), ()


def _spells(validity: Validity, code: str) -> Iterator[Event]:
    """Yield when a code was reportable, and when what the code editor says of it changed."""
    for number, days in enumerate(validity.days(code)):
        old = ", ".join(validity.replaced(code)) if number == 0 else ""
        yield Event(days.first, "reportable" + (f", in the place of {old}" if old else ""))
        if days.last is not None:
            new = ", ".join(validity.replacements(code))
            yield Event(days.last + timedelta(days=1), "not reportable any more" + (f": now {new}" if new else ""))
    for before, after in pairwise(validity.spells(code)):
        told = [f"flagged {flag!r}" for flag in sorted(after.flags - before.flags)]
        told += [f"no longer flagged {flag!r}" for flag in sorted(before.flags - after.flags)]
        for text in told:
            yield Event(after.days.first, text)
    taken = {*validity.replacements(code), code}
    for other in validity.successors(code):
        if other not in taken:
            yield Event(validity.days(other)[0].first if validity.days(other) else date.max, f"split off: {other}")


def _titles(shelf: Shelf, code: str) -> Iterator[Event]:
    """Yield the titles of a code as the installed order files have them, when they change."""
    last = ""
    for release in shelf.installed("icd10cm"):
        title = shelf.order(release).title(code)
        if title and title != last:
            known = f"title in {release.version}, the first order file on the shelf that has it"
            yield Event(release.first, f"{'title revised' if last else known}: {title}")
        last = title or last


def _notes(shelf: Shelf, code: str) -> Iterator[Event]:
    """Yield the notes that came to a code or left it from one tabular list on the shelf to the next."""
    releases = sorted((shelf.tabular, *shelf.installed("icd10cm-tabular")), key=lambda release: release.first)
    lists: dict[str, Tabular] = {release.version: shelf.edition(release.first).tabular for release in releases}
    for one, other in pairwise(lists.values()):
        before, after = _own(one, code), _own(other, code)
        if before is None or after is None:
            continue
        for sign, notes in (("note added", after - before), ("note gone", before - after)):
            for kind, text in sorted(notes):
                yield Event(other.release.first, f"{sign}: {kind}: {text}")


def _own(tabular: Tabular, code: str) -> set[tuple[str, str]] | None:
    node, char = tabular.split(code)
    return None if node is None or char else {(note.kind, note.text) for note in tabular.own_notes(node.id)}


def _listed(shelf: Shelf, system: str, code: str) -> Iterator[Event]:
    """Yield when a code came, was renamed and went, by the installed releases of a book that lists its codes."""
    last: str | None = None
    for release in shelf.installed(system):
        book = getattr(shelf.at(release.first), system)
        title = book.title(code) if book.valid(code) else None
        if title is not None and last is None:
            yield Event(release.first, f"listed in {release.version}: {title}")
        elif title is None and last is not None:
            yield Event(release.first, f"no longer listed in {release.version}")
        elif title is not None and title != last:
            yield Event(release.first, f"reworded in {release.version}: {title}")
        last = title
