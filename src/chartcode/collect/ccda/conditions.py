"""Problems, diagnoses, allergies and the family's conditions, of the entries of a C-CDA."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from chartcode.collect.ccda.statements import Here, Told, comment, has, negated, refers, related, said, status
from chartcode.collect.ccda.values import Concept, concept, value, when
from chartcode.collect.coding import DIAGNOSES, attributes, chosen
from chartcode.collect.coding import said as told
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, NEGATED, POSSIBLE, Fact
from chartcode.wire.ccda import attribute, child, children
from chartcode.wire.ccda import words as words_of

_T = "2.16.840.1.113883.10.20.22.4."
PROBLEM = (f"{_T}4", "2.16.840.1.113883.10.20.1.28", "2.16.840.1.113883.3.88.11.83.7")
ALLERGY = (f"{_T}7", "2.16.840.1.113883.10.20.1.18", f"{_T}90", "2.16.840.1.113883.10.20.24.3.90")
FAMILY_HISTORY = (f"{_T}45", "2.16.840.1.113883.10.20.1.23")
_STATUS = (f"{_T}6", f"{_T}28", f"{_T}5", "2.16.840.1.113883.10.20.1.50", "2.16.840.1.113883.10.20.1.39")
_SEVERITY = (f"{_T}8", "2.16.840.1.113883.10.20.1.55")
_REACTION = (f"{_T}9", "2.16.840.1.113883.10.20.1.54")
_AGE = (f"{_T}31", "2.16.840.1.113883.10.20.1.38")

CATEGORIES = {
    f"{_T}80": "encounter diagnosis",
    f"{_T}33": "encounter diagnosis",
    f"{_T}34": "admission diagnosis",
    f"{_T}65": "preoperative diagnosis",
    f"{_T}51": "postoperative diagnosis",
    f"{_T}19": "indication",
}
"""What the act around a problem makes of it."""

_SECTIONS = {
    "discharge diagnosis": ("encounter diagnosis", "discharge diagnosis"),
    "admission diagnosis": ("admission diagnosis", "admission diagnosis"),
    "preoperative diagnosis": ("preoperative diagnosis", "preoperative diagnosis"),
    "postoperative diagnosis": ("postoperative diagnosis", "postoperative diagnosis"),
    "assessment": ("encounter diagnosis", "assessment"),
    "assessment and plan": ("encounter diagnosis", "assessment and plan"),
    "diagnosis": ("encounter diagnosis", "diagnosis"),
    "past medical history": ("past", "past medical history"),
    "problem list": ("problem list", "problem list"),
}
_OVER = ("73425007", "413322009", "inactive", "resolved")
_UNSURE = ("415684004", "410590009", "410592001", "suspected", "possible", "probable")


def problem(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield the diagnosis of a problem observation.

    Attributes: ``category`` (encounter diagnosis, problem list, ...), ``onset``, ``abatement``, ``severity``, ``age``,
    ``type``, ``coding`` (all translations), ``at``.
    """
    what = concept(child(statement, "value"))
    if not what.codings:
        written, _, alike = value(child(statement, "value"))
        what = Concept(what.text or written, alike.codings, what.references)
    time = when(statement)
    category, section = _category(here)
    state, code = _state(statement)
    pairs = [
        ("category", category),
        ("type", concept(child(statement, "code")).text),
        ("onset", time.first.isoformat() if time.first else ""),
        ("abatement", time.last.isoformat() if time.last else ""),
        ("severity", _inside(statement, _SEVERITY)),
        ("age", _inside(statement, _AGE)),
        ("qualifiers", what.qualifiers),
        ("concern", here.status),
        *time.more,
        *attributes(what.codings),
        ("at", here.place),
    ]
    over = code in _OVER or state.lower() in _OVER or time.ended
    meant = AFFIRMED
    if negated(statement):
        meant = NEGATED
    elif code in _UNSURE or any(word in what.text.lower() for word in ("suspected ", "possible ", "rule out")):
        meant = POSSIBLE
    elif category == "past" or (over and category == "problem list"):
        meant = HISTORICAL
    words = said(statement, what) or "a problem without name"
    fact = Fact("diagnosis", words, code=chosen(what.codings, DIAGNOSES), assertion=meant, on=time.first,
                author=here.author, status=state.lower() or ("resolved" if over else status(statement)),
                attributes=told(pairs))  # fmt: skip
    yield Told(section, fact, refers(statement, what), comment(statement))


def _category(here: Here) -> tuple[str, str]:
    """Return what kind of diagnosis a problem is here, and the section of the sheet for it."""
    around = next((CATEGORIES[t] for t in here.within if t in CATEGORIES), "")
    category, section = _SECTIONS.get(here.section, ("", ""))
    if around:
        return around, section or ("diagnosis" if around in ("encounter diagnosis", "indication") else around)
    return category or "problem list", section or "problem list"


def _state(statement: etree._Element) -> tuple[str, str]:
    """Return the clinical status of a problem: its words, and its code."""
    for one in related(statement):
        if has(one, *_STATUS):
            words, _, what = value(child(one, "value"))
            return words, what.codings[0].value if what.codings else ""
    return "", ""


def _inside(statement: etree._Element, roots: tuple[str, ...]) -> str:
    """Return the value of an observation inside another one."""
    for one in related(statement):
        if has(one, *roots):
            words, unit, _ = value(child(one, "value"))
            return f"{words} {unit}".strip()
    return ""


def allergy(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield an allergy. Attributes: ``type``, ``reaction``, ``severity``, ``onset``."""
    substance = Concept()
    for participant in children(statement, "participant/participantRole/playingEntity"):
        substance = concept(child(participant, "code"))
        if not substance.text:
            substance = substance._replace(text=" ".join(words_of(n) for n in children(participant, "name")))
        break
    kind = concept(child(statement, "value"))
    time = when(statement)
    reactions = [one for one in related(statement) if has(one, *_REACTION)]
    felt = ", ".join(text for one in reactions if (text := value(child(one, "value"))[0]))
    severity = _inside(statement, _SEVERITY) or next((s for one in reactions if (s := _inside(one, _SEVERITY))), "")
    state, code = _state(statement)
    denied = negated(statement)
    words = substance.text or (said(statement, kind) if not denied else "known allergies") or "an allergy without name"
    pairs = [
        ("type", kind.text),
        ("reaction", felt),
        ("severity", severity),
        ("onset", time.first.isoformat() if time.first else ""),
        *time.more,
        *attributes(substance.codings),
        ("at", here.place),
    ]
    fact = Fact("allergy", words, code=chosen(substance.codings, ()), on=time.first, author=here.author,
                assertion=NEGATED if denied else HISTORICAL if code in _OVER else AFFIRMED,
                status=state.lower() or here.status, attributes=told(pairs))  # fmt: skip
    yield Told("allergies", fact, refers(statement, substance), felt)


def family(organizer: etree._Element, here: Here) -> Iterator[Told]:
    """Yield each condition of a relative. Attributes: ``relation``, ``age``."""
    relation = concept(child(organizer, "subject/relatedSubject/code")).text
    for number, one in enumerate(children(organizer, "component/observation"), start=1):
        what = concept(child(one, "value"))
        time = when(one)
        pairs = [
            ("relation", relation),
            ("age", _inside(one, _AGE)),
            *time.more,
            *attributes(what.codings),
            ("at", here.under(one, number).place),
        ]
        fact = Fact("family", said(one, what) or "a condition without name", code=chosen(what.codings, DIAGNOSES),
                    assertion=NEGATED if negated(one) else FAMILY, on=time.first, author=here.author,
                    status=attribute(one, "code", "statusCode"), attributes=told(pairs))  # fmt: skip
        yield Told("family history", fact, refers(one, what), relation)
