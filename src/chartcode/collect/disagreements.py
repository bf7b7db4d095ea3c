"""What the documents of one chart disagree on, in sentences: a coder asks the clinician, a program must not choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chartcode.model.chart import NEGATED, Document, Fact

_SHOWN = 4
"""The most documents that a remark names for one value."""


def told(what: str, said: Sequence[tuple[str, str]], taken: str) -> list[str]:
    """Return the remark that documents differ, or none where they agree.

    >>> told("the setting", [("a", "inpatient"), ("b", "ed"), ("c", "inpatient")], "inpatient")
    ['the documents differ on the setting: inpatient (a, c), ed (b); taken as inpatient']

    Args:
        what: they speak of.
        said: documents and what they say, in the order of the chart.
        taken: which value is believed; empty where all are kept.
    """
    values: dict[str, list[str]] = {}
    for document, value in said:
        values.setdefault(value, []).append(document)
    if len(values) < 2:
        return []
    shown = ", ".join(f"{value} ({_few(documents)})" for value, documents in values.items())
    return [f"the documents differ on {what}: {shown}" + (f"; taken as {taken}" if taken else "")]


def _few(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def disagreements(facts: Iterable[Fact], documents: Sequence[Document]) -> Iterator[str]:
    """Yield a remark for each habit and allergy of which documents say opposite things; the facts all stay."""
    order = [document.id for document in documents]
    habits: dict[str, dict[str, str]] = {}
    none: list[str] = []
    some: list[str] = []
    for fact in facts:
        where = fact.evidence[0].document if fact.evidence else ""
        if fact.kind == "social" and (topic := fact.get("topic")) and (use := fact.get("use")):
            habits.setdefault(topic, {})[where] = use
        elif fact.kind == "allergy" and where:
            (none if fact.assertion == NEGATED and not fact.get("generic") else some).append(where)
    for topic, said in habits.items():
        what = f"{topic.removesuffix('s')} use"
        yield from told(what, sorted(said.items(), key=lambda pair: _at(order, pair[0])), "")
    against = [name for name in dict.fromkeys(none) if name not in some]
    if against and some:
        yield f"the documents differ on allergies: none ({_few(against)}), some ({_few(list(dict.fromkeys(some)))})"


def _at(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
