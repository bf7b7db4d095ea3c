"""Which codes a note of the tabular list points at.

A note says ``(E08-E13 with .51-.52)`` or ``(T36-T50 with fifth or sixth character 5)``. ``read`` turns its text into
targets in one spelling; ``parse`` turns such a target into a range of the list and a pattern on a code's characters.

A target in our spelling is ``FIRST``, ``FIRST-LAST``, or either with one condition:

    E08-E13 with .51, .52                          the characters after the dot begin with one of these
    T36-T50 with fifth or sixth character 5        the character of intent: the sixth, or the fifth if the sixth is X
    V01-V09 with 5th character 9                   likewise 6th and 7th; several as "1-4" or "B, C"
    I69 with 5th and 6th characters 23             both

A code stands for itself and everything below it, whether the book writes a dash after it or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chartcode.model.code import CATEGORY

CODE = rf"{CATEGORY}(?:\.[0-9A-Z]{{1,4}})?(?![0-9A-Za-z])"

_ITEM = re.compile(rf"\b({CODE})(?:\.(?=-{CODE})|\.-|\.(?!\d)|-(?!\s*{CODE}))?(?:\s*(?:-|\bto\b)\s*({CODE}))?")
_GROUP = re.compile(r"\(([^()]*)\)?")
_CONDITION = re.compile(
    r",?\s*with\s+(?=(?:fifth|sixth|seventh|final|open fracture|ketoacidosis|\dth\b|\.\d))(.*)$", re.DOTALL
)

_MISPRINTS = {
    # A list of five subcategories, one for each cause of the sequelae; the book lost three of its commas.
    "I69.01-I69.11-, I69.21-I69.31-, I69.81- I69.91-": "I69.01-, I69.11-, I69.21-, I69.31-, I69.81-, I69.91-",
}

_OPEN_FRACTURE = "B, C, E, F, H, J, M, N, Q, R"
"""Seventh characters of open fractures of the forearm (the note at S52's neighbours names them by meaning)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A range of the tabular list and a condition on a code's characters, written without its dot."""

    first: str
    last: str
    pattern: re.Pattern[str] | None = None

    def allows(self, code: str) -> bool:
        """Tell whether a code within the range meets the condition."""
        return self.pattern is None or self.pattern.match(code.replace(".", "")) is not None


def read(text: str) -> tuple[str, ...]:
    """Return the targets that a note's text names, in our spelling and in the text's order.

    Where the text puts codes into parentheses, those are the targets; else the codes that stand free in it. A note
    that names the codes it applies *to* ("for codes G31.0-G31.83 ...") has none.

    >>> read("gangrene in diabetes mellitus (E08-E13 with .52)")
    ('E08-E13 with .52',)
    """
    groups = [g for g in _GROUP.findall(text) if _ITEM.search(_MISPRINTS.get(g.strip(), g))]
    if not groups and "for codes" not in text:
        groups = [text]
    return tuple(dict.fromkeys(t for group in groups for t in _items(_MISPRINTS.get(group.strip(), group))))


@lru_cache(maxsize=20_000)
def parse(target: str) -> Target:
    """Return a target in our spelling as a range and a pattern.

    Raises:
        ValueError: it is not in our spelling.
    """
    span, _, condition = target.partition(" with ")
    first, _, last = span.partition("-")
    if not re.fullmatch(CODE, first) or (last and not re.fullmatch(CODE, last)):
        raise ValueError(f"{target!r} does not name a code or a range of codes; write it like I10 or E08-E13")
    return Target(first, last or first, _pattern(condition) if condition else None)


def _items(group: str) -> list[str]:
    ending = _CONDITION.search(group)
    condition = ""
    if ending:
        spelled = _condition(ending[1].strip().lower())
        if spelled is None:
            return []
        condition, group = spelled, group[: ending.start()]
    return [
        (first if not last or last == first else f"{first}-{last}") + condition for first, last in _ITEM.findall(group)
    ]


def _condition(words: str) -> str | None:
    """Return a condition in our spelling, '' if it restricts nothing, None if it is not understood."""
    if words.endswith("to indicate intent"):
        return ""
    if words.startswith("ketoacidosis"):
        return " with .1"  # E08.1-, E09.1-, E10.1-, E11.1-, E13.1-
    if words.startswith("open fracture"):
        return f" with 7th character {_OPEN_FRACTURE}"
    if match := re.match(r"(?:fifth or six(?:th)?|final) character ([0-9].*)", words):
        return f" with fifth or sixth character {_listed(match[1])}"
    if match := re.match(r"(?:final|fifth to sixth) characters -?(\d\d)\b", words):
        return f" with 5th and 6th characters {match[1]}"
    if match := re.match(r"(fifth|sixth|seventh|[567]th)[ -]character \.?(\w.*)", words):
        place = {"fif": "5", "six": "6", "sev": "7"}.get(match[1][:3], match[1][0])
        return f" with {place}th character {_listed(match[2])}"
    if endings := re.findall(r"\.([0-9A-Z]+)", words.upper()):
        return " with " + ", ".join(f".{e}" for e in endings)
    return None


def _listed(words: str) -> str:
    return ", ".join(re.findall(r"\b[0-9A-Z](?:-[0-9A-Z])?\b", words.upper().replace(" OR ", ", ")))


def _pattern(condition: str) -> re.Pattern[str]:
    if condition.startswith("."):
        return re.compile("...(?:" + "|".join(re.findall(r"\.([0-9A-Z]+)", condition)) + ")")
    words, _, values = condition.replace("characters", "character").partition(" character ")
    if words == "5th and 6th":
        return re.compile("...." + re.escape(values))
    allowed = "[" + values.replace(", ", "") + "]"
    if words == "fifth or sixth":
        return re.compile(rf"....(?:.{allowed}|{allowed}(?:$|X))")
    if re.fullmatch("[567]th", words) and values:
        return re.compile("." * (int(words[0]) - 1) + allowed)
    raise ValueError(f"{condition!r} is not a condition of a target; see chartcode.books.icd10cm.targets")
