"""The books of one day: one of each, opened when it is first asked.

The basis of the day differs by book: ICD-10-CM, MS-DRG and the code editor go by the discharge day for inpatients, else
by the day of service; HCC by the payment year. ``Encounter.on`` is that day.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from chartcode.books import starter
from chartcode.books.cpt import CPT, started
from chartcode.books.cpt import SYSTEMS as CPT_SYSTEMS
from chartcode.books.hcc import HCC
from chartcode.books.hcpcs import HCPCS
from chartcode.books.icd10cm import ICD10CM
from chartcode.books.icd10pcs import ICD10PCS
from chartcode.books.msdrg import MSDRG
from chartcode.books.ncci import NCCI
from chartcode.books.parameters import Parameters
from chartcode.books.visits import Visits

if TYPE_CHECKING:
    from datetime import date

    from chartcode.books.categories import Categories
    from chartcode.books.coverage import Coverage
    from chartcode.books.drgweights import Weights
    from chartcode.books.index import AlphabeticIndex
    from chartcode.books.lexicon import Lexicon
    from chartcode.books.model import Model
    from chartcode.books.operations import Operations
    from chartcode.books.opps import OPPS
    from chartcode.books.pfs import PFS
    from chartcode.books.poa import POA
    from chartcode.books.procedure_phrases import ProcedurePhrases
    from chartcode.books.search import Search
    from chartcode.books.shelf import Shelf

_CHECKED_BY = ("ncci-ptp", "mue", "addon", "pfs", "opps", "coverage", "drg-weights")
"""Installed books whose release a checked case names; what is not named there was not checked."""


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
