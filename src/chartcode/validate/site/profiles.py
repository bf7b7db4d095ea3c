"""A profile: which rules run, by id, payer, facility, setting and day; and a site's own rules beside the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from chartcode.books import Books
from chartcode.model.case import Case, Finding
from chartcode.model.chart import SETTINGS
from chartcode.validate.catalogue import catalogue, validate
from chartcode.validate.rule import Rule
from chartcode.validate.site.places import Place, Unsound, matches, tree
from chartcode.validate.site.rules import site_rules

KEYS = ("name", "rules", "select", "ignore", "when")
WHEN = ("select", "ignore", "payer", "facility", "setting", "since", "until", "why")


@dataclass(frozen=True)
class Clause:
    """Rules that are selected or ignored for some cases."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    payer: tuple[str, ...] = ()
    facility: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def applies(self, case: Case, day: date) -> bool:
        """Tell whether a clause speaks of a case that is checked by the books of a day."""
        encounter = case.chart.encounter
        return (
            _fits(self.payer, encounter.payer)
            and _fits(self.facility, encounter.facility)
            and (not self.setting or encounter.setting in self.setting)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True)
class Profile:
    """The rules of a site; ``Profile()`` is the whole catalogue.

    ``select`` are the ids that run unless a clause says otherwise; later clauses outrank earlier ones.
    """

    name: str = ""
    own: tuple[Rule, ...] = ()
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    clauses: tuple[Clause, ...] = field(default=(), repr=False)

    def rules(self, case: Case, day: date) -> tuple[Rule, ...]:
        """Return the rules for a case, in the order of the catalogue, the site's own at the end."""
        every = (*catalogue(), *self.own)
        chosen = {rule.id for rule in every if self.select is None or rule.id in self.select} - self.ignore
        for clause in self.clauses:
            if clause.applies(case, day):
                chosen = (chosen | clause.select) - clause.ignore
        return tuple(rule for rule in every if rule.id in chosen)

    def validate(self, case: Case, books: Books) -> Iterator[Finding]:
        """Yield the findings of a case by the rules of this profile: a step like ``chartcode.validate.validate``."""
        return validate(case, books, self.rules(case, books.day))


def profile(text: str, name: str, fetch: Callable[[str], str]) -> Profile:
    """Return the profile of a TOML text.

    Args:
        text: the profile; see ``docs/how-to/site-rules.md``.
        name: what the file is called, for messages.
        fetch: gives the text of a file of rules that the profile names.

    Raises:
        Unsound: one sentence with the place of what is amiss.
    """
    root = Place(name, tree(text, name), KEYS)
    own: dict[str, Rule] = {}
    for file in root.texts("rules"):
        for rule in site_rules(fetch(file), file):
            if rule.id in own:
                raise Unsound(f"{file}: {rule.id!r} is there twice; give each rule an id of its own")
            own[rule.id] = rule
    known = [rule.id for rule in (*catalogue(), *own.values())]
    selected = _ids(root, "select", known) if "select" in root else None
    clauses = tuple(_clause(Place(at, value, WHEN), known) for at, value in root.tables("when"))
    return Profile(root.text("name", ""), tuple(own.values()), selected, _ids(root, "ignore", known), clauses)


def _clause(place: Place, known: Iterable[str]) -> Clause:
    if "select" not in place and "ignore" not in place:
        raise Unsound(f"{place.at}: give select or ignore, with ids of rules")
    place.text("why", "")
    return Clause(
        _ids(place, "select", known),
        _ids(place, "ignore", known),
        place.patterns("payer"),
        place.patterns("facility"),
        place.texts("setting", SETTINGS),
        place.day("since"),
        place.day("until"),
    )


def _ids(place: Place, key: str, known: Iterable[str]) -> frozenset[str]:
    """Return the ids that a list of patterns names; each has to name one."""
    found: set[str] = set()
    for pattern in place.patterns(key):
        named = {rule for rule in known if matches(pattern, rule)}
        if not named:
            raise Unsound(f"{place.at}, {key}: no rule is named {pattern!r}; 'chartcode rules list' shows them all")
        found |= named
    return frozenset(found)


def _fits(patterns: tuple[str, ...], value: str | None) -> bool:
    return not patterns or any(matches(pattern, value or "") for pattern in patterns)
