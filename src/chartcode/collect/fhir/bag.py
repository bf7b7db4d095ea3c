"""The resources of one patient, and how they refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from chartcode.collect.fhir.values import part, parts, references, text
from chartcode.wire.fhir import Tree

_SUBJECTS = ("subject", "patient", "beneficiary", "for", "individual")
_ENCOUNTERS = ("encounter", "context")
SHARED = frozenset(
    ("Organization", "Practitioner", "PractitionerRole", "Location", "Medication", "Substance", "HealthcareService",
     "Endpoint", "Group")
)  # fmt: skip
"""Resources that belong to no patient."""


class Held(NamedTuple):
    """A resource, and how a fact names it: ``Condition/17``, or its place where it has no id."""

    name: str
    tree: Tree
    type: str


def hold(name: str, tree: Tree) -> Held:
    """Return a resource under its name."""
    return Held(name, tree, text(tree, "resourceType"))


def local(reference: str) -> str:
    """Return a reference as it is looked up: ``Type/id`` without server and version, or a URN as it is.

    >>> local("https://fhir.example/r4/Patient/7/_history/2"), local("urn:uuid:1"), local("Patient/7")
    ('Patient/7', 'urn:uuid:1', 'Patient/7')
    """
    if reference.startswith(("urn:", "#")):
        return reference
    pieces = reference.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(pieces[-2:])


def subject(tree: Tree) -> str:
    """Return the local reference to the patient whom a resource is about, empty where it names none."""
    for key in _SUBJECTS:
        for reference in references(tree.get(key)):
            return local(reference)
    return ""


def encounters(tree: Tree) -> Iterator[str]:
    """Yield the local references to the encounters that a resource belongs to."""
    for key in _ENCOUNTERS:
        yield from map(local, references(tree.get(key)))
    yield from map(local, references(part(tree, "context").get("encounter")))
    for item in parts(tree, "item"):
        yield from map(local, references(item.get("encounter")))


def named(tree: Tree, place: str) -> str:
    """Return how a resource is called, ``Type/id``, or ``Type`` and its place where it has no id."""
    kind, id_ = text(tree, "resourceType") or "resource", text(tree, "id")
    return f"{kind}/{id_}" if id_ else f"{kind} at {place}" if place else kind


class Bag:
    """The resources of one patient in their order, found by reference; ``elsewhere`` finds those of all patients."""

    def __init__(self, elsewhere: Callable[[str], Held | None] | None = None) -> None:
        self.all: list[Held] = []
        self.remarks: list[str] = []
        self._by_reference: dict[str, int] = {}
        self._elsewhere = elsewhere
        self._typed: tuple[int, dict[str, list[Held]]] = 0, {}

    def add(self, held: Held, url: str = "") -> None:
        """Put in a resource; ``url`` is its full URL. Of two with one id the later version stands, with a remark."""
        known = self._by_reference.get(held.name) if text(held.tree, "id") else None
        if known is not None:
            self._typed = 0, {}
            self.all[known] = max(self.all[known], held, key=_updated)
            if self.all[known].tree != held.tree or self.all[known] is held:
                self._repeat(held.name)
            return
        at = len(self.all)
        self.all.append(held)
        self._by_reference[held.name] = at
        if url:
            self._by_reference[url] = at
            self._by_reference.setdefault(local(url), at)

    def _repeat(self, name: str) -> None:
        remark = f"{name} is in the record twice; its later version was taken"
        if remark not in self.remarks:
            self.remarks.append(remark)

    def of(self, *types: str) -> list[Held]:
        """Return the resources of some types."""
        if self._typed[0] != len(self.all):
            found: dict[str, list[Held]] = {}
            for held in self.all:
                found.setdefault(held.type, []).append(held)
            self._typed = len(self.all), found
        return [held for kind in types for held in self._typed[1].get(kind, ())]

    def get(self, reference: str, within: Tree | None = None) -> Held | None:
        """Return what a reference means: contained in a resource, of this patient, or of all."""
        if reference.startswith("#"):
            for one in parts(within or {}, "contained"):
                if text(one, "id") == reference[1:]:
                    return hold(named(one, ""), one)
            return None
        at = self._by_reference.get(reference)
        if at is None:
            at = self._by_reference.get(local(reference))
        if at is not None:
            return self.all[at]
        return self._elsewhere(local(reference)) if self._elsewhere else None

    def at(self, tree: Tree, *keys: str) -> Held | None:
        """Return what the reference at the end of a way means."""
        holder = part(tree, *keys[:-1])
        for reference in references(holder.get(keys[-1])):
            return self.get(reference, tree)
        return None


def _updated(held: Held) -> tuple[str, int]:
    version = text(held.tree, "meta", "versionId")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return text(held.tree, "meta", "lastUpdated"), number
