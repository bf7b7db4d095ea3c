"""Conditions of a site's rules: a small fixed language over a case, without loops, so that each ends after one look.

A condition looks at every entry of a case at most once, and a rule has at most ``MOST`` conditions nested at most
``DEEPEST`` deep: whatever is written, it is answered in time that grows with the case alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

from chartcode.model.case import ADMITTING, FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Procedure
from chartcode.model.chart import ASSERTIONS, FACT_KINDS, SETTINGS, Fact
from chartcode.validate.site.places import Place, Unsound, matches

Item: TypeAlias = Diagnosis | Procedure | Fact
Condition: TypeAlias = Callable[[Case, Item | None], bool]
Test: TypeAlias = Callable[[Item], bool]

DEEPEST = 8
MOST = 200

ROLES = (PRINCIPAL, FIRST_LISTED, SECONDARY, ADMITTING)
POA = ("Y", "N", "U", "W", "1", "none")
BOUNDS = ("at_least", "at_most", "above", "below")
DIAGNOSIS = ("code", "role", "poa", "assertion", "section", "author", "words", "system")
PROCEDURE = ("code", "system", "modifier", "units", "words", "without_modifier")
FACT = ("kind", "name", "words", "value", "status", "assertion", "author", "code")
KINDS = ("diagnosis", "procedure", "fact")
CONDITIONS = ("all", "any", "not", "each", *KINDS, "count", "patient", "encounter", "payer", "facility", "provider")


@dataclass(slots=True)
class Budget:
    """How many conditions a rule may still have."""

    left: int = MOST


def condition(at: str, value: object, each: str = "", budget: Budget | None = None, depth: int = 1) -> Condition:
    """Read a condition; several parts of one table must all hold.

    Args:
        at: the place, for messages.
        value: the table.
        each: what the rule goes through (``diagnosis``, ``procedure``, ``fact``), or empty.
        budget: how many conditions the rule may still have.
        depth: how deep this one is nested.

    Raises:
        Unsound: it is not of the language, or there is too much of it.
    """
    budget = budget or Budget()
    place = Place(at, value, CONDITIONS)
    budget.left -= 1
    if budget.left < 0:
        raise Unsound(f"{at}: the rule has more than {MOST} conditions; split it")
    if depth > DEEPEST:
        raise Unsound(f"{at}: conditions are nested more than {DEEPEST} deep; write the rule in fewer steps")
    if not place.items:
        raise Unsound(f"{at}: the condition is empty; give one of {', '.join(CONDITIONS)}")
    return partial(_all, tuple(_part(place, key, each, budget, depth) for key in place.items))


def _part(place: Place, key: str, each: str, budget: Budget, depth: int) -> Condition:
    if key in ("all", "any"):
        parts = tuple(condition(at, value, each, budget, depth + 1) for at, value in place.tables(key))
        if not parts:
            raise place.fault(key, "at least one condition")
        return partial(_all if key == "all" else _any, parts)
    if key == "not":
        return partial(_not, condition(f"{place.at}, not", place.items["not"], each, budget, depth + 1))
    if key == "each":
        if not each:
            raise Unsound(f"{place.at}, each: the rule goes through nothing; give it for_each")
        return partial(_each, test(place, "each", each))
    if key in KINDS:
        return partial(_has, key, test(place, key, key), 1, None)
    if key == "count":
        return _count(place.part("count", (*KINDS, "at_least", "at_most")))
    if key == "patient":
        return _patient(place.part("patient", ("sex", "age", "age_days")))
    if key == "encounter":
        return _encounter(place.part("encounter", ("setting", "disposition", "days", "since", "until")))
    return partial(_named, key, place.patterns(key))


def test(place: Place, key: str, kind: str) -> Test:
    """Read what an entry of one kind has to be: all parts must hold, and of a list one is enough."""
    keys = {"diagnosis": DIAGNOSIS, "procedure": PROCEDURE, "fact": FACT}[kind]
    part = place.part(key, keys)
    if kind == "diagnosis":
        part.texts("role", ROLES)
        part.texts("poa", POA)
    if kind == "fact":
        part.texts("kind", FACT_KINDS)
    part.texts("assertion", ASSERTIONS)
    wanted = {name: part.patterns(name) for name in part.items if name not in ("units", "value")}
    bounds = {name: _bounds(part, name) for name in ("units", "value") if name in part}
    return partial(_fits, tuple(wanted.items()), tuple(bounds.items()))


def items(case: Case, kind: str) -> tuple[Item, ...]:
    """Return the entries of a kind, in the order of the case."""
    if kind == "fact":
        return case.chart.facts
    if kind == "procedure":
        return case.procedures
    return (*case.diagnoses, *((case.admitting,) if case.admitting else ()))


def _fits(wanted: tuple[tuple[str, tuple[str, ...]], ...], bounds: tuple[tuple[str, Bounds], ...], item: Item) -> bool:
    for name, patterns in wanted:
        if name == "without_modifier":
            if any(matches(p, value) for p in patterns for value in _values(item, "modifier")):
                return False
        elif not any(_match(name, p, value) for value in _values(item, name) for p in patterns):
            return False
    return all(bound.hold(_number(item, name)) for name, bound in bounds)


def _match(name: str, pattern: str, value: str) -> bool:
    """Words are looked for anywhere in the text; all else is the whole of the value."""
    return pattern.strip("*").casefold() in value.casefold() if name == "words" else matches(pattern, value)


def _values(item: Item, name: str) -> Iterable[str]:
    """Return what an entry says under a name."""
    if name == "code":
        return (item.code.value,) if item.code else ()
    if name == "system":
        return (item.code.system,) if item.code else ()
    if isinstance(item, Fact):
        return _of_fact(item, name)
    if name == "words":
        return [mention.span.text for mention in item.evidence]
    if name in ("assertion", "section", "author"):
        return [getattr(mention, name) for mention in item.evidence]
    if isinstance(item, Procedure):
        return item.modifiers
    return (item.poa or "none",) if name == "poa" else (item.role,)


def _of_fact(fact: Fact, name: str) -> Iterable[str]:
    if name == "words":
        return (fact.text,)
    if name == "name":
        return (fact.get("name") or fact.text,)
    return (getattr(fact, name),)


def _number(item: Item, name: str) -> float | None:
    if isinstance(item, Procedure):
        return float(item.units) if name == "units" else None
    try:
        return float(item.get("value") or "") if isinstance(item, Fact) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a value has to lie; None on a side that is open."""

    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    below: float | None = None

    def hold(self, value: float | None) -> bool:
        """Tell whether a value is known and lies within."""
        return (
            value is not None
            and (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


def _bounds(place: Place, key: str) -> Bounds:
    part = place.part(key, BOUNDS)
    if not part.items:
        raise place.fault(key, f"one of {', '.join(BOUNDS)}, as in {{ at_least = 65 }}")
    return Bounds(*(part.number(bound) for bound in BOUNDS))


def _count(place: Place) -> Condition:
    kinds = [kind for kind in KINDS if kind in place]
    least, most = place.number("at_least"), place.number("at_most")
    if len(kinds) != 1 or (least is None and most is None):
        raise Unsound(f"{place.at}: give one of {', '.join(KINDS)}, and at_least or at_most")
    return partial(_has, kinds[0], test(place, kinds[0], kinds[0]), least or 0, most)


def _patient(place: Place) -> Condition:
    parts: list[Condition] = []
    if "sex" in place:
        parts.append(partial(_sex, place.texts("sex", ("F", "M", "unknown"))))
    parts += [partial(_age, key, _bounds(place, key)) for key in ("age", "age_days") if key in place]
    if not parts:
        raise Unsound(f"{place.at}: give sex, age or age_days")
    return partial(_all, tuple(parts))


def _encounter(place: Place) -> Condition:
    parts: list[Condition] = []
    if "setting" in place:
        parts.append(partial(_setting, place.texts("setting", SETTINGS)))
    if "disposition" in place:
        parts.append(partial(_named, "disposition", place.patterns("disposition")))
    if "days" in place:
        parts.append(partial(_days, _bounds(place, "days")))
    since, until = place.day("since"), place.day("until")
    if since or until:
        parts.append(partial(_within, since, until))
    if not parts:
        raise Unsound(f"{place.at}: give setting, disposition, days, since or until")
    return partial(_all, tuple(parts))


def _all(parts: tuple[Condition, ...], case: Case, each: Item | None) -> bool:
    return all(part(case, each) for part in parts)


def _any(parts: tuple[Condition, ...], case: Case, each: Item | None) -> bool:
    return any(part(case, each) for part in parts)


def _not(part: Condition, case: Case, each: Item | None) -> bool:
    return not part(case, each)


def _each(fits: Test, _: Case, each: Item | None) -> bool:
    return each is not None and fits(each)


def _has(kind: str, fits: Test, least: float, most: float | None, case: Case, _: Item | None) -> bool:
    found = sum(fits(item) for item in items(case, kind))
    return found >= least and (most is None or found <= most)


def _named(key: str, patterns: tuple[str, ...], case: Case, _: Item | None) -> bool:
    value = getattr(case.chart.encounter, key) or ""
    return any(matches(pattern, value) for pattern in patterns)


def _sex(wanted: tuple[str, ...], case: Case, _: Item | None) -> bool:
    return (case.chart.patient.sex or "unknown") in wanted


def _age(key: str, bounds: Bounds, case: Case, _: Item | None) -> bool:
    value = getattr(case.chart.patient, key)
    return bounds.hold(None if value is None else float(value))


def _setting(wanted: tuple[str, ...], case: Case, _: Item | None) -> bool:
    return case.chart.encounter.setting in wanted


def _within(since: date | None, until: date | None, case: Case, _: Item | None) -> bool:
    day = case.day
    return day is not None and (since is None or since <= day) and (until is None or day <= until)


def _days(bounds: Bounds, case: Case, _: Item | None) -> bool:
    first, last = case.chart.encounter.first, case.chart.encounter.last
    return bounds.hold(float((last - first).days) if first and last else None)
