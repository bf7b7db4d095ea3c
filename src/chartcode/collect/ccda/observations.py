"""Results, vital signs, social history and other observations, of the entries of a C-CDA."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from chartcode.collect.ccda.statements import Here, Told, comment, negated, refers, said, status
from chartcode.collect.ccda.values import concept, quantity, value, when
from chartcode.collect.coding import OBSERVATIONS, VITALS, attributes, chosen, measured
from chartcode.collect.coding import said as told
from chartcode.model.chart import AFFIRMED, NEGATED, Fact
from chartcode.wire.ccda import attribute, child, children, words

_KINDS = {
    "vitals": ("vital", "vitals"),
    "labs": ("lab", "labs"),
    "imaging": ("lab", "imaging"),
    "social history": ("social", "social history"),
}
_ABNORMAL = {
    "H": "high", "HH": "critically high", "HU": "critically high", "L": "low", "LL": "critically low",
    "LU": "critically low", "A": "abnormal", "AA": "critically abnormal", "N": "normal",
}  # fmt: skip


def observation(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield an observation of no template that means more.

    Attributes: ``name``, ``value``, ``unit``, ``abnormal``, ``range``, ``value code``, ``coding``, ``at``.
    """
    what = concept(child(statement, "code"))
    found, unit, coded = value(child(statement, "value"))
    name = said(statement, what)
    if not (found or what.text or what.codings):
        return
    kind, section = _KINDS.get(here.section, ("lab", "other"))
    time = when(statement)
    abnormal = _ABNORMAL.get(attribute(statement, "code", "interpretationCode").upper(), "")
    name = name or (what.codings[0].value if what.codings else "an observation without name")
    pairs = [
        ("name", next((VITALS[c.value] for c in what.codings if c.value in VITALS), name)),
        ("value", found),
        ("unit", unit),
        ("abnormal", abnormal),
        ("range", _range(statement)),
        ("value code", "; ".join(map(str, coded.codings))),
        *time.more,
        *attributes(what.codings),
        ("at", here.place),
    ]
    fact = Fact(
        kind,
        f"{name}: {measured(found, unit)}" if found else name,
        code=chosen(what.codings, OBSERVATIONS),
        assertion=NEGATED if negated(statement) else AFFIRMED,
        on=time.first,
        author=here.author,
        status=status(statement),
        attributes=told(pairs),
    )
    yield Told(section, fact, refers(statement, coded, what), f"{abnormal} {comment(statement)}".strip())


def _range(statement: etree._Element) -> str:
    for one in children(statement, "referenceRange/observationRange"):
        number, unit = quantity(child(one, "value"))
        return measured(number, unit) or words(child(one, "text"))
    return ""
