"""The shelf: all releases, embedded and installed. A day takes one of each book from it.

A release that the user installed serves on its own days; on all others, and where none is installed, the embedded
default does. Nothing is opened before it is asked.

The basis of the day differs by book: ICD-10-CM, MS-DRG and the code editor go by the discharge day for inpatients, else
by the day of service; HCC by the payment year. ``Encounter.on`` is that day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.books import embedded, installed, starter
from chartcode.books.categories import Categories
from chartcode.books.coverage import Coverage
from chartcode.books.cpt import CPT, started, starter_on
from chartcode.books.cpt import SYSTEMS as CPT_SYSTEMS
from chartcode.books.drgweights import Weights
from chartcode.books.hcc import HCC
from chartcode.books.hcpcs import HCPCS
from chartcode.books.icd10cm import ICD10CM, Edition, Tabular
from chartcode.books.icd10pcs import ICD10PCS, Pages
from chartcode.books.index import AlphabeticIndex
from chartcode.books.msdrg import MSDRG
from chartcode.books.ncci import NCCI
from chartcode.books.opps import OPPS
from chartcode.books.order import Order
from chartcode.books.parameters import Parameters
from chartcode.books.pfs import PFS
from chartcode.books.poa import POA
from chartcode.books.release import Database, Progress, Release, described, provenance
from chartcode.books.validity import CM, PCS, Validity
from chartcode.books.visits import Visits

if TYPE_CHECKING:
    from chartcode.books.lexicon import Lexicon
    from chartcode.books.model import Model
    from chartcode.books.operations import Operations
    from chartcode.books.procedure_phrases import ProcedurePhrases
    from chartcode.books.search import Search
    from chartcode.books.search.pages import Pages as SearchPages


def home_folder() -> Path:
    """Return where releases are kept: ``$CHARTCODE_HOME``, else the platform's folder for a user's data."""
    named = os.environ.get("CHARTCODE_HOME")
    if named:
        return Path(named).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "chartcode"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "chartcode"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chartcode"


_CHECKED_BY = ("ncci-ptp", "mue", "addon", "pfs", "opps", "coverage", "drg-weights")
"""Installed books whose release a checked case names; what is not named there was not checked."""


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


class Books:
    """One of each book for one day; each is opened when it is first asked."""

    def __init__(self, day: date, shelf: Shelf) -> None:
        """Take the day and the shelf."""
        self.day = day
        self._shelf = shelf
        self.parameters = Parameters(day)

    @cached_property
    def icd10cm(self) -> ICD10CM:
        """ICD-10-CM on the day."""
        return ICD10CM(self.day, self._shelf.edition(self.day))

    @cached_property
    def icd10pcs(self) -> ICD10PCS:
        """ICD-10-PCS on the day."""
        return ICD10PCS(self.day, self._shelf.icd10pcs, lambda: self._shelf.pcs_pages(self.day))

    @cached_property
    def index(self) -> AlphabeticIndex:
        """The Alphabetic Index of the day; what is not installed of it is derived from the tabular list."""
        return self._shelf.index(self._shelf.release("icd10cm-index", self.day), self.icd10cm.tabular)

    @cached_property
    def msdrg(self) -> MSDRG:
        """The MS-DRG grouper of the day."""
        return MSDRG(self.day)

    @cached_property
    def hcc(self) -> HCC:
        """The CMS-HCC model for services of the day."""
        return HCC(self.day)

    @cached_property
    def visits(self) -> Visits:
        """The numbers and minutes of visits on the day."""
        return Visits(self.parameters)

    @cached_property
    def ncci(self) -> NCCI:
        """NCCI's pairs, units and add-on codes of the day, as far as they are installed."""
        return self._shelf.ncci(tuple(self._shelf.release(system, self.day) for system in NCCI.SYSTEMS))

    @cached_property
    def pfs(self) -> PFS | None:
        """The Medicare Physician Fee Schedule of the day, or None where it is not installed."""
        release = self._shelf.release("pfs", self.day)
        return self._shelf.pfs(release) if release else None

    @cached_property
    def cpt(self) -> CPT:
        """CPT on the day: the licensed release, else a chargemaster, else the starter unless it is turned off."""
        found = (self._shelf.release(system, self.day) for system in CPT_SYSTEMS)
        release = next((r for r in found if r is not None), None)
        return CPT(self.day, release, self._shelf.opened(release) if release else None, started())

    @cached_property
    def hcpcs(self) -> HCPCS:
        """HCPCS Level II on the day: the installed release, else the starter."""
        release = self._shelf.release("hcpcs", self.day)
        return HCPCS(self.day, release, self._shelf.opened(release) if release else None, starter.hcpcs())

    @cached_property
    def coverage(self) -> Coverage | None:
        """Medicare's coverage policies of the day, or None where they are not installed."""
        releases = self._shelf.speaking("coverage", self.day)
        return self._shelf.coverage(releases) if releases else None

    @cached_property
    def opps(self) -> OPPS | None:
        """The status indicators of hospital outpatient payment on the day, or None where they are not installed."""
        release = self._shelf.release("opps", self.day)
        return self._shelf.opps(release) if release else None

    @cached_property
    def drg_weights(self) -> Weights | None:
        """What each MS-DRG is worth on the day, or None where Table 5 of its year is not installed."""
        release = self._shelf.release("drg-weights", self.day)
        return self._shelf.drg_weights(release) if release else None

    @property
    def elixhauser(self) -> Categories | None:
        """The Elixhauser comorbidities, or None where neither a release nor the package is installed."""
        return self._shelf.categories("elixhauser", self.day)

    @property
    def ccsr(self) -> Categories | None:
        """The CCSR of diagnoses, or None where neither a release nor the package is installed."""
        return self._shelf.categories("ccsr", self.day)

    def at(self, day: date | None) -> Books:
        """Return the books of another day, such as that of a service line; of the same day where none is given.

        Raises:
            LookupError: no ICD-10-CM release on the shelf is in force on that day.
        """
        return self if day is None or day == self.day else self._shelf.at(day)

    @cached_property
    def poa(self) -> POA | None:
        """The codes exempt from the present-on-admission indicator, or None where no list is installed for the day."""
        release = self._shelf.release("poa", self.day)
        return self._shelf.poa(release) if release else None

    @property
    def lexicon(self) -> Lexicon:
        """The phrases that lead to codes."""
        return self._shelf.lexicon

    @property
    def model(self) -> Model:
        """The fitted model."""
        return self._shelf.model

    @cached_property
    def operations(self) -> Operations:
        """Our own words for procedures, with what they say of the axes of ICD-10-PCS."""
        return self._shelf.operations(self._shelf.pcs_pages(self.day))

    @property
    def procedure_phrases(self) -> ProcedurePhrases:
        """The phrases that were learned to lead to procedure codes."""
        return self._shelf.procedure_phrases

    @cached_property
    def search(self) -> Search:
        """Search in all books: ``search("heart attack")`` returns the entries that are meant, best first."""
        from chartcode.books.search import Search  # noqa: PLC0415 - numpy only when something is looked for

        return Search(self, self._shelf.searched)

    @cached_property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """The editions that serve this day, by book."""
        services = (("hcpcs", self.hcpcs.version), ("cpt", self.cpt.version))
        return (
            *(("icd10cm", self.icd10cm.version), ("icd10cm tabular", self.icd10cm.tabular.version)),
            *(pair for pair in services if pair[1]),
            *(
                (system, release.version)
                for system in _CHECKED_BY
                if (release := self._shelf.release(system, self.day))
            ),
        )


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
