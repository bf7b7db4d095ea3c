"""A book of services for a day: the user's release where one is installed, else the starter, else nothing.

HCPCS Level II and CPT are such books. What a book does not have is not valid by it, whatever the publisher lists
elsewhere; a book that is neither installed nor started has no codes at all, and says so by ``installed``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from chartcode.books.release import Database, Release
from chartcode.books.starter import VERSION, Entry

TABLES = (
    (
        "CREATE TABLE service (code TEXT PRIMARY KEY, title TEXT NOT NULL, short TEXT NOT NULL, first TEXT NOT NULL,"
        " last TEXT NOT NULL) WITHOUT ROWID"
    ),
    "CREATE TABLE modifier (code TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID",
)
"""Layout of a release of services; days are ISO dates, '' where the file gives none."""


class Services:
    """One book of services on a day; subclasses name the system and the starter."""

    def __init__(self, day: date, release: Release | None, pages: Database | None, own: Mapping[str, Entry]) -> None:
        """Take the day, the release in force with its pages (None where none is), and the starter (empty if off)."""
        self.day = day
        self.release = release
        self._pages = pages
        self._own = own
        self._known: dict[str, tuple[bool, str]] = {}

    @property
    def starter(self) -> bool:
        """Whether the starter answers, in the place of an installed release."""
        return self.release is None and bool(self._own)

    @property
    def installed(self) -> bool:
        """Whether there is anything to ask: a release or the starter."""
        return self.release is not None or bool(self._own)

    @property
    def version(self) -> str:
        """The version of the release, ``starter``, or '' where there is neither."""
        return self.release.version if self.release else VERSION if self._own else ""

    def valid(self, code: str) -> bool:
        """Tell whether the book has a code in force on the day; a starter serves any day."""
        return self._found(code)[0]

    def title(self, code: str) -> str:
        """Return the title of a code, the longest that the book has, or ''."""
        return self._found(code)[1]

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield (code, title) of every code in force on the day, in order."""
        if self._pages is None:
            yield from ((code, self._own[code].title) for code in sorted(self._own))
            return
        for code, title, first, last in self._pages.all("SELECT code, title, first, last FROM service ORDER BY code"):
            if self._holds(first, last):
                yield code, title

    def aliases(self, code: str) -> tuple[str, ...]:
        """Return our own phrases by which notes name a code, as they are written in the starter's file."""
        entry = self.own.get(code)
        return entry.phrases if entry else ()

    @property
    def own(self) -> Mapping[str, Entry]:
        """Our own words by code; they serve an installed release too."""
        raise NotImplementedError

    def _found(self, code: str) -> tuple[bool, str]:
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._look_up(code)
        return found

    def _look_up(self, code: str) -> tuple[bool, str]:
        if self._pages is None:
            entry = self._own.get(code)
            return (True, entry.title) if entry else (False, "")
        row = self._pages.one("SELECT title, first, last FROM service WHERE code = ?", (code,))
        return (self._holds(row[1], row[2]), row[0]) if row else (False, "")

    def _holds(self, first: str, last: str) -> bool:
        day = self.day.isoformat()
        return (not first or first <= day) and (not last or day <= last)
