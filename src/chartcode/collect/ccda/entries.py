"""The entries of a section, walked: each statement by what its template says it is."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from chartcode.collect.ccda.conditions import ALLERGY, CATEGORIES, FAMILY_HISTORY, PROBLEM, allergy, family, problem
from chartcode.collect.ccda.observations import observation
from chartcode.collect.ccda.statements import STATEMENTS, Here, Told, author, has, related, status
from chartcode.collect.ccda.treatments import medication, planned, procedure, supply, visit
from chartcode.collect.coding import system
from chartcode.model.code import ICD9CM, ICD10, ICD10CM
from chartcode.wire.ccda import attribute, child, children, local, templates

DEEPEST = 40
"""Statements that are followed one within another."""

_T = "2.16.840.1.113883.10.20.22.4."
_QUALIFIERS = frozenset(
    [f"{_T}{n}" for n in ("5", "6", "8", "9", "20", "24", "28", "31", "64", "72", "119", "122", "145", "147")]
    + [f"2.16.840.1.113883.10.20.1.{n}" for n in ("38", "39", "40", "41", "50", "54", "55")]
)
"""Statements that only qualify the one around them, which reads them itself."""

_SILENT = frozenset((f"{_T}48", f"{_T}60", f"{_T}61"))
"""Advance directives and coverage: nothing to code."""

_MEDICAL = frozenset((f"{_T}67", f"{_T}68", f"{_T}73", f"{_T}74", f"{_T}109", f"{_T}114", f"{_T}128", f"{_T}134"))
"""Functional, cognitive and wound observations: findings, not results."""


def entries(section: etree._Element, here: Here) -> Iterator[Told]:
    """Yield the facts of the entries of a section."""
    for number, entry in enumerate(children(section, "entry"), start=1):
        place = here._replace(place=f"{here.place}/entry[{number}]")
        for statement in entry:
            if local(statement) in STATEMENTS:
                yield from _walk(statement, place._replace(author=author(statement) or here.author), 0)


def statements(root: etree._Element, here: Here) -> Iterator[Told]:
    """Yield the facts of a statement that stands for itself, or of those in a fragment."""
    if local(root) in STATEMENTS:
        yield from _walk(root, here, 0)
        return
    for number, one in enumerate(root, start=1):
        if local(one) in STATEMENTS:
            yield from _walk(one, here.under(one, number), 0)


def _walk(statement: etree._Element, here: Here, depth: int) -> Iterator[Told]:
    roots = frozenset(templates(statement))
    if depth > DEEPEST or roots & _SILENT or (depth and roots & _QUALIFIERS):
        return
    told, inside = _of(statement, here, roots)
    yield from told
    if not inside:
        return
    within = tuple(r for r in roots if r in CATEGORIES)
    around = here._replace(within=within or here.within, status=status(statement) or here.status)
    for number, one in enumerate(related(statement), start=1):
        yield from _walk(one, around.under(one, number), depth + 1)


def _of(statement: etree._Element, here: Here, roots: frozenset[str]) -> tuple[Iterator[Told], bool]:
    """Return the facts of a statement itself, and whether those inside it are facts too."""
    name = local(statement)
    if name == "observation":
        return _observation(statement, here, roots)
    if name == "organizer":
        return (family(statement, here), False) if has(statement, *FAMILY_HISTORY) else (iter(()), True)
    if name == "substanceAdministration":
        return medication(statement, here), True
    if name == "supply":
        return supply(statement, here), True
    if name == "encounter":
        return visit(statement, here), True
    if name == "procedure" or (name == "act" and _done(roots, statement, here)):
        return procedure(statement, here), True
    return iter(()), True


_ACTS = frozenset((f"{_T}12", f"{_T}39", f"{_T}20", "2.16.840.1.113883.10.20.1.29"))


def _done(roots: frozenset[str], statement: etree._Element, here: Here) -> bool:
    """Tell whether an act is a procedure or an order, and no bracket around problems or drugs."""
    if roots & _ACTS:
        return True
    coded = child(statement, "code") is not None and attribute(statement, "code", "code") not in ("CONC", "")
    return coded and not roots and (here.section == "procedure" or planned(statement))


def _observation(statement: etree._Element, here: Here, roots: frozenset[str]) -> tuple[Iterator[Told], bool]:
    if roots & frozenset(PROBLEM) or roots & _MEDICAL or f"{_T}19" in roots:
        if f"{_T}19" in roots:
            here = here._replace(within=(f"{_T}19",))
        return problem(statement, here), True
    if roots & frozenset(ALLERGY):
        return allergy(statement, here), False
    if _classified(statement):
        return problem(statement, here), True
    if f"{_T}13" in roots or planned(statement):
        return procedure(statement, here), True
    return observation(statement, here), True


def _classified(statement: etree._Element) -> bool:
    """Tell whether an observation's value is a code of a classification of diseases: then it is a diagnosis."""
    found = child(statement, "value")
    codes = [found, *children(found, "translation")] if found is not None else []
    names = (ICD10CM, ICD9CM, ICD10)
    return any(attribute(one, "code") and system(attribute(one, "codeSystem")) in names for one in codes)
