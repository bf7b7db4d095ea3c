"""What the patient has, had, or a relative has: Condition, AllergyIntolerance, FamilyMemberHistory."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.collect.coding import DIAGNOSES, attributes, chosen, measured, said
from chartcode.collect.fhir.authors import author
from chartcode.collect.fhir.bag import Bag, Held, encounters
from chartcode.collect.fhir.values import Concept, concept, concepts, notes, part, parts, quantity, text, when
from chartcode.collect.sheet import Entry
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, NEGATED, POSSIBLE, Fact

ENCOUNTER_DIAGNOSIS, PROBLEM = "encounter diagnosis", "problem list"
_VERIFIED = {
    "confirmed": AFFIRMED,
    "unconfirmed": POSSIBLE,
    "provisional": POSSIBLE,
    "differential": POSSIBLE,
    "refuted": NEGATED,
    "entered-in-error": NEGATED,
}
_OVER = ("inactive", "resolved")
_NONE = ("no known", "no current problems", "no problem", "none known")


def conditions(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield the diagnosis of a Condition.

    Attributes: ``category`` (encounter diagnosis or problem list), ``verification``, ``onset``, ``abatement``,
    ``severity``, ``site``, ``stage``, ``coding`` (all codings), ``at``.
    """
    tree = held.tree
    what = concept(tree.get("code"))
    category = _category(held)
    verified = concept(tree.get("verificationStatus")).value()
    clinical = concept(tree.get("clinicalStatus")).value()
    on, more = when(tree, "recordedDate", "onset", "asserted")
    onset, _ = when(tree, "onset")
    ended, _ = when(tree, "abatement")
    pairs = [
        ("category", category),
        ("verification", verified),
        ("onset", onset.isoformat() if onset else text(tree, "onsetString")),
        ("abatement", ended.isoformat() if ended else ""),
        ("severity", concept(tree.get("severity")).words),
        ("site", ", ".join(c.words for c in concepts(tree, "bodySite"))),
        ("stage", ", ".join(concept(one.get("summary")).words for one in parts(tree, "stage"))),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    yield Entry(
        "diagnosis" if category == ENCOUNTER_DIAGNOSIS else "problem list",
        Fact(
            "diagnosis",
            what.words or "a condition without name",
            code=chosen(what.codings, DIAGNOSES),
            assertion=_assertion(verified, clinical, category, what),
            on=on,
            author=author(tree, bag),
            status="entered in error" if verified == "entered-in-error" else clinical,
            attributes=said(pairs),
        ),
        notes(tree),
    )


def _category(held: Held) -> str:
    """Return whether a Condition is a diagnosis of an encounter or stands on the list of problems."""
    found = concepts(held.tree, "category")
    if any(c.has("encounter-diagnosis") for c in found):
        return ENCOUNTER_DIAGNOSIS
    if any(c.has("problem-list-item", "health-concern", "sdoh") for c in found):
        return PROBLEM
    return ENCOUNTER_DIAGNOSIS if any(True for _ in encounters(held.tree)) else PROBLEM


def _assertion(verified: str, clinical: str, category: str, what: Concept) -> str:
    """Return how a Condition is meant; one that ended may still have been this encounter's diagnosis."""
    if what.words.lower().startswith(_NONE):
        return NEGATED
    found = _VERIFIED.get(verified, AFFIRMED)
    if found == AFFIRMED and clinical in _OVER and category != ENCOUNTER_DIAGNOSIS:
        return HISTORICAL
    return found


def allergies(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield an allergy. Attributes: ``type``, ``category``, ``criticality``, ``reaction``, ``severity``."""
    tree = held.tree
    what = concept(tree.get("code"))
    verified = concept(tree.get("verificationStatus")).value()
    on, more = when(tree, "recordedDate", "onset", "lastOccurrence")
    reactions = [c.words for r in parts(tree, "reaction") for c in concepts(r, "manifestation")]
    substances = [concept(r.get("substance")).words for r in parts(tree, "reaction")]
    words = what.words or next((s for s in substances if s), "an allergy without name")
    denied = words.lower().startswith(_NONE)
    pairs = [
        ("type", text(tree, "type")),
        ("category", ", ".join(str(c) for c in tree["category"]) if isinstance(tree.get("category"), list) else ""),
        ("criticality", text(tree, "criticality")),
        ("reaction", ", ".join(r for r in reactions if r)),
        ("severity", next((text(r, "severity") for r in parts(tree, "reaction") if text(r, "severity")), "")),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    yield Entry(
        "allergies",
        Fact(
            "allergy",
            words,
            code=chosen(what.codings, ()),
            assertion=NEGATED if denied else _VERIFIED.get(verified, AFFIRMED),
            on=on,
            author=author(tree, bag),
            status=concept(tree.get("clinicalStatus")).value(),
            attributes=said(pairs),
        ),
        ", ".join(r for r in reactions if r),
    )


def family(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield each condition of a relative. Attributes: ``relation``, ``onset``, ``died of it``."""
    tree = held.tree
    relation = concept(tree.get("relationship")).words
    on, more = when(tree, "date")
    for number, one in enumerate(parts(tree, "condition")):
        what = concept(one.get("code"))
        value, unit = quantity(part(one, "onsetAge"))
        pairs = [
            ("relation", relation),
            ("onset", measured(value, unit) or text(one, "onsetString")),
            ("died of it", "yes" if one.get("contributedToDeath") is True else ""),
            *more,
            *attributes(what.codings),
            ("at", f"{held.name}.condition[{number}]"),
        ]
        fact = Fact(
            "family",
            what.words or "a condition without name",
            code=chosen(what.codings, DIAGNOSES),
            assertion=FAMILY,
            on=on,
            author=author(tree, bag),
            status=text(tree, "status"),
            attributes=said(pairs),
        )
        yield Entry("family history", fact, relation)
