"""Who assisted, by the record's own words: 80 a surgeon, 82 where no resident was to be had, 81 minimal help, AS the rest.

A note by the one who assisted has that modifier on its lines. A surgeon's note that names an assistant makes lines for
the assistant too, where the fee schedule says that one may be paid (indicator 2; 0 asks for the need to be shown): it is
then for the biller to see whether the assistant is the practice's own. A resident who assists is nobody's line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chartcode.assign.services.line import Line
from chartcode.books import Books
from chartcode.model.case import Mention
from chartcode.model.chart import Document

_NAMED = re.compile(
    r"\b(?:(?:first|surgical|1st) )?assist(?:ant|ing)?(?:s|\(s\))?(?: surgeons?)?\s*:[\s,]*(?P<who>[^:\n]{2,120}?)(?=\.?,\s*[A-Z][A-Z /]{3,}:|\n|$|\.\s)",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"^\W*(?:none|no\b|n/?a\b|not (?:needed|used|applicable)|nil|staff|resident|student|or (?:staff|crew|team))", re.IGNORECASE)  # fmt: skip
_LEARNER = re.compile(r"\bresident\b|\bPGY\b|\bstudent\b|\bfellow\b|\bintern\b|\bMS[- ]?[34]\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\bP\.?A\.?(?:-?C)?(?=[\s,.;)]|$)|\bphysician'?s? assistant|\bnurse practitioner|\b[A-Z]{0,4}NP(?:-?[A-Z]{1,2})?(?=[\s,.;)]|$)|\bCNS\b|\bclinical nurse specialist",
)
_DOCTOR = re.compile(r"\bM\.?\s?D\b|\bD\.?\s?O\b|\bD\.?P\.?M\b|\bD\.?[DM]\.?[SD]\b|\bDr\b|\bphysician\b|\bsurgeon\b")
_NO_RESIDENT = re.compile(
    r"\bno (?:qualified |surgical |other )*residents? (?:surgeon )?(?:was|were|is|being)? ?(?:available|present)|\bresidents? (?:surgeon )?(?:was|were|is|being)? ?(?:un|not )available|\b(?:absence|unavailability|lack) of (?:an? )?(?:qualified )?resident",
    re.IGNORECASE,
)
_MINIMAL = re.compile(r"\bminim(?:um|al) (?:surgical )?assist", re.IGNORECASE)
_OWN = re.compile(
    r"\bI (?:was|acted as|served as|functioned as)(?: an?| the)?(?: first| surgical)? assist(?:ant|ing)?\b|\bI assisted (?:Dr|the (?:primary |operating |attending )?surgeon)|\brole\s*:[\s,]*(?:first |surgical )?assistant",
    re.IGNORECASE,
)
_PAID = ("2", "0")
_SIGNATURE = 60
"""Characters at the end of a note's last line in which its writer signs."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Whom a note names as assistant: the modifier of that person's lines, why, and the words' offsets."""

    modifier: str
    why: str
    span: tuple[int, int]


def assistant(document: Document) -> Assistant | None:
    """Return the assistant that a note names with a credential, or None: nobody, a learner, or nobody knows what."""
    for match in _NAMED.finditer(document.text):
        who = match["who"]
        if _NOBODY.search(who) or _LEARNER.search(who):
            continue
        if _OTHER.search(who):
            return Assistant("AS", "an assistant who is no physician", match.span("who"))
        if _DOCTOR.search(who):
            return Assistant(*_physician(document), match.span("who"))
    return None


def own_part(document: Document) -> tuple[str, str, tuple[int, int]] | None:
    """Return modifier, reason and offsets of words where the writer of a note says to have assisted, or None."""
    match = _OWN.search(document.text)
    if match is None:
        return None
    signed = document.text.rstrip().rpartition("\n")[2][-_SIGNATURE:]
    if _OTHER.search(signed) and not _DOCTOR.search(signed):
        return "AS", "the writer assisted, and is no physician", match.span()
    return (*_physician(document), match.span())


def _physician(document: Document) -> tuple[str, str]:
    if no_resident := _NO_RESIDENT.search(document.text):
        return "82", f"a surgeon assisted because there was no resident ({no_resident[0].lower()})"
    if _MINIMAL.search(document.text):
        return "81", "a surgeon gave minimal assistance"
    return "80", "a surgeon assisted"


def assisted(lines: Iterable[Line], books: Books) -> Iterator[Line]:
    """Yield the lines of named assistants, beside the surgeon's, by the fee schedule's indicators."""
    schedule = books.pfs
    if schedule is None:
        return
    for one in lines:
        row = schedule.indicators(one.code)
        if row is None or row.assistant not in _PAID or not one.titled or own_part(one.passages[0].document):
            continue
        found = assistant(one.passages[0].document)
        if found:
            why = f"{found.modifier}: {found.why}; a line of the assistant, if the assistant is yours"
            if row.assistant == "0":
                why += "; paid only with the need shown (indicator 0)"
            document = one.passages[0].document
            words = Mention(document.span(*found.span), term=found.modifier, section=document.section_at(found.span[0]))
            yield replace(
                one, modifiers=(found.modifier, *one.modifiers), reasons=[*one.reasons, why],
                mentions=[*one.mentions, words], sure=False,
            )  # fmt: skip
