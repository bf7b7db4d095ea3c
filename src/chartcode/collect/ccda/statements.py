"""What all entries of a C-CDA share: where they stand, who says so, where the narrative says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from chartcode.collect.ccda.values import Concept
from chartcode.model.chart import Fact
from chartcode.wire.ccda import attribute, child, children, local, named, templates, words

PROVIDER, NURSE, PATIENT, DEVICE = "provider", "nurse", "patient", "device"
_NURSES = ("163W", "164W", "164X", "167G")
"""Nurses' codes of the Healthcare Provider Taxonomy (NUCC); a nurse practitioner (363L) is a provider."""

STATEMENTS = frozenset(
    ("observation", "act", "procedure", "substanceAdministration", "supply", "encounter", "organizer")
)


class Here(NamedTuple):
    """Where a statement stands: section, place, and of what is around it author, templates and status."""

    section: str
    place: str
    author: str
    within: tuple[str, ...] = ()
    status: str = ""

    def under(self, statement: etree._Element, number: int) -> Here:
        """Return the place of a statement inside another one."""
        return self._replace(
            place=f"{self.place}/{local(statement)}[{number}]",
            author=author(statement) or self.author,
        )


class Told(NamedTuple):
    """A fact without evidence, its section, the references to the narrative, and what else there is to say."""

    section: str
    fact: Fact
    references: tuple[str, ...]
    tail: str = ""


def author(element: etree._Element) -> str:
    """Return the role of who wrote a statement, empty where it does not say."""
    for one in children(element, "author/assignedAuthor"):
        if child(one, "assignedAuthoringDevice") is not None and child(one, "assignedPerson") is None:
            return DEVICE
        code = attribute(one, "code", "code")
        if code.startswith(_NURSES):
            return NURSE
        if code in ("ONESELF", "SELF"):
            return PATIENT
        return PROVIDER
    for one in children(element, "informant"):
        if child(one, "relatedEntity") is not None:
            return PATIENT
    return ""


def has(element: etree._Element, *roots: str) -> bool:
    """Tell whether a statement is of one of these templates."""
    return any(root in roots for root in templates(element))


def refers(statement: etree._Element, *concepts: Concept) -> tuple[str, ...]:
    """Return the references to where the narrative says a statement, the closest first."""
    found = [reference for what in concepts for reference in what.references]
    own = attribute(child(statement, "text"), "value", "reference")
    return tuple(dict.fromkeys([*found, *([own] if own else [])]))


def said(statement: etree._Element, what: Concept) -> str:
    """Return what a statement is in words: of its code, else its own text."""
    if what.text:
        return what.text
    text = child(statement, "text")
    return words(text) if text is not None else ""


def negated(statement: etree._Element) -> bool:
    """Tell whether a statement denies what it says."""
    return attribute(statement, "negationInd").lower() == "true"


def status(statement: etree._Element) -> str:
    """Return the status code of a statement, in small letters."""
    return attribute(statement, "code", "statusCode").lower()


def related(statement: etree._Element) -> Iterator[etree._Element]:
    """Yield the statements inside another one: related to it, or components of it."""
    if not len(statement):
        return
    for link in named(statement, "entryRelationship", "component"):
        yield from (one for one in link if local(one) in STATEMENTS)


def comment(statement: etree._Element) -> str:
    """Return the comments of a statement (Comment Activity)."""
    return " ".join(
        words(child(one, "text")) for one in related(statement) if has(one, "2.16.840.1.113883.10.20.22.4.64")
    )
