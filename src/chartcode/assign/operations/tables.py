"""The walk through the tables: of what the words make, only rows that exist are left, each axis with its words."""

from __future__ import annotations

from dataclasses import dataclass

from chartcode.assign.operations.axes import Draft
from chartcode.assign.operations.reading import Found
from chartcode.books.icd10pcs import ICD10PCS, OPEN

_PLAIN = "0X8734"
"""Approaches in the order in which research mode takes them for an open axis."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A code that stands in the tables, or a partial one, where it came from, and the codes that are still possible."""

    code: str
    found: Found
    draft: Draft
    possible: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether no axis is open."""
        return OPEN not in self.code


def walk(draft: Draft, found: Found, book: ICD10PCS) -> Walked | None:
    """Return what the tables make of a draft; None if no code of the day fits it.

    An axis that the words leave open is filled only where the tables allow one value. An approach that the tables do
    not know for the procedure is opened again: the words spoke of another step of the operation.
    """
    for code in (draft.code, draft.code[:4] + OPEN + draft.code[5:]):
        possible = _possible(code, draft, book)
        if possible:
            return Walked(_narrowed(code, possible), found, draft, possible)
    return None


def _possible(code: str, draft: Draft, book: ICD10PCS) -> tuple[str, ...]:
    if OPEN in code[:3]:
        return ()
    return tuple(
        c for c in book.complete(code)
        if all(v != OPEN or not s or c[n] in s for n, (v, s) in enumerate(zip(code, draft.sides, strict=True)))
    )  # fmt: skip


def choices(walked: Walked, book: ICD10PCS) -> tuple[tuple[str, str], ...]:
    """Return what is still possible on the first open axis of a partial code: values with their labels."""
    at = walked.code.index(OPEN)
    values = {c[at]: book.label(c, at + 1) for c in walked.possible}
    return tuple(sorted(values.items()))


def _narrowed(code: str, possible: tuple[str, ...]) -> str:
    """Return a partial code with each open axis filled on which all possible codes agree."""
    return "".join(
        next(iter(values)) if value == OPEN and len(values := {c[n] for c in possible}) == 1 else value
        for n, value in enumerate(code)
    )


def usual(code: str, book: ICD10PCS) -> str | None:
    """Return the plainest code that a partial one leaves possible: for research mode, which must name one.

    Nothing left in place, no qualifier, and the approaches from open to percutaneous; None if the body part is open.
    """
    if OPEN in code[:4]:
        return None
    return min(book.complete(code), key=_plainness, default=None)


def _plainness(code: str) -> tuple[bool, bool, int, str]:
    place = _PLAIN.find(code[4])
    return code[5] != "Z", code[6] != "Z", place if place >= 0 else len(_PLAIN), code


def path(walked: Walked, book: ICD10PCS) -> tuple[str, ...]:
    """Return the way through the tables: each axis with its value, its label and the words that decided it."""
    steps = []
    for (name, value, label), words in zip(book.labels(walked.code), walked.draft.words, strict=True):
        said = f": {words!r}" if words and value != OPEN else ""
        steps.append(f"{name} {value}{f' {label}' if label else ''}{said}")
    return tuple(steps)
