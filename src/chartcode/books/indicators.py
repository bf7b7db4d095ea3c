"""What one may ask of the quality indicators of a day: of which family each is, who is at risk, what counts.

They are made after measures of AHRQ and of others, by our own lists in ``parameters/indicators_FAMILY.toml``; each says
after which, and what the original does otherwise. They are nobody's official measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from chartcode.books.parameters import Parameters

CODES = ("principal", "diagnosis", "secondary", "arose", "present", "operation", "service")
"""Where a condition looks for codes: the principal diagnosis, any, a secondary one, one that arose in hospital, one
that was present on admission; operations of ICD-10-PCS; services of CPT and HCPCS, the visit among them."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes by their beginnings; a question mark stands for any one sign."""

    beginnings: tuple[str, ...]
    _pattern: re.Pattern[str] = field(compare=False, repr=False)

    @classmethod
    def of(cls, beginnings: Iterable[str]) -> Codes:
        """Return the codes that begin so."""
        listed = tuple(beginnings)
        return cls(listed, re.compile("|".join(re.escape(b).replace(r"\?", ".") for b in listed)))

    def __contains__(self, code: str) -> bool:
        """Tell whether a code, as its book prints it, is one of them."""
        return self._pattern.match(code) is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a case must have: one code of each list of ``codes`` (by the places of ``CODES``), and the rest.

    ``days`` is the least length of a stay, ``stays`` names medical or surgical ones, ``status`` discharge statuses.
    """

    codes: Mapping[str, Codes] = field(default_factory=dict)
    ages: tuple[int, int] | None = None
    sex: str = ""
    days: int = 0
    stays: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Condition:
        """Return the condition that a table of the parameters says."""
        told: dict[str, Any] = {key: value for key, value in said.items() if key not in CODES}
        told |= {key: tuple(value) for key, value in told.items() if isinstance(value, list)}
        return cls({key: Codes.of(said[key]) for key in CODES if key in said}, **told)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as it is on a day: ``like`` names the measure after which it is made, ``unlike`` the difference.

    A case is at risk if all of ``risk`` holds and nothing of ``never``; it counts if all of one of ``events`` holds.
    """

    family: str
    name: str
    title: str
    numerator: str
    denominator: str
    like: str
    unlike: str
    source: str
    risk: Condition
    never: Condition
    events: tuple[Condition, ...]

    @property
    def id(self) -> str:
        """Its place: family/name."""
        return f"{self.family}/{self.name}"


def families(day: date) -> dict[str, str]:
    """Return the families' names with their titles, in order."""
    return {row["name"]: row["title"] for row in Parameters(day).get("indicators.families", ())}


@lru_cache(maxsize=1000)
def indicators(day: date) -> tuple[Indicator, ...]:
    """Return the indicators in force on a day, by family."""
    parameters = Parameters(day)
    return tuple(
        _indicator(family, name, value, Parameters.source(f"indicators_{family}.{name}"))
        for family in families(day)
        for name in Parameters.names(f"indicators_{family}")
        if (value := parameters.get(f"indicators_{family}.{name}"))
    )


def surgical(drg: str, day: date) -> bool:
    """Tell whether an MS-DRG is a surgical one."""
    ranges = Parameters(day)["indicators.surgical"]
    return drg.isdigit() and any(first <= int(drg) <= last for first, last in ranges)


def _indicator(family: str, name: str, said: Mapping[str, Any], source: str) -> Indicator:
    words = {key: str(said.get(key, "")) for key in ("title", "numerator", "denominator", "like", "unlike")}
    risk, never = Condition.of(said["risk"]), Condition.of(said.get("never", {}))
    return Indicator(
        family, name, source=source, risk=risk, never=never, events=tuple(map(Condition.of, said["events"])), **words
    )
