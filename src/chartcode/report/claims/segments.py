"""Segments of X12 as text: elements joined, empty ends cut, signs that would break the frame replaced."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

ELEMENT, COMPONENT, TERMINATOR = "*", ":", "~"

_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")
_SIGNS = re.compile(r"[*:~^\x00-\x1f\x7f]+")


def element(value: object) -> str:
    """Return one element's text: no separator within it, accents dropped (X12.6, 3.3)."""
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, date):
        return f"{value:%Y%m%d}"
    text = str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return _SIGNS.sub(" ", text).strip()


def amount(value: Decimal) -> str:
    """Return an amount without zeros that say nothing: 178.00 is 178."""
    plain = f"{value.normalize():f}"
    return "0" if plain in ("-0", "0") else plain


def composite(*parts: object) -> str:
    """Return an element of components."""
    return COMPONENT.join(element(part) for part in parts).rstrip(COMPONENT)


def segment(name: str, *elements: object) -> str:
    """Return a segment; a composite is an element that is already joined (a ``Joined``)."""
    said = [e.text if isinstance(e, Joined) else element(e) for e in elements]
    return f"{ELEMENT.join([name, *said]).rstrip(ELEMENT)}{TERMINATOR}"


class Joined:
    """A composite, joined: its separators stay."""

    __slots__ = ("text",)

    def __init__(self, *parts: object) -> None:
        self.text = composite(*parts)


class Raw(Joined):
    """Text of elements as it came, separators and all."""

    def __init__(self, text: str) -> None:
        self.text = text
