"""The code of chapter 15 for the time at which the patient is: trimester, childbirth, puerperium; and for the fetus.

Titles of one condition differ in words of time alone ("Anemia complicating pregnancy, third trimester", "Anemia
complicating childbirth"), so the neighbors of a code are found by its title without them. Guidelines I.C.15.a.3 to 6:
the trimester is that of the encounter; where the patient is delivered and there is a code for childbirth, it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from chartcode.assign.maternity import CHILDBIRTH, PUERPERIUM, Maternity
from chartcode.books import ICD10CM

_TIME = re.compile(
    r"(?P<nth>first|second|third|unspecified) trimester"
    r"|(?:in|complicating|during|associated with) (?:the )?(?P<time>pregnancy|childbirth|puerperium|labor)\b"
    r"|(?P<term>preterm|full-term)? ?premature rupture of membranes|(?P<weeks>, unspecified weeks of gestation)"
)
_TRIMESTERS = {"first": "1st", "second": "2nd", "third": "3rd"}
_UNKNOWN = "unspecified"
_JOINTS = re.compile(r"[\W_]+")
_TERM = 37
_FULL = 8
_FETUS = re.compile(
    r"\b(?:twin|baby|fetus|triplet|infant)\s?#?\s?(a|b|c|d|1|2|3|4|one|two|three)\b|\b(first|second|third)\s(?:twin|baby|fetus|triplet)\b"
)
_NUMBERS = {
    "a": "1",
    "b": "2",
    "c": "3",
    "d": "4",
    "one": "1",
    "two": "2",
    "three": "3",
    "first": "1",
    "second": "2",
    "third": "3",
}
_LABOR_THEN_BIRTH = {"2nd": "O60.12X0", "3rd": "O60.14X0"}


def _read(title: str) -> tuple[str, str]:
    """Return a title without its words of time, and the time: a trimester, childbirth, puerperium, pregnancy or none."""
    time, membranes = "", ""
    for match in _TIME.finditer(title):
        if match["nth"]:
            time = _TRIMESTERS.get(match["nth"], _UNKNOWN)
        elif match["time"]:
            time = time or {"labor": CHILDBIRTH}.get(match["time"], match["time"])
        elif match["term"]:
            membranes = match["term"]
        elif match["weeks"]:
            time = _UNKNOWN
    bare = _JOINTS.sub(" ", _TIME.sub(lambda m: "prom" if "rupture" in m[0] else "", title)).strip()
    return bare, "full-term" if membranes == "full-term" else time


@lru_cache(maxsize=2_000)
def _neighbors(category: str, book: ICD10CM) -> Mapping[str, Mapping[str, str]]:
    """Return the codes of a category by their titles without words of time, then by time."""
    found: dict[str, dict[str, str]] = {}
    for code in book.leaves(category):
        bare, time = _read(book.title(code).lower())
        found.setdefault(bare, {}).setdefault(time, code)
    return found


def staged(code: str, said: Maternity, book: ICD10CM) -> str:
    """Return the code for the time of the patient: the code itself where the book makes no difference."""
    if code.startswith(("O60", "O47.0")) and said.stage == CHILDBIRTH and said.trimester in _LABOR_THEN_BIRTH:
        early = said.weeks is not None and said.weeks < _TERM
        if not code.startswith("O60.1") or early:
            return _LABOR_THEN_BIRTH[said.trimester] if early else code
    bare, time = _read(book.title(code).lower())
    if not time:
        return code
    by_time = _neighbors(code[:3], book).get(bare, {})
    for wanted in _wanted(said):
        if wanted in by_time and book.valid(by_time[wanted]):
            return by_time[wanted]
    return code


def _wanted(said: Maternity) -> tuple[str, ...]:
    """Return the times to look for, best first."""
    if said.stage == PUERPERIUM:
        return (PUERPERIUM,)
    full = ("full-term",) if said.weeks is not None and said.weeks >= _TERM else ()
    trimester = (said.trimester,) if said.trimester else ()
    return (CHILDBIRTH, *full, *trimester) if said.stage == CHILDBIRTH else (*full, *trimester, "pregnancy")


def of_fetus(code: str, sentence: str, book: ICD10CM) -> str:
    """Return the code for the fetus that a sentence in small letters names, where codes tell fetuses apart."""
    number = _FETUS.search(sentence)
    if number is None or len(code) != _FULL or "fetus" not in book.title(f"{code[:7]}1").lower():
        return code
    name = number[1] or number[2]
    other = code[:7] + _NUMBERS.get(name, name)
    return other if book.valid(other) else code
