"""What one may ask of the Alphabetic Index for a day: a term with all that stands under it, and the two tables.

The installed release of the index answers. Parts that are not installed are answered by an index that is derived from
the tabular list, compiled when it is first asked; ``derived`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice

from chartcode.books.index.finding import NEOPLASM, TERM, Part
from chartcode.books.index.terms import Drug, Neoplasm, Reference, Term
from chartcode.books.release import Database, Release, Row

INDEX, DRUG = "index", "drug"

_COLUMNS = {NEOPLASM: Neoplasm.__slots__[1:], DRUG: Drug.__slots__[1:]}
_BEHAVIORS = {
    "malignant": "malignant", "primary": "malignant", "secondary": "secondary", "in situ": "in_situ",
    "benign": "benign", "uncertain behavior": "uncertain", "uncertain": "uncertain",
    "unspecified behavior": "unspecified", "unspecified": "unspecified",
}  # fmt: skip
"""How references name the columns of the neoplasm table."""
_ENDS = 3
"""Terms that a reference may lead to: where several have the same words."""


class AlphabeticIndex:
    """The Alphabetic Index on a day, with the external-cause index, the neoplasm table and the table of drugs."""

    def __init__(self, installed: tuple[Release, Database, str] | None, derived: Callable[[], Database]) -> None:
        """Take the installed release, its file and the parts it has (None if there is none), and what derives one."""
        self.release = installed[0] if installed else None
        self._pages = installed[1] if installed else None
        self._parts = frozenset(installed[2].split()) if installed else frozenset[str]()
        self._derive = derived
        self._part = lru_cache(maxsize=None)(self._make_part)

    @property
    def version(self) -> str:
        """The version of the installed release, or ``derived``."""
        return self.release.version if self.release else "derived"

    @property
    def derived(self) -> bool:
        """Whether terms are those of an index derived from the tabular list, as none is installed for the day."""
        return self.derives(INDEX)

    def derives(self, kind: str) -> bool:
        """Tell whether a part ("index", "external", "neoplasm", "drug") is derived from the tabular list."""
        return kind not in self._parts

    def main_terms(self, beginning: str = "", kind: str = INDEX, limit: int = 50) -> list[str]:
        """Return the main terms of a part that begin with some words, in order, each once."""
        rows = self._part(kind).pages.all(
            "SELECT DISTINCT term FROM term WHERE kind = ? AND parent IS NULL AND term >= ? COLLATE NOCASE"
            " AND term < ? COLLATE NOCASE ORDER BY id LIMIT ?",
            (kind, beginning, beginning + "\uffff", limit),
        )
        return [row[0] for row in rows]

    def walk(self, words: str, kind: str = INDEX) -> Term | None:
        """Return a term with its subterms, its references followed; None if the index has no such words.

        The words are a main term ("Pneumonia"), a way from it down ("Pneumonia, lobar"), or as a record says them
        ("lobar pneumonia"). A term that only refers to another one ("Attack, heart": see Infarct, myocardium) is
        answered with that reference, whose ``terms`` can be walked by their ``path``.
        """
        return next(self.found(words, kind), None)

    def found(self, words: str, kind: str = INDEX) -> Iterator[Term]:
        """Yield the terms that words lead to, as ``walk`` does; several main terms may have the same words."""
        for row in self._part(kind).rows(words):
            yield self._term(row, kind)

    def neoplasms(self, site: str) -> tuple[Neoplasm, ...]:
        """Return the lines of the neoplasm table for a site ("breast"; "breast, upper-outer quadrant"), all under it.

        Only lines that name codes are given; none if the table does not have the site.
        """
        return tuple(Neoplasm(path, *cells) for path, cells in self._lines(site, NEOPLASM))

    def drugs(self, substance: str) -> tuple[Drug, ...]:
        """Return the lines of the table of drugs for a substance ("aspirin"), with all under it; none if unknown."""
        return tuple(Drug(path, *cells) for path, cells in self._lines(substance, DRUG))

    # --- the parts --------------------------------------------------------------------------------------------

    def _make_part(self, kind: str) -> Part:
        if self._pages is not None and kind in self._parts:
            return Part(self._pages, kind)
        return Part(self._derived, kind)

    @cached_property
    def _derived(self) -> Database:
        return self._derive()

    def _lines(self, words: str, kind: str) -> Iterator[tuple[tuple[str, ...], Row]]:
        part = self._part(kind)
        for start in part.rows(words):
            path = part.path(start)
            found: dict[int, tuple[str, ...]] = {}
            for row in part.pages.all(f"{TERM} WHERE id BETWEEN ? AND ? ORDER BY id", (start[0], start[2])):
                found[row[0]] = (*found[row[1]], row[3]) if row[0] != start[0] else path
            columns = ", ".join(_COLUMNS[kind])
            cells = part.pages.all(
                f"SELECT term, {columns} FROM {kind} WHERE term BETWEEN ? AND ? ORDER BY term",  # noqa: S608 - our own names
                (start[0], start[2]),
            )
            if cells:
                yield from ((found[number], tuple(rest)) for number, *rest in cells)
                return

    # --- reading a term ---------------------------------------------------------------------------------------

    def _term(self, row: Row, kind: str) -> Term:
        """Return a term with all that stands under it."""
        part = self._part(kind)
        rows = part.pages.all(f"{TERM} WHERE id BETWEEN ? AND ? ORDER BY id", (row[0], row[2]))
        below: dict[int, list[Row]] = {}
        for one in rows[1:]:
            below.setdefault(one[1], []).append(one)
        return self._read(row, part.path(row), below, part)

    def _read(self, row: Row, path: tuple[str, ...], below: Mapping[int, list[Row]], part: Part) -> Term:
        references = (
            *self._references(row[7], part, also=False),
            *self._references(row[8], part, also=True),
        )
        subterms = tuple(self._read(child, (*path, child[3]), below, part) for child in below.get(row[0], ()))
        return Term(path, row[4], row[5], row[6], " ".join(filter(None, row[9:11])), references, subterms)

    def _references(self, words: str, part: Part, *, also: bool) -> Iterator[Reference]:
        for one in filter(None, (w.strip() for w in words.split(";"))):
            plain = re.sub(r"\s*,\s*", ", ", one)
            terms = tuple(Term(part.path(end), *end[4:7]) for end in islice(part.way(plain), _ENDS))
            yield Reference(plain, also, terms or tuple(self._neoplasm(plain)))

    def _neoplasm(self, words: str) -> Iterator[Term]:
        """Yield the cell of the neoplasm table that a reference such as "Neoplasm, skin, benign" names."""
        main, *steps = (step.strip() for step in words.split(","))
        column = _BEHAVIORS.get(steps[-1].lower()) if len(steps) > 1 else None
        if main.lower() != "neoplasm" or column is None:
            return
        site = ", ".join(step for step in steps[:-1] if step.lower() != "malignant")
        for line in islice(self.neoplasms(site), 1):
            yield Term((*line.path, steps[-1]), code=getattr(line, column))
