"""Patient and Encounter: who was treated, where, from when to when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chartcode.collect.fhir.authors import name
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.values import concept, concepts, day, part, parts, period, references, text
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT, Encounter, Patient
from chartcode.wire.fhir import Tree

_CLASSES = {
    "imp": INPATIENT,
    "acute": INPATIENT,
    "nonac": INPATIENT,
    "inpatient": INPATIENT,
    "emer": ED,
    "emergency": ED,
    "amb": OUTPATIENT,
    "ambulatory": OUTPATIENT,
    "outpatient": OUTPATIENT,
    "obsenc": OUTPATIENT,
    "observation": OUTPATIENT,
    "ss": OUTPATIENT,
    "hh": OUTPATIENT,
    "home": OUTPATIENT,
    "fld": OUTPATIENT,
    "field": OUTPATIENT,
    "vr": OUTPATIENT,
    "virtual": OUTPATIENT,
    "prenc": OUTPATIENT,
    "wellness": OUTPATIENT,
    "urgentcare": OUTPATIENT,
}
_DISPOSITIONS = {
    "home": "01",
    "alt-home": "01",
    "snf": "03",
    "long": "63",
    "rehab": "62",
    "psy": "65",
    "hosp": "50",
    "aadvice": "07",
    "exp": "20",
    "other-hcf": "05",
}
"""HL7's discharge dispositions as the patient discharge status of a claim (NUBC)."""

SEXES = {"female": "F", "male": "M", "f": "F", "m": "M"}


def patient(tree: Tree | None, on: date | None) -> Patient:
    """Return the patient of a resource, with the age on a day."""
    if tree is None:
        return Patient()
    born = day(text(tree, "birthDate"))
    return aged(Patient(sex=SEXES.get(text(tree, "gender").lower()), born=born, id=text(tree, "id") or None), on)


def aged(who: Patient, on: date | None) -> Patient:
    """Return a patient with the age on a day, where it is known; below one year also in days."""
    if who.born is None or on is None or on < who.born:
        return who
    years = on.year - who.born.year - ((on.month, on.day) < (who.born.month, who.born.day))
    return replace(who, age=years, age_days=(on - who.born).days if years < 1 else None)


def encounter(held: Held, bag: Bag) -> tuple[Encounter, bool]:
    """Return the encounter of a resource, and whether it tells the setting."""
    tree = held.tree
    codes = [c.value.lower() for c in concept(tree.get("class")).codings]
    codes += [c.value.lower() for one in parts(tree, "class")[1:] for c in concept(one).codings]
    setting = next((_CLASSES[c] for c in codes if c in _CLASSES), None)
    first, last = period(part(tree, "period"))
    found = setting or OUTPATIENT
    if found != INPATIENT and last == first:
        last = None
    return Encounter(found, first, last, _disposition(tree), _payer(bag), _facility(tree, bag), _provider(tree, bag)), (
        setting is not None
    )


def _disposition(tree: Tree) -> str | None:
    for one in concept(part(tree, "hospitalization").get("dischargeDisposition")).codings:
        value = one.value.lower()
        if value.isdigit() and len(value) <= 2:
            return value.zfill(2)
        if value in _DISPOSITIONS:
            return _DISPOSITIONS[value]
    return None


def _payer(bag: Bag) -> str | None:
    for held in bag.of("Coverage"):
        payor = part(held.tree, "payor")
        meant = bag.at(held.tree, "payor")
        said = (meant and name(meant.tree)) or text(payor, "display") or concept(held.tree.get("type")).words
        if said:
            return said
    return None


def _facility(tree: Tree, bag: Bag) -> str | None:
    held = bag.at(tree, "serviceProvider")
    place = text(part(tree, "location", "location"), "display")
    return (held and name(held.tree)) or text(part(tree, "serviceProvider"), "display") or place or None


def _provider(tree: Tree, bag: Bag) -> str | None:
    """Return the attending, else the first practitioner."""
    people = parts(tree, "participant")
    attending = [p for p in people if any(c.has("atnd", "pprf") for c in concepts(p, "type"))]
    for one in (*attending, *people):
        individual = part(one, "individual")
        held = next((bag.get(r, tree) for r in references(individual)), None)
        said = (held and held.type != "Patient" and name(held.tree)) or text(individual, "display")
        if said:
            return said
    return None
