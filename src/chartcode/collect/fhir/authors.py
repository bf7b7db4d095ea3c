"""Who said it: the role of a resource's author, by what its recorder is."""

from __future__ import annotations

from chartcode.collect.fhir.bag import Bag, local
from chartcode.collect.fhir.values import concept, concepts, part, parts, references, text
from chartcode.wire.fhir import Tree

PROVIDER, NURSE, CODER, PATIENT, DEVICE = "provider", "nurse", "coder", "patient", "device"

_FIELDS = ("asserter", "recorder", "author", "requester", "performer", "informationSource", "participant", "source")
_BY_TYPE = {"Patient": PATIENT, "RelatedPerson": PATIENT, "Device": DEVICE}


def author(tree: Tree, bag: Bag) -> str:
    """Return the role of who stands behind a resource; a provider where it does not say."""
    for field in _FIELDS:
        for one in parts(tree, field):
            actor = one if "reference" in one or "type" in one else part(one, "actor")
            role = _role(actor, tree, bag)
            if role:
                return role
    return PROVIDER


def _role(actor: Tree, tree: Tree, bag: Bag) -> str:
    reference = next(iter(references(actor)), "")
    kind = local(reference).partition("/")[0] if not reference.startswith(("urn:", "#")) else text(actor, "type")
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    held = bag.get(reference, tree) if reference else None
    if held is None:
        return PROVIDER if kind in ("Practitioner", "PractitionerRole", "Organization") else ""
    if held.type in _BY_TYPE:
        return _BY_TYPE[held.type]
    said = [c.words.lower() for c in concepts(held.tree, "code") + concepts(held.tree, "specialty")]
    said += [concept(part(one, "code")).words.lower() for one in parts(held.tree, "qualification")]
    nurse = any("nurse" in words and "practitioner" not in words and "anesthetist" not in words for words in said)
    return NURSE if nurse else PROVIDER


def name(held_tree: Tree) -> str:
    """Return how a practitioner or organization is called on a claim: its NPI, else its name."""
    for one in parts(held_tree, "identifier"):
        if "us-npi" in text(one, "system") and text(one, "value"):
            return text(one, "value")
    written = text(held_tree, "name")
    if written:
        return written
    person = part(held_tree, "name")
    given = [g for g in person.get("given", []) if isinstance(g, str)] if isinstance(person.get("given"), list) else []
    return text(person, "text") or " ".join([*given, text(person, "family")]).strip()
