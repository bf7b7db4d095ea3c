"""Reads a site's rules: each becomes a ``Rule`` like those of the catalogue, with its examples and its days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chartcode.books import Books
from chartcode.model.case import BILLING, SEVERITIES, WARNING, Case, Diagnosis, Finding, Procedure, Remedy
from chartcode.model.notation import NotationError, read
from chartcode.validate.rule import FIRST_DAY, Rule
from chartcode.validate.site.conditions import KINDS, Condition, Test, condition, items, test
from chartcode.validate.site.places import Place, Unsound, tree

ROOM = "site/"
KEYS = (
    *("id", "title", "message", "remedy", "severity", "authority", "url", "since", "until"),
    *("when", "for_each", "explanation", "examples"),
)
MOST_RULES = 1_000
_NAME = re.compile(r"site/[a-z0-9_]{1,60}")


@dataclass(frozen=True)
class Check:
    """What a site's rule looks for: a condition of the case, and what it goes through, if anything."""

    message: str
    say: str
    when: Condition | None
    kind: str = ""
    fits: Test | None = None

    def __call__(self, case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG002 - every rule is handed the books
        """Yield a finding for each entry that fits, or one for the case."""
        remedy = Remedy("ask", say=self.say) if self.say else None
        if self.fits is None:
            if self.when is None or self.when(case, None):
                yield Finding(self.message, (), remedy)
            return
        for item in items(case, self.kind):
            if self.fits(item) and (self.when is None or self.when(case, item)):
                code = item.code.value if item.code else self.kind
                on = (item,) if isinstance(item, Diagnosis | Procedure) else ()
                about = replace(remedy, codes=(item.code,)) if remedy and on and item.code else remedy
                yield Finding(self.message.replace("{code}", code), on, about)


def site_rules(text: str, name: str) -> tuple[Rule, ...]:
    """Return the rules of a TOML text.

    Args:
        text: tables ``[[rule]]``; see ``docs/how-to/site-rules.md``.
        name: what the file is called, for messages.

    Raises:
        Unsound: one sentence with the place of what is amiss.
    """
    root = Place(name, tree(text, name), ("rule",))
    found: dict[str, Rule] = {}
    for at, value in root.tables("rule"):
        rule = _rule(at, value)
        if rule.id in found:
            raise Unsound(f"{at}: {rule.id!r} is there twice; give each rule an id of its own")
        found[rule.id] = rule
    if not found:
        raise Unsound(f"{name}: there is no rule in it; write one under [[rule]]")
    if len(found) > MOST_RULES:
        raise Unsound(f"{name}: there are more than {MOST_RULES} rules; split the file")
    return tuple(found.values())


def _rule(at: str, value: object) -> Rule:
    place = Place(at, value, KEYS)
    name = place.text("id")
    if not _NAME.fullmatch(name):
        raise place.fault("id", "a name like 'site/unspecified_pneumonia': small letters, digits and _ after 'site/'")
    place.at = f"{at} ({name})"
    first, last = place.day("since") or date.fromisoformat(FIRST_DAY), place.day("until")
    if last and last < first:
        raise place.fault("until", "a day that is not before since")
    title = place.text("title")
    authority, url = place.text("authority", "the site's own rule"), place.text("url", "")
    severity = place.choice("severity", SEVERITIES, WARNING)
    manual = "\n".join((title, "", place.text("explanation", title), "", "Examples:", _examples(place)))
    check = _check(place, title)
    return Rule(name, severity, authority, url, first, last, (BILLING,), check, document=manual)


def _check(place: Place, title: str) -> Check:
    kind, fits, when = "", None, None
    if "for_each" in place:
        each = place.part("for_each", KINDS)
        if len(each.items) != 1:
            raise place.fault("for_each", f"one of {', '.join(KINDS)}, as in {{ diagnosis = {{ code = 'J18*' }} }}")
        kind = next(iter(each.items))
        fits = test(each, kind, kind)
    if "when" in place:
        when = condition(f"{place.at}, when", place.items["when"], kind)
    if fits is None and when is None:
        raise Unsound(f"{place.at}: the rule looks for nothing; give it when, for_each, or both")
    return Check(place.text("message", title), place.text("remedy", ""), when, kind, fits)


def _examples(place: Place) -> str:
    """Return the examples, if they are in the napkin notation."""
    examples = place.text("examples", "")
    try:
        for _ in read(examples):
            pass
    except NotationError as error:
        raise Unsound(f"{place.at}, examples: {error}") from None
    return examples
