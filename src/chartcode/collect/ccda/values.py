"""The data types of HL7 v3, as entries use them: codes with translations, times, quantities, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from lxml import etree

from chartcode.collect.coding import Coding, coding, measured
from chartcode.wire.ccda import attribute, child, children, kind, words

_TIME = re.compile(r"(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?")


class Concept(NamedTuple):
    """A coded value: its words, its codings (translations too), and the references to where the narrative says it."""

    text: str = ""
    codings: tuple[Coding, ...] = ()
    references: tuple[str, ...] = ()
    qualifiers: str = ""


def concept(element: etree._Element | None) -> Concept:
    """Return a coded value with all its translations, however they nest."""
    if element is None:
        return Concept()
    if not len(element):  # most have nothing inside
        coded = _coding(element)
        shown = " ".join((element.get("displayName") or "").split())
        return Concept(shown, (coded,) if coded else ())
    found = [element, *element.iterdescendants(_named(element, "translation"))]
    codings = [coded for one in found if (coded := _coding(one))]
    original = child(element, "originalText")
    reference = attribute(original, "value", "reference")
    own = words(original) if original is not None else ""
    shown = next((display for one in found if (display := attribute(one, "displayName"))), "")
    references = (reference,) if reference else ()
    return Concept(" ".join((shown or own).split()), tuple(dict.fromkeys(codings)), references, _qualifiers(element))


def _coding(element: etree._Element) -> Coding | None:
    """Return the code of an element itself, under its system's OID or, where that is missing, its name."""
    value = (element.get("code") or "").strip()
    if not value:
        return None
    system = element.get("codeSystem") or element.get("codeSystemName") or ""
    return coding(system, value, element.get("displayName") or "")


def _qualifiers(element: etree._Element) -> str:
    """Return what qualifies a code (``Finding site: Left lower lobe of lung``), with its codes."""
    told = []
    for one in children(element, "qualifier"):
        name, said = child(one, "name"), child(one, "value")
        if said is not None and (code := attribute(said, "code")):
            coded = coding(attribute(said, "codeSystem") or attribute(element, "codeSystem"), code)
            told.append(f"{attribute(name, 'displayName')}: {attribute(said, 'displayName')} ({coded})".strip(": "))
    return "; ".join(told)


def _named(element: etree._Element, name: str) -> str:
    return element.tag[: element.tag.rfind("}") + 1] + name


def day(written: str) -> date | None:
    """Return the day of a timestamp (``20140416115449-0500``); None where it says only a month or a year."""
    match = _TIME.match(written)
    if match is None or not match[3]:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


class When(NamedTuple):
    """When something was: its days, and attributes with a time of day or a part of a date."""

    first: date | None = None
    last: date | None = None
    ended: bool = False
    more: tuple[tuple[str, str], ...] = ()


def when(statement: etree._Element | None) -> When:
    """Return the time of a statement (``effectiveTime``): a point, or from low to high."""
    time = child(statement, "effectiveTime")
    if time is None:
        return When()
    start = attribute(time, "value") or attribute(time, "value", "low") or attribute(time, "value", "center")
    end = attribute(time, "value", "high")
    return When(day(start), day(end), ended=bool(end), more=tuple(_more(start)))


def _more(written: str) -> Iterator[tuple[str, str]]:
    match = _TIME.match(written)
    if match is None:
        return
    if match[4] and match[5]:
        yield "time", f"{match[4]}:{match[5]}"
    elif not match[3]:
        yield "date", "-".join(piece for piece in match.groups()[:2] if piece)


def quantity(element: etree._Element | None) -> tuple[str, str]:
    """Return value and unit of a physical quantity, or of the range that an interval of them gives."""
    if element is None:
        return "", ""
    value = attribute(element, "value")
    if value:
        unit = attribute(element, "unit") or words(child(element, "translation/originalText"))
        return value, "" if unit == "1" else unit
    low, high = child(element, "low"), child(element, "high")
    first, last = attribute(low, "value"), attribute(high, "value")
    unit = attribute(high, "unit") or attribute(low, "unit")
    if first and last:
        return f"{first}-{last}", unit
    if first or last:
        sign = ">" if first else "<"
        whole = low if first else high
        equal = "=" if attribute(whole, "inclusive") == "true" else ""
        return f"{sign}{equal}{first or last}", unit
    translated = child(element, "translation")
    return attribute(translated, "value"), words(child(translated, "originalText"))


def value(element: etree._Element | None) -> tuple[str, str, Concept]:
    """Return a ``value`` as its words, its unit, and its codes: of whatever data type it is."""
    if element is None:
        return "", "", Concept()
    type_ = kind(element)
    if type_ in ("CD", "CE", "CO", "CV", "CS", "") and (attribute(element, "code") or children(element, "translation")):
        what = concept(element)
        return what.text, "", what
    if type_ in ("PQ", "IVL_PQ", "INT", "REAL", "IVL_INT", "IVL_REAL", "MO", "TS", "BL", "RTO", "RTO_PQ_PQ"):
        if type_.startswith("RTO"):
            top, bottom = quantity(child(element, "numerator")), quantity(child(element, "denominator"))
            return f"{measured(*top)}/{measured(*bottom)}".strip("/"), "", Concept()
        number, unit = quantity(element)
        return number, unit, Concept()
    what = concept(element)
    said = words(element)
    return said or what.text or attribute(element, "value"), attribute(element, "unit"), what
