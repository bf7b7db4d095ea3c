"""What changes in a book from one release to another: codes new, deleted, revised and moved, and notes.

Which codes are reportable is known for every day of ICD-10-CM and ICD-10-PCS. Titles, places and notes are compared
where the shelf has a list of its own for either day; where it has not, a remark says so and what to install.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from chartcode.books.icd10cm import ICD10CM, Tabular
from chartcode.books.release import first_day
from chartcode.books.validity import Validity

if TYPE_CHECKING:
    from chartcode.books.day import Books
from chartcode.books.shelf import Shelf

__all__ = ["KINDS", "SYSTEMS", "Change", "Difference", "difference", "first_day"]

SYSTEMS = ("icd10cm", "icd10pcs", "hcpcs", "cpt")
"""The books of codes that can be compared."""

NEW, DELETED, REVISED, MOVED, HEADING, NOTE_ADDED, NOTE_GONE = (
    "new",
    "deleted",
    "revised",
    "moved",
    "heading now",
    "note added",
    "note gone",
)
KINDS = (NEW, DELETED, HEADING, REVISED, MOVED, NOTE_ADDED, NOTE_GONE)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, the code, its title, and what it was before or is instead."""

    kind: str
    code: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes of a system between two days; ``remarks`` say what could not be compared and why."""

    system: str
    one: date
    other: date
    changes: tuple[Change, ...]
    remarks: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Change, ...]:
        """Return the changes of a kind."""
        return tuple(change for change in self.changes if change.kind == kind)


class _Listing(Protocol):
    def valid(self, code: str) -> bool: ...
    def title(self, code: str) -> str: ...


def difference(shelf: Shelf, system: str, one: date, other: date) -> Difference:
    """Return what changes in a system from the release of one day to that of another.

    Raises:
        LookupError: the system cannot be compared, or no books are in force on one of the days.
    """
    before, after = shelf.at(one), shelf.at(other)
    if system == "icd10cm":
        return _icd10cm(shelf, before, after)
    if system == "icd10pcs":
        found = tuple(_codes(shelf.icd10pcs, before.icd10pcs, after.icd10pcs, one, other))
        return Difference(system, one, other, found)
    if system not in SYSTEMS:
        raise LookupError(f"{system!r} cannot be compared; choose one of {', '.join(SYSTEMS)}")
    return _by_entries(shelf, system, before, after)


# --- ICD-10-CM --------------------------------------------------------------------------------------------------


def _icd10cm(shelf: Shelf, before: Books, after: Books) -> Difference:
    one, other = before.icd10cm, after.icd10cm
    changes = list(_codes(shelf.icd10cm.validity, one, other, before.day, after.day))
    remarks = []
    lists = shelf.edition(before.day).tabular, shelf.edition(after.day).tabular
    if _own_titles(one) and _own_titles(other):
        changes += _revised(one, other)
    else:
        remarks.append(_remark("titles", one, other))
    if _speaks(lists[0], before.day) and _speaks(lists[1], after.day) and lists[0] is not lists[1]:
        changes += _moved(*lists)
        changes += _notes(*lists)
    elif lists[0] is not lists[1] or not _speaks(lists[0], before.day):
        remarks.append(_remark("places and notes", one, other))
    return Difference("icd10cm", before.day, after.day, tuple(changes), tuple(remarks))


def _codes(validity: Validity, before: _Listing, after: _Listing, one: date, other: date) -> Iterator[Change]:
    """Yield the codes that are reportable on one day alone."""
    then, now = set(validity.codes("", one)), set(validity.codes("", other))
    for code in sorted(now - then):
        yield Change(NEW, code, after.title(code), _listed("for", validity.replaced(code)))
    for code in sorted(then - now):
        below = any(c.startswith(code) for c in now - then)
        title = before.title(code) or after.title(code)
        yield Change(HEADING if below else DELETED, code, title, _listed("now", validity.replacements(code)))


def _listed(word: str, codes: Iterable[str]) -> str:
    return f"{word} {', '.join(codes)}" if codes else ""


def _own_titles(book: ICD10CM) -> bool:
    return book.order is not None or _within(book.tabular.first, book.day, book.tabular.last)


def _speaks(tabular: Tabular, day: date) -> bool:
    return _within(tabular.release.first, day, tabular.release.last)


def _within(first: date, day: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def _remark(what: str, one: ICD10CM, other: ICD10CM) -> str:
    return (
        f"{what} are not compared: the shelf has no list of its own for {one.version} or for {other.version};"
        " install both with 'chartcode books install icd10cm'"
    )


def _revised(one: ICD10CM, other: ICD10CM) -> Iterator[Change]:
    """Yield the codes and headings whose titles differ by more than accents, which order files leave out."""
    before = {code: title for code, title, _ in one.entries()}
    for code, title, _ in other.entries():
        old = before.get(code)
        if old is not None and _plain(old) != _plain(title):
            yield Change(REVISED, code, title, f"was: {old}")


def _plain(title: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))


def _moved(one: Tabular, other: Tabular) -> Iterator[Change]:
    before = dict(one.parents())
    for code, parent in other.parents():
        old = before.get(code)
        if old is not None and old != parent:
            yield Change(MOVED, code, other.title(code), f"from {old} to {parent}")


def _notes(one: Tabular, other: Tabular) -> Iterator[Change]:
    before, after = set(one.every_note()), set(other.every_note())
    for kind, notes, book in ((NOTE_ADDED, after - before, other), (NOTE_GONE, before - after, one)):
        for at, note, text in sorted(notes):
            yield Change(kind, at, book.title(at), f"{note}: {text}")


# --- books that list their entries ------------------------------------------------------------------------------


def _by_entries(shelf: Shelf, system: str, before: Books, after: Books) -> Difference:
    releases = [shelf.release(system, books.day) for books in (before, after)]
    missing = [books.day.isoformat() for books, release in zip((before, after), releases, strict=True) if not release]
    if missing:
        told = f"{system} is not compared: no release is installed that speaks for {' and '.join(missing)}"
        return Difference(system, before.day, after.day, (), (told,))
    one, other = (_titles(getattr(books, system)) for books in (before, after))
    changes = [Change(NEW, code, other[code]) for code in sorted(other.keys() - one.keys())]
    changes += [Change(DELETED, code, one[code]) for code in sorted(one.keys() - other.keys())]
    changes += [
        Change(REVISED, code, other[code], f"was: {one[code]}")
        for code in sorted(one.keys() & other.keys())
        if one[code] != other[code]
    ]
    return Difference(system, before.day, after.day, tuple(changes))


def _titles(book: object) -> Mapping[str, str]:
    entries = getattr(book, "entries", None)
    return {str(entry[0]): str(entry[1]) for entry in entries()} if entries else {}
