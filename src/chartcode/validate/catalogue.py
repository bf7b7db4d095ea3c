"""Finds the rules and runs them; nothing registers itself, so importing a rule has no effect on anyone."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib import import_module

from chartcode.books import Books
from chartcode.faults import place
from chartcode.model.case import INFO, SEVERITIES, Case, Diagnosis, Finding
from chartcode.validate import rules as room
from chartcode.validate.needs import NOT_CHECKED
from chartcode.validate.rule import Rule


@lru_cache(maxsize=1)
def catalogue() -> tuple[Rule, ...]:
    """Return all rules, by their ids.

    Raises:
        TypeError: a file among the rules does not hold a rule that is named for it.
    """
    return tuple(sorted(_found(), key=lambda rule: rule.id))


def _found() -> Iterator[Rule]:
    """Walk the folder of rules and yield the rule of each file."""
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if module.ispkg:
            continue
        found = getattr(import_module(module.name), module.name.rpartition(".")[2], None)
        if not isinstance(found, Rule):
            raise TypeError(f"{module.name} holds no rule of that name; decorate a function with @rule(...)")
        yield found


def chosen(select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that are selected (all, if none is named) and not ignored.

    A name is a rule's id (``icd10cm/excludes1``) or an authority (``icd10cm``).

    Raises:
        LookupError: a name fits no rule.
    """
    known = {rule.id for rule in catalogue()} | {rule.id.partition("/")[0] for rule in catalogue()}
    for name in (*select, *ignore):
        if name not in known:
            raise LookupError(f"there is no rule {name!r}; 'chartcode rules list' shows them all")

    def named(rule: Rule, names: Collection[str]) -> bool:
        return rule.id in names or rule.id.partition("/")[0] in names

    return tuple(r for r in catalogue() if (not select or named(r, select)) and not named(r, ignore))


def validate(case: Case, books: Books, rules: Iterable[Rule] | None = None) -> Iterator[Finding]:
    """Yield the faults of a case: gravest first, then in the order of its codes, then by rule.

    A rule that fails is itself reported and does not take the case down. A finding whose rule a person overrode is
    kept, marked as accepted with their reason.
    """
    accepted = {d.about: d.why or "accepted" for d in case.decisions if d.act == "override"}
    order = {diagnosis: at for at, diagnosis in reversed(list(enumerate(case.diagnoses)))}

    def rank(finding: Finding) -> tuple[int, int, str, str]:
        codes = [order[entry] for entry in finding.on if isinstance(entry, Diagnosis) and entry in order]
        return SEVERITIES.index(finding.severity), min(codes, default=len(order)), finding.rule, finding.message

    found: list[Finding] = []
    absent: set[str] = set()
    asked = None if rules is None else tuple(rules)
    for rule in _governing(asked, case.mode, books.day):
        for finding in _safely(rule, case, books):
            if finding.message in absent:
                continue  # that a book is absent is said once, not by every rule that needs it
            if finding.message.startswith(NOT_CHECKED):
                absent.add(finding.message)
            found.append(finding)
    for finding in sorted(found, key=rank):
        yield replace(finding, accepted=accepted[finding.rule]) if finding.rule in accepted else finding


@lru_cache(maxsize=64)
def _governing(rules: tuple[Rule, ...] | None, mode: str, day: date) -> tuple[Rule, ...]:
    """Return those of the rules (all, for None) that speak to a mode and govern a day."""
    return tuple(r for r in (catalogue() if rules is None else rules) if mode in r.modes and r.governs(day))


def _safely(rule: Rule, case: Case, books: Books) -> list[Finding]:
    """Return a rule's findings, or those before it failed and that it did; an error's text may hold patients' words."""
    found: list[Finding] = []
    try:
        found.extend(rule(case, books))
    except Exception as error:  # noqa: BLE001 - one broken rule must not hide what the others find
        failed = f"this rule could not be checked ({place(error)}); please report it"
        found.append(Finding(failed, rule=rule.id, severity=INFO))
    return found


def page() -> str:
    """Return the reference page of all rules, in Markdown, made from their files."""
    rules = catalogue()
    lines = [
        "# Rules",
        "",
        "Made from the rules' own files by `chartcode.validate.catalogue.page`; do not edit.",
        "",
        f"{len(rules)} rules. Severity: **error**, a payer will refuse the claim; **warning**, look again; **query**,",
        "ask the clinician; **info**, good to know. In the examples (the [napkin notation](notation.md)) a `!` stands",
        "on the line that the rule faults. [Which rule carries which section of the official",
        "guidelines](guideline-coverage.md) has a page of its own.",
        "",
        "| rule | severity | fault |",
        "|---|---|---|",
        *(f"| [{rule.id}](#{_anchor(rule)}) | {rule.severity} | {rule.title} |" for rule in rules),
    ]
    for rule in rules:
        lines += ["", *_entry(rule)]
    return "\n".join(lines) + "\n"


def _anchor(rule: Rule) -> str:
    return rule.id.replace("/", "")


def _entry(rule: Rule) -> Iterator[str]:
    """Yield the lines of one rule's part of the page."""
    days = f"from {rule.since}" + (f" to {rule.until}" if rule.until else "")
    yield from (f"## {rule.id}", "", f"**{rule.title}**", "")
    yield from (f"{rule.severity.capitalize()}, {days}. Authority: [{rule.authority}]({rule.url}).", "")
    if rule.needs:
        books = ", ".join(f"`{need.system}`" for need in rule.needs)
        yield from (f"Needs {books} installed; the example is of invented books.", "")
    yield from (rule.essay, "", "```", rule.examples, "```")
