"""The shelf: all releases, embedded and installed. A day takes one of each book from it.

A release that the user installed serves on its own days; on all others, and where none is installed, the embedded
default does. Nothing is opened before it is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.books import embedded, installed
from chartcode.books.categories import Categories
from chartcode.books.coverage import Coverage
from chartcode.books.cpt import starter_on
from chartcode.books.day import Books
from chartcode.books.drgweights import Weights
from chartcode.books.home import home_folder
from chartcode.books.icd10cm import Edition, Tabular
from chartcode.books.icd10pcs import Pages
from chartcode.books.index import AlphabeticIndex
from chartcode.books.ncci import NCCI
from chartcode.books.opps import OPPS
from chartcode.books.order import Order
from chartcode.books.pfs import PFS
from chartcode.books.poa import POA
from chartcode.books.release import Database, Progress, Release, described, provenance
from chartcode.books.validity import CM, PCS, Validity

if TYPE_CHECKING:
    from chartcode.books.lexicon import Lexicon
    from chartcode.books.model import Model
    from chartcode.books.operations import Operations
    from chartcode.books.procedure_phrases import ProcedurePhrases
    from chartcode.books.search.pages import Pages as SearchPages


_SERVICES = ("hcpcs", "cpt", "chargemaster")


def _begun(release: Release) -> tuple[date, str]:
    return release.first, release.version


def _silent(_what: str, _done: int, _total: int) -> None:
    """Report no progress."""


def _wants_index_phrases() -> bool:
    """Tell whether the phrases of an installed Alphabetic Index are to be looked for in notes too.

    Off unless ``CHARTCODE_INDEX_PHRASES=on``: the shipped model was fitted without them, and codes no better with them.
    """
    return os.environ.get("CHARTCODE_INDEX_PHRASES", "").strip().lower() in {"on", "1", "yes", "true"}


class Shelf:
    """All releases under one folder; open it with ``Shelf.open()``."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        """Take the folder of releases; compile the embedded defaults that it lacks."""
        self.folder = folder
        self._progress = progress
        words, spells = embedded.tabular(folder, progress), embedded.validity(folder, progress)
        self.tabular = described(words, provenance(words))
        self.validity = described(spells, provenance(spells))
        pages = Database(spells, lambda: self._renew(embedded.validity))
        self._pages = pages
        self.installed = lru_cache(maxsize=None)(self._installed)
        self.opened = lru_cache(maxsize=None)(installed.opened)
        self.order = lru_cache(maxsize=None)(self._order)
        self.poa = lru_cache(maxsize=None)(lambda release: POA(release, self.opened(release)))
        self._editions = lru_cache(maxsize=None)(self._edition)
        self._embedded_tabular = Tabular(self.tabular, Database(words, lambda: self._renew(embedded.tabular)))
        self.icd10pcs = Validity(self.validity, pages, PCS)
        self._pcs = lru_cache(maxsize=None)(lambda release: Pages(release, self.opened(release), self._embedded_pcs))
        self.operations = lru_cache(maxsize=None)(self._read_operations)
        self.opps = lru_cache(maxsize=None)(lambda release: OPPS(release.version, self.opened(release)))
        self.drg_weights = lru_cache(maxsize=None)(lambda release: Weights(release.version, self.opened(release)))
        self.ncci = lru_cache(maxsize=None)(self._ncci)
        self.index = lru_cache(maxsize=None)(self._index)
        self._categories = lru_cache(maxsize=None)(self._made_categories)
        self.pfs = lru_cache(maxsize=None)(lambda release: PFS(release.version, self.opened(release)))
        self.coverage = lru_cache(maxsize=None)(self._coverage)
        index = self.installed("icd10cm-index")[-1:] if _wants_index_phrases() else ()
        self._lexicon_path = embedded.lexicon(folder, words, progress, index[0].path if index else None)
        self._books = lru_cache(maxsize=5_000)(self._take)

    @cached_property
    def icd10cm(self) -> Edition:
        """ICD-10-CM by the embedded tabular list, with all that is installed of its validity."""
        newest = self.installed("conversion")[-1:]
        orders = [self.order(release) for release in self.installed("icd10cm")]
        validity = Validity(self.validity, self._pages, CM, orders, self.opened(newest[0]) if newest else None)
        return Edition(self._embedded_tabular, validity)

    @classmethod
    def open(cls, home: Path | None = None, progress: Progress | None = None) -> Shelf:
        """Open the shelf under ``home`` (else ``$CHARTCODE_HOME``, else the platform's data folder).

        The first time, the embedded defaults are compiled; ``progress`` is told (what, steps done, steps in all).

        Raises:
            LookupError: a package that carries the embedded defaults is not installed.
            OSError: the folder cannot be written.
        """
        return cls((home or home_folder()) / "books", progress or _silent)

    def releases(self) -> tuple[Release, ...]:
        """Return all releases: the embedded defaults, then what is installed by system and first day."""
        found = (release for system in installed.systems(self.folder) for release in self.installed(system))
        return *self.embedded(), *found

    def embedded(self) -> tuple[Release, ...]:
        """Return the embedded defaults, compiled from what came with the package; some only once they were asked."""
        known = {self.tabular.path, self.validity.path}
        others = installed.beside(self.folder, known)
        return self.tabular, self.validity, *others

    def release(self, system: str, day: date) -> Release | None:
        """Return the installed release of a system that speaks for a day, the one that began last, or None."""
        return installed.in_force(self.installed(system), day)

    def speaking(self, system: str, day: date) -> tuple[Release, ...]:
        """Return all installed releases of a system that speak for a day, the one that began last first."""
        found = [r for r in self.installed(system) if r.first <= day and (r.last is None or day <= r.last)]
        return tuple(sorted(found, key=lambda release: (release.first, release.version), reverse=True))

    def _ncci(self, releases: tuple[Release | None, Release | None, Release | None]) -> NCCI:
        pairs, units, addons = (self.opened(release) if release else None for release in releases)
        return NCCI.of(pairs, units, addons)

    def _index(self, release: Release | None, tabular: Release) -> AlphabeticIndex:
        def derive() -> Database:
            path = embedded.index(self.folder, tabular.path, self._progress)
            return installed.opened(described(path, provenance(path)))

        found = (release, self.opened(release), provenance(release.path).get("parts", "")) if release else None
        return AlphabeticIndex(found, derive)

    def _coverage(self, releases: tuple[Release, ...]) -> Coverage:
        return Coverage([(release.version, self.opened(release)) for release in releases])

    def categories(self, system: str, day: date) -> Categories | None:
        """Return AHRQ's categories of a system ("elixhauser", "ccsr"): installed ones, else those of a package."""
        release = self.release(system, day)
        return self._categories(system, release)

    def _made_categories(self, system: str, release: Release | None) -> Categories | None:
        from chartcode.books import embedded_categories  # noqa: PLC0415 - only where groups are asked for

        if release is None:
            path = getattr(embedded_categories, system)(self.folder, self._progress)
            release = described(path, provenance(path)) if path else None
        return Categories(release.version, release.source, self.opened(release)) if release else None

    def edition(self, day: date) -> Edition:
        """Return what answers for ICD-10-CM on a day: installed books where there are any, else the embedded ones."""
        # The embedded list has days of its own too, on which an older installed one does not speak for it.
        words = installed.in_force((self.tabular, *self.installed("icd10cm-tabular")), day)
        return self._editions(None if words is self.tabular else words, self.release("icd10cm", day))

    def pcs_pages(self, day: date) -> Pages | None:
        """Return what titles ICD-10-PCS on a day: the installed release, else the embedded default, if there is one."""
        release = self.release("icd10pcs", day)
        return self._pcs(release) if release else self._embedded_pcs

    @cached_property
    def _embedded_pcs(self) -> Pages | None:
        def place(*, afresh: bool = False) -> Path | None:
            return embedded.icd10pcs(self.folder, self.icd10pcs.ever, self._progress, afresh=afresh)

        path = place()
        if path is None:
            return None

        def renew() -> None:
            place(afresh=True)

        return Pages(described(path, provenance(path)), Database(path, renew))

    def at(self, day: date) -> Books:
        """Return one of each book for a day.

        Raises:
            LookupError: no ICD-10-CM release on the shelf is in force on that day.
        """
        last = self.validity.last
        if (day < self.validity.first or (last and day > last)) and not self.release("icd10cm", day):
            covered = f"{self.validity.first.isoformat()} to {last}"
            raise LookupError(
                f"no ICD-10-CM release on the shelf is in force on {day.isoformat()}: it covers {covered};"
                " see 'chartcode books list'"
            )
        return self._books(day)

    def _installed(self, system: str) -> tuple[Release, ...]:
        """Return the installed releases of a system, the earliest first."""
        return installed.releases(self.folder, system)

    def _order(self, release: Release) -> Order:
        return Order(release, self.opened(release))

    def _edition(self, tabular: Release | None, order: Release | None) -> Edition:
        embedded_edition = self.icd10cm
        if tabular is None and order is None:
            return embedded_edition
        words = Tabular(tabular, self.opened(tabular)) if tabular else self._embedded_tabular
        return Edition(words, embedded_edition.validity, self.order(order) if order else None)

    def _take(self, day: date) -> Books:
        return Books(day, self)

    def _renew(self, book: Callable[..., Path]) -> None:
        book(self.folder, self._progress, afresh=True)

    def searched(self) -> SearchPages:
        """Return what is searched, compiled anew if the releases on the shelf are others than before."""
        return self._searched

    @cached_property
    def _searched(self) -> SearchPages:
        from chartcode.books.search.pages import Pages as SearchPages  # noqa: PLC0415 - as in ``Books.search``

        releases = {s: tuple(r.path for r in self.installed(s)[-1:]) for s in ("icd10cm-index", *_SERVICES)}
        releases["icd10cm-tabular"] = (max((self.tabular, *self.installed("icd10cm-tabular")), key=_begun).path,)
        releases["icd10cm"] = tuple(release.path for release in self.installed("icd10cm"))
        procedures = self.installed("icd10pcs")[-1:]
        pages = None if procedures else self._embedded_pcs
        releases["icd10pcs"] = tuple(r.path for r in procedures) or ((pages.release.path,) if pages else ())
        return SearchPages(embedded.search(self.folder, releases, self._progress, cpt_starter=starter_on()))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The compiled lexicon."""
        from chartcode.books.lexicon import Lexicon  # noqa: PLC0415 - numpy only when words are looked up

        return Lexicon.load(self._lexicon_path)

    @cached_property
    def model(self) -> Model:
        """The fitted model of the package."""
        from chartcode.books.model import Model, shipped_arrays  # noqa: PLC0415 - as above

        return Model(shipped_arrays(), self.lexicon.abbreviations)

    def _read_operations(self, pages: Pages | None) -> Operations:
        from chartcode.books.operations import Operations  # noqa: PLC0415 - read only where procedures are asked

        return Operations(self.lexicon, pages)

    @cached_property
    def procedure_phrases(self) -> ProcedurePhrases:
        """The phrases learned for procedures in research mode."""
        from chartcode.books.procedure_phrases import shipped  # noqa: PLC0415 - as above

        return shipped(self.lexicon.abbreviations)
