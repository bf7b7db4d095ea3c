"""Eye examinations that a note calls so: comprehensive or intermediate by what was examined, and the refraction.

An eye doctor may bill an eye service or a visit with a level: what the note calls it decides. A note that names no eye
examination is a visit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import VISIT, Passage
from chartcode.books import Books
from chartcode.model.chart import Document

_NAMED = re.compile(
    r"\b(?:comprehensive|complete|dilated|routine|annual|intermediate|full) (?:dilated )?(?:eye|ophthalmolog\w+|ocular) exam\w*",
    re.IGNORECASE,
)
_PARTS = {
    "acuity": re.compile(r"\bvisual acuit|\bVA\b|\b20/\d{2}", re.IGNORECASE),
    "fields": re.compile(r"\bconfrontation|\bvisual fields?\b", re.IGNORECASE),
    "motility": re.compile(r"\bmotility|\bextraocular m|\bEOM", re.IGNORECASE),
    "pressure": re.compile(r"\bIOP\b|\bintraocular pressure|\btonomet", re.IGNORECASE),
    "front": re.compile(r"\bslit[- ]?lamp|\bcornea|\banterior (?:segment|chamber)|\bconjunctiva", re.IGNORECASE),
    "back": re.compile(r"\bfund(?:us|i|oscop)|\bophthalmoscop|\boptic (?:disc|nerve)|\bmacula|\bretina", re.IGNORECASE),
}
_WHOLE = frozenset(("fields", "motility", "front", "back"))
_LEAST = 3
_NEW = re.compile(r"\bnew patient|\bfirst visit|\bnever been seen|\bestablish care", re.IGNORECASE)
_REFRACTED = re.compile(r"\brefraction\b(?! (?:was )?(?:not|deferred|declined))", re.IGNORECASE)


def examined(document: Document, books: Books) -> Iterator[Line]:
    """Yield the eye examination of a note that names one and tells three parts of it, and its refraction."""
    numbers = books.parameters.get("services.eyes")
    named = _NAMED.search(document.text)
    if numbers is None or named is None:
        return
    parts = {name for name, words in _PARTS.items() if words.search(document.text)}
    shallow = "intermediate" in named[0].lower()
    if len(parts) < _LEAST - shallow:
        return
    depth = "comprehensive" if parts >= _WHOLE and not shallow else "intermediate"
    status = "new" if _NEW.search(document.text) else "established"
    passage = _at(document, named)
    yield line(numbers[status][depth], passage, named.span(), f"{depth}: {', '.join(sorted(parts))} examined")
    if refracted := _REFRACTED.search(document.text):
        yield line(numbers["refraction"], _at(document, refracted), refracted.span(), "refraction beside it")


def _at(document: Document, match: re.Match[str]) -> Passage:
    return Passage(document, VISIT, document.section_at(match.start()), *match.span(), (), [], {})
