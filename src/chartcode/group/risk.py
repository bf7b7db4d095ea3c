"""The arithmetic of the CMS-HCC models: categories, hierarchies, interactions, and the raw score.

The raw score is the sum of the factors of one segment of the population: age and sex, the categories that stay, their
interactions, and how many there are. Normalisation, coding adjustment and frailty are the payer's and are not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from chartcode.books.hcc import HCC, RX, V28

AGED = 65
"""Years from which a beneficiary is aged; the younger are entitled by disability."""

COMMUNITY = ("CNA", "CND", "CFA", "CFD", "CPA", "CPD")
"""Segments of the community: no, full or partial Medicaid; aged or disabled."""
INSTITUTIONAL = "INS"
NEW_ENROLLEES = ("NE", "SNPNE")

ASSIST_DEVICE, HEART_FAILURE = "223", frozenset({"221", "222", "224", "225", "226"})

_CELLS = (34, 44, 54, 59, 64, 69, 74, 79, 84, 89, 94)
_SINGLE = (65, 66, 67, 68, 69)
"""Ages that have a cell of their own for new enrollees."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a score is for. Without a ``segment``, it is the community without Medicaid, by age."""

    age: int | None
    sex: str | None
    segment: str | None = None
    originally_disabled: bool = False
    medicaid: bool = False

    @property
    def disabled(self) -> bool:
        """Whether the patient is entitled by disability today."""
        return self.age is not None and self.age < AGED

    def placed(self) -> str | None:
        """Return the segment, or None where neither it nor the age is known."""
        if self.segment:
            return self.segment
        return None if self.age is None else "CND" if self.disabled else "CNA"


@dataclass(frozen=True, slots=True)
class Factor:
    """One summand of a score: the variable of the model, what it is worth, and the codes behind it."""

    variable: str
    worth: float
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """The categories of a patient, each with its codes; those put out, each with the one that stays; and the score.

    ``factors`` are the summands, and ``score`` their sum; None where the age, the sex or the factors are not known.
    """

    categories: Mapping[str, tuple[str, ...]]
    out: Mapping[str, str]
    put_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    score: float | None = None


def risk(model: HCC, codes: Iterable[str], person: Person) -> Risk:
    """Return the categories and the raw score of diagnoses (as printed) under a model that has tables."""
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys(codes):
        for category in model.categories(code, person.age, person.sex):
            found.setdefault(category, []).append(code)
    if ASSIST_DEVICE in found and model.version == V28 and not HEART_FAILURE & found.keys():
        del found[ASSIST_DEVICE]  # a heart assist device counts only beside a heart failure category
    out = {lower: upper for upper in found for lower in model.below(upper) if lower in found}
    stay = {category: tuple(found[category]) for category in sorted(found.keys() - out.keys(), key=int)}
    factors = tuple(_factors(model, stay, person))
    score = sum(f.worth for f in factors) if _scored(model, person) else None
    return Risk(stay, out, {lower: tuple(found[lower]) for lower in out}, factors, score)


def _scored(model: HCC, person: Person) -> bool:
    return person.age is not None and person.sex in ("F", "M") and model.version != RX


def _factors(model: HCC, stay: Mapping[str, tuple[str, ...]], person: Person) -> Iterator[Factor]:
    segment = person.placed()
    if segment is None or not _scored(model, person):
        return
    worth: list[tuple[str, float | None, tuple[str, ...]]] = []
    worth += [(name, model.worth(segment, name), ()) for name in _of_person(person, segment)]
    worth += [(f"HCC{c}", model.worth(segment, f"HCC{c}"), codes) for c, codes in stay.items()]
    worth += [(name, model.worth(segment, name), codes) for name, codes in _together(model, stay, person)]
    count = f"D{len(stay)}" if len(stay) < 10 else "D10P"
    worth.append((count, model.worth(segment, count), ()))
    yield from (Factor(name, factor, codes) for name, factor, codes in worth if factor is not None)


def _together(model: HCC, stay: Mapping[str, tuple[str, ...]], person: Person) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the interactions whose categories are all there, with the codes behind them."""
    for interaction in model.interactions:
        parts = [sorted(one & stay.keys(), key=int) for one in interaction.of]
        if all(parts) and (person.disabled or not interaction.disabled):
            yield interaction.name, tuple(dict.fromkeys(code for part in parts for c in part for code in stay[c]))


def _of_person(person: Person, segment: str) -> Iterator[str]:
    """Yield the names of what a person is by age, sex and entitlement."""
    age, sex = person.age or 0, person.sex or ""
    aged_by_disability = person.originally_disabled and not person.disabled
    if segment in NEW_ENROLLEES:
        paid = "MCAID" if person.medicaid else "NMCAID"
        yield f"{paid}_{'ORIGDIS' if aged_by_disability else 'NORIGDIS'}_NE{sex}{_cell(age, single=True)}"
        return
    yield f"{sex}{_cell(age)}"
    if aged_by_disability:
        yield f"OriginallyDisabled_{'Female' if sex == 'F' else 'Male'}"
    if segment == INSTITUTIONAL:
        yield from ("LTIMCAID",) if person.medicaid else ()
        yield from ("ORIGDS",) if aged_by_disability else ()


def _cell(age: int, *, single: bool = False) -> str:
    """Return the ages of a cell as CMS writes them: 0_34, 35_44, ..., 95_GT."""
    if single and age in _SINGLE:
        return str(age)
    low = 0
    for high in _CELLS:
        if age <= high:
            return f"{low}_{high}"
        low = high + 1
    return f"{low}_GT"
