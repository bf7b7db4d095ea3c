"""What one may ask of CPT for a day: the user's licensed release or chargemaster, else our starter of common services.

CPT is the American Medical Association's: no list and no descriptions of theirs are here. The starter has numbers with
our own short words (NOTICE); the environment variable ``CHARTCODE_CPT_STARTER=off`` turns it off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from types import MappingProxyType

from chartcode.books import starter
from chartcode.books.services import Services
from chartcode.books.starter import Entry

SETTING = "CHARTCODE_CPT_STARTER"
SYSTEMS = ("cpt", "chargemaster")
"""What answers for CPT, the better first."""

_OFF = frozenset(("off", "no", "0", "false"))
_SHAPE = re.compile(r"\d{4}[0-9A-Z]")
_NONE: Mapping[str, Entry] = MappingProxyType({})


def looks_like_cpt(code: str) -> bool:
    """Tell whether a string has the shape of a CPT number (not that it exists)."""
    return _SHAPE.fullmatch(code) is not None


def starter_on() -> bool:
    """Tell whether the starter may be used: ``CHARTCODE_CPT_STARTER`` does not say off."""
    return os.environ.get(SETTING, "").strip().lower() not in _OFF


def started() -> Mapping[str, Entry]:
    """Return the starter, or nothing where it is turned off."""
    return starter.cpt() if starter_on() else _NONE


class CPT(Services):
    """CPT on a day; numbers are five characters (``99213``, ``0042T``)."""

    @property
    def own(self) -> Mapping[str, Entry]:
        """Our own words by number."""
        return starter.cpt()
