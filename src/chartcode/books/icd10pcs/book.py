"""What one may ask of ICD-10-PCS for a day: what is reportable, the titles, and the tables as a coder walks them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache

from chartcode.books.icd10pcs.pages import BODY_PART, DEVICE, Definition, IndexLine, Pages
from chartcode.books.icd10pcs.tables import OPEN, Axis, Row, Table, axis_names, cover, fits
from chartcode.books.validity import Validity
from chartcode.model.dates import Interval

TO_GET = (
    "titles of ICD-10-PCS are not installed;"
    " run: pip install 'chartcode[inpatient]', or chartcode books install icd10pcs"
)
"""What to do where there are no titles; which codes are valid is known without."""


class ICD10PCS:
    """ICD-10-PCS on a day. Codes are seven characters as printed (``0DTJ4ZZ``).

    Which codes are valid comes from the release of validity by day; titles, labels, index and definitions come from
    ``pages``, an installed release or the embedded default, opened when first asked. Without them titles are empty.
    """

    def __init__(self, day: date, validity: Validity, pages: Callable[[], Pages | None]) -> None:
        """Take a day, the validity of codes, and what opens the release of the day."""
        self.day = day
        self._validity = validity
        self._open = pages
        self.table = lru_cache(maxsize=500)(self._table)
        self.choices = lru_cache(maxsize=5_000)(self._choices)

    @cached_property
    def pages(self) -> Pages | None:
        """The release that titles the codes of the day, or None if there is none."""
        return self._open()

    @property
    def version(self) -> str:
        """The version of the release that titles the codes; empty if there is none."""
        return self.pages.release.version if self.pages else ""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code that is reportable on the day, in order.

        On days past the end of the validity release, those of an installed release that speaks for the day.
        """
        known = tuple(self._validity.codes("", self.day))
        return known or (tuple(code for code, _ in self.pages.codes()) if self.pages and self.pages.official else ())

    def valid(self, code: str) -> bool:
        """Tell whether a code is reportable on the day."""
        if self._validity.flags(code, self.day) is not None:
            return True
        return code in self._beginning(code)

    def flags(self, code: str) -> frozenset[str]:
        """Return the Medicare Code Editor's flags of a code on the day, such as "non-covered" or "limited coverage"."""
        return self._validity.flags(code, self.day) or frozenset()

    def validity(self, code: str) -> tuple[Interval, ...]:
        """Return all days on which a code is reportable, first to last; empty if it never was."""
        return self._validity.days(code)

    def title(self, code: str) -> str:
        """Return the title of a code, or of a table by its three characters; empty where none is installed."""
        return self.pages.title(code) if self.pages else ""

    def entries(self) -> Iterator[tuple[str, str]]:
        """Yield each reportable code with its title, in order: what a search looks through."""
        titles = dict(self.pages.codes()) if self.pages else {}
        return ((code, titles.get(code, "")) for code in self.codes)

    def complete(self, partial: str) -> tuple[str, ...]:
        """Return the reportable codes that a partial code (``0DTJ?ZZ``, ``0DTJ``) leaves possible, in order."""
        beginning = partial.upper().partition(OPEN)[0]
        return tuple(code for code in self._beginning(beginning) if fits(code, partial.upper()))

    def _beginning(self, beginning: str) -> tuple[str, ...]:
        """Return the reportable codes with a beginning, in order, without reading all eighty thousand."""
        if self._listed:
            return tuple(self._validity.codes(beginning, self.day))
        first, last = bisect_left(self.codes, beginning), bisect_left(self.codes, beginning + "~")
        return self.codes[first:last]

    @cached_property
    def _listed(self) -> bool:
        """Whether the validity release speaks for the day, by a table that every edition has."""
        return any(True for _ in self._validity.codes("0DT", self.day))

    def _choices(self, partial: str) -> Mapping[str, str]:
        """Return the values still possible for the first open character, with their labels, in order.

        The first open character is the first ``?``, else the one after the last; empty if nothing is possible, or
        nothing is left to choose.
        """
        text = partial.upper()
        at = text.index(OPEN) if OPEN in text else len(text)
        if at >= 7:
            return {}
        values: dict[str, str] = {}
        for code in self.complete(text):
            values.setdefault(code[at], code)
        return {value: self.label(code, at + 1) for value, code in values.items()}

    def label(self, code: str, axis: int) -> str:
        """Return the label of a code's value on an axis (1 to 7); empty where none is installed."""
        if self.pages is None:
            return ""
        found = self.pages.labels(code[:3])
        return found.get((axis, code[axis - 1]), "") if len(code) >= 3 else self._head(code, axis)

    def labels(self, code: str) -> tuple[tuple[str, str, str], ...]:
        """Return for each character of a code or partial code its axis, value and label."""
        names = axis_names(code[:1])
        return tuple(
            (names[n], value, "" if value == OPEN or len(code) < 3 else self.label(code, n + 1))
            for n, value in enumerate(code[:7])
        )

    def _head(self, code: str, axis: int) -> str:
        """Return the label of one of the first two characters from any table that begins so."""
        return next((self.label(c[:3], axis) for c in self.complete(code[:axis])[:1]), "")

    def _table(self, key: str) -> Table | None:
        """Return a table by its three characters (``0DT``), or None if no reportable code is in it.

        The rows are the publisher's where an installed release has them, else those that follow from the codes.
        """
        key = key.upper()
        codes = self.complete(key) if len(key) == 3 and OPEN not in key else ()
        if not codes:
            return None
        labels = self.pages.labels(key) if self.pages else {}
        rows = self.pages.rows(key) if self.pages else ()
        if not rows or sum(map(len, rows)) != len(codes):
            rows = tuple(_row(values, labels, key) for values in cover(code[3:] for code in codes))
        section, system, operation = (labels.get((n, key[n - 1]), "") for n in (1, 2, 3))
        return Table(key, section, system, operation, self.pages.operation(key) if self.pages else "", rows)

    def tables(self) -> tuple[str, ...]:
        """Return the first three characters of all reportable codes, in order."""
        return tuple(dict.fromkeys(code[:3] for code in self.codes))

    def walk(self, main: str) -> list[IndexLine]:
        """Return a main term of the index with its lines; empty if there is none, or no index is installed."""
        return self.pages.walk(main) if self.pages else []

    def main_terms(self, beginning: str) -> list[str]:
        """Return the main terms of the index that begin with some words."""
        return self.pages.main_terms(beginning) if self.pages else []

    def operation(self, name: str, section: str | None = None) -> list[Definition]:
        """Return the definitions of a root operation (``Resection``) in the sections that define it."""
        return self.pages.definitions(name, 3, section) if self.pages else []

    def approach(self, name: str) -> Definition | None:
        """Return the definition of an approach (``Percutaneous Endoscopic``)."""
        found = self.pages.definitions(name, 5) if self.pages else []
        return found[0] if found else None

    def body_part(self, word: str) -> tuple[str, ...]:
        """Return the body part values for a word of the record, by the body part key."""
        return self.pages.key(word, BODY_PART) if self.pages else ()

    def device(self, word: str) -> tuple[str, ...]:
        """Return the device values for a word of the record, by the device key."""
        return self.pages.key(word, DEVICE) if self.pages else ()


def _row(values: tuple[str, ...], labels: Mapping[tuple[int, str], str], key: str) -> Row:
    names = axis_names(key[0])
    return Row(
        tuple(
            Axis(n, names[n - 1], {v: labels.get((n, v), "") for v in sorted(own)}) for n, own in enumerate(values, 4)
        )
    )
