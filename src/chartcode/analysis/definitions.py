"""What each quality indicator counts, in words: for its page, for its table's file, and for the reference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chartcode.books.indicators import Condition, Indicator, families, indicators

HEADS = ("indicator", "after", "numerator", "denominator", "unlike the original", "source")


def definitions(family: str, day: date) -> list[tuple[str, ...]]:
    """Return a row of ``HEADS`` for each indicator of a family as it is on a day."""
    return [
        (f"{i.title} ({i.id})", i.like or "our own", i.numerator, i.denominator, i.unlike, i.source)
        for i in indicators(day)
        if i.family == family
    ]


def reference(day: date) -> Iterator[str]:
    """Yield the reference page of all indicators, line by line, with their lists of codes."""
    for family, title in families(day).items():
        yield f"## {title}\n"
        for indicator in indicators(day):
            if indicator.family == family:
                yield from _one(indicator)


def _one(indicator: Indicator) -> Iterator[str]:
    yield f"### {indicator.title}\n"
    yield f"`{indicator.id}`, {indicator.source}.\n"
    yield f"- Numerator: {indicator.numerator}."
    yield f"- Denominator: {indicator.denominator}."
    yield f"- Unlike the original: {indicator.unlike}."
    yield f"- At risk: {_told(indicator.risk)}."
    if indicator.never.codes or indicator.never.status:
        yield f"- Left out: {_told(indicator.never)}."
    for event in indicator.events:
        yield f"- Counts: {_told(event)}."
    yield ""


def _told(condition: Condition) -> str:
    parts = [f"{place}: {', '.join(f'`{b}`' for b in codes.beginnings)}" for place, codes in condition.codes.items()]
    if condition.ages:
        parts.append(f"{condition.ages[0]} to {condition.ages[1]} years")
    if condition.days:
        parts.append(f"{condition.days} days or more")
    parts += [condition.sex] if condition.sex else []
    parts += [" or ".join(several) for several in (condition.stays, condition.settings) if several]
    parts += [f"discharge status {', '.join(condition.status)}"] if condition.status else []
    return "; ".join(parts)
