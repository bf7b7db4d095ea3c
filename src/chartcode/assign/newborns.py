"""Whether a chart is a newborn's, and what it tells of its birth (Guidelines I.C.16, I.C.21.c.12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chartcode.assign.circumstances import surroundings
from chartcode.assign.gestation import weeks_said
from chartcode.model.chart import Chart, Document, Span

OLDEST = 28
"""Days: the perinatal period ends with the 28th day after birth (Guidelines I.C.16)."""
_NEWBORN = re.compile(
    r"\b(?:newborn|neonat\w+|nicu|day[- ]of[- ]life|days? old|hours? old|\d+[- ]day[- ]old|\d+[- ]hours?[- ]old|birth ?weight|apgars?|nursery|baby (?:boy|girl)|premature infant|preterm infant)\b"
)
_YOUNG = re.compile(
    r"\b(?:this|the patient|patient|he|she|infant|baby)\b[^.\n]{0,40}\b(?:is|was) an? (?:[\w-]+ ){0,5}?(?:newborn|neonate|preterm infant|premature infant|baby (?:boy|girl))\b|^\W*(?:newborn|baby (?:boy|girl)|nicu|neonatal)",
)
_ELSEWHERE = re.compile(
    r"\b(?:transferred (?:here |in )?from|born at (?:an?other|outside|an outside)|outside hospital|another hospital|outborn|admitted from home|readmi\w+|from home|presented to|brought (?:in|to)|emergency department)\b"
)
_HOME = re.compile(
    r"\b(?:home (?:birth|delivery)|born at home|delivered at home|born (?:in|en) (?:route|the (?:car|ambulance)))\b"
)
_BIRTH = re.compile(r"\b(?:born|delivered|delivery|nsvd|svd|cesarean|c[- ]section|c/s|birth ?weight|apgars?)\b")
_CESAREAN = re.compile(r"cesarean|c[- ]section|\bc/s\b|\bltcs\b|\blscs\b")
_VAGINAL = re.compile(r"vaginal(?:ly)?\b|\bnsvd\b|\bsvd\b|\bnsvb\b|forceps|vacuum|\bvbac\b|spontaneous delivery")
_BEFORE = re.compile(r"\b(?:previous|prior|history of|hx of|repeat|h/o)\s+(?:\w+\s+)?$")
_PAST = re.compile(r"\b(?:previous|prior|history of|h/o)\s+(?:\w+\s+)?$")
_MANY = ((r"twins?", 2), (r"triplets?", 3), (r"quadruplets?", 4), (r"quintuplets?", 5))
_WEIGHT = re.compile(
    r"""\b(?:birth\s?-?\s?weight|bw|weigh(?:ing|ed|s)|weight\sat\sbirth)\b[^\d\n.]{0,25}
    (?:(?P<g>\d{1,2},?\d{3}|\d{3})\s?-?\s?(?:g|gm|gms|gram|grams)\b|(?P<kg>\d\.\d{1,3})\s?(?:kg|kilograms?|kilos?)\b
      |(?P<lb>\d{1,2})\s?(?:lbs?|pounds?|\#)\.?,?\s?(?:and\s)?(?:(?P<oz>\d{1,2}(?:\.\d)?)\s?(?:oz|ounces?))?)""",
    re.VERBOSE,
)
_WEIGHED = re.compile(
    r"\b(?P<g>\d,?\d{3}|\d{3})\s?-?\s?(?:g|gm|gms|gram|grams)\b,?[\s-]+(?:\w+\s){0,2}?(?:baby|infant|male|female|newborn|premature|preterm|boy|girl)\b"
)
_POUND, _OUNCE = 453.59237, 28.349523125


@dataclass(frozen=True, slots=True)
class Birth:
    """What a newborn's chart tells of its birth.

    ``here`` is whether this is the record of the birth, ``home`` whether it was born before it came to the hospital;
    ``route`` is ``vaginal``, ``cesarean`` or None; ``siblings`` how many were born at once; ``weeks`` completed weeks of
    gestation, ``grams`` the weight at birth; ``at``, ``weeks_at`` and ``grams_at`` the words.
    """

    here: bool
    home: bool
    route: str | None
    siblings: int
    at: Span | None
    weeks: int | None = None
    weeks_at: Span | None = None
    grams: int | None = None
    grams_at: Span | None = None


@lru_cache(maxsize=8)
def is_newborn(chart: Chart) -> bool:
    """Tell whether a chart's patient is within the first 28 days, by the age or, where none is told, by the words."""
    patient = chart.patient
    if patient.age_days is not None:
        return patient.age_days <= OLDEST
    if patient.age is not None:
        return patient.age == 0 and any(_NEWBORN.search(surroundings(d).context.small) for d in chart.documents)
    return any(_YOUNG.search(surroundings(d).context.small) for d in chart.documents)


@lru_cache(maxsize=8)
def birth(chart: Chart) -> Birth | None:
    """Return what a newborn's chart tells of its birth, or None where the patient is no newborn."""
    if not is_newborn(chart):
        return None
    told = [(d, surroundings(d).context.small) for d in chart.documents]
    words = "\n".join(small for _, small in told)
    born = next(((d, m) for d, small in told if (m := _BIRTH.search(small))), None)
    home = _HOME.search(words) is not None
    here = chart.encounter.setting == "inpatient" and born is not None and (home or not _ELSEWHERE.search(words))
    route = _route(words)
    weeks = next(((d, w) for d, small in told for w in weeks_said(small) if w.weeks >= 20), None)
    weight = next(((d, m) for d, small in told if (m := _WEIGHT.search(small) or _WEIGHED.search(small))), None)
    return Birth(
        here,
        home,
        route,
        next((n for word, n in _MANY if re.search(rf"\b{word}\b", words)), 1),
        None if born is None else _span(*born),
        None if weeks is None else weeks[1].weeks,
        None if weeks is None else weeks[0].span(weeks[1].start, weeks[1].end),
        None if weight is None else _grams(weight[1]),
        None if weight is None else _span(*weight),
    )


def _span(document: Document, match: re.Match[str]) -> Span:
    return document.span(match.start(), match.end())


def _route(words: str) -> str | None:
    """Return the way of birth that is told first and is not the mother's past; a repeat cesarean is this one."""
    found = [
        (m.start(), "cesarean")
        for m in _CESAREAN.finditer(words)
        if not _PAST.search(words[max(0, m.start() - 30) : m.start()])
    ]
    found += [
        (m.start(), "vaginal")
        for m in _VAGINAL.finditer(words)
        if not _BEFORE.search(words[max(0, m.start() - 30) : m.start()])
    ]
    return min(found)[1] if found else None


def _grams(match: re.Match[str]) -> int:
    said = match.groupdict()
    if said["g"]:
        return int(said["g"].replace(",", ""))
    if said["kg"]:
        return round(float(match["kg"]) * 1000)
    return round(int(match["lb"]) * _POUND + float(match["oz"] or 0) * _OUNCE)
