"""Drugs given: billing units from the dose, and the injection or infusion by its hierarchy.

By vein, one service a visit is the first: infusion before push, chemotherapy before other drugs; what follows adds to
it. A drug whose dose is not given has no units: the line says so and asks. What a sentence says of several drugs is told
apart by where it stands: a drug's dose, way and minutes stand behind its name, before the next drug's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import Passage
from chartcode.books import Books
from chartcode.books.hcpcs import Dose

_UNIT = r"(million units|international units|milligrams?|micrograms?|mcg|mgs?|grams?|gm|g|meq|units?|iu|mls?|cc|liters?|l|mci)"
_AMOUNT = re.compile(
    rf"(?<![\w.])(\d[\d,]*(?:\.\d+)?|\.\d+|\b(?:one|two|a)(?= liters?))\s*-?\s*{_UNIT}(?![\w/])(?!\s*(?:/|per)\s*(?:kg|ml|cc))",
    re.IGNORECASE,
)
_VEIN = re.compile(r"\b(?:i\.?\s?v\.?|intravenous\w*|iv push|bolus|drip|infus\w+)(?![a-z])", re.IGNORECASE)
_PUSH = re.compile(r"\bpush\w*|\bbolus", re.IGNORECASE)
_MUSCLE = re.compile(r"\b(?:i\.?m\.?(?=[\s,.;)])|intramuscular\w*|sub-?\s?cu\w*|subq|sub-q|s\.?q\.?(?=[\s,.;)])|s\.?c\.?(?=[\s,.;)])|subcutaneous\w*|shot|injection (?:of|today)|deltoid|gluteal|gluteus)", re.IGNORECASE)  # fmt: skip
_INFUSED = re.compile(
    r"\binfus\w+|\bdrip\b|\bover (?:\w+ )?(?:(\d+)\s*)?(?:minutes?|hours?|hrs?|an hour|one hour)|\bpiggyback|\bivpb",
    re.IGNORECASE,
)
_OVER = re.compile(r"\b(?:over|for|x)\s*(?:about |approximately )?(?:(\d+(?:\.\d+)?)|(an|one|two|three|four))\s*-?\s*(minutes?|mins?|hours?|hrs?)\b", re.IGNORECASE)  # fmt: skip
_GIVEN = re.compile(r"\b(?:given|gave|receiv\w+|administer\w*|inject\w*|infus\w+|bolus\w*|shot)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\blast (?:received|given|dose|injection)\b|\bago\b|\bon \d{1,2}[/-]\d", re.IGNORECASE)
_FOR_A_PROCEDURE = re.compile(r"\bpremedicat\w*|\bsedat\w+|\banesthe\w+", re.IGNORECASE)
"""What is given so that a procedure can be done is part of it."""
_WASTED = re.compile(r"\b(?:wasted|discarded|waste)\b[^.]{0,30}?(\d+(?:\.\d+)?)\s*(mg|mcg|g|units?|ml)|(\d+(?:\.\d+)?)\s*(mg|mcg|g|units?|ml)\s*(?:was |were )?(?:wasted|discarded)", re.IGNORECASE)  # fmt: skip
_NO_WASTE = re.compile(
    r"\bno (?:drug |medication |amount )?(?:was |were )?(?:waste|discard)\w*|\bnothing was (?:wasted|discarded)"
    r"|\bsingle[- ](?:dose|use) vial[^.]{0,40}(?:entire|whole|all|used)|\b(?:entire|whole) (?:single[- ](?:dose|use) )?vial",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\bjoint|\bbursa|\btendon|\bepidural|\bfacet|\bnerve block|\bintra-?articular|\btrigger|\bknee\b|\bshoulder\b|\bheel\b|\blesion|\bintravitreal|\bplantar|\bfascia\w*|\bfoot\b|\bmixture\b", re.IGNORECASE)  # fmt: skip
WAYS = frozenset(("96360", "96365", "96374", "96401", "96402", "96409", "96413"))
"""The numbers for giving a drug that stand first."""
_FLUIDS = ("J7030", "J7040", "J7050", "J7060", "J7120", "J7121")
_INHALED = "J76"
_BEHIND = 25
_COUNTED = {"one": "1", "a": "1", "two": "2"}
_NUMBERS = {"an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0}
_CHEMOTHERAPY = re.compile(r"J9\d{3}|J1745|J9312|Q51\d\d|J3380|J3262|J0129|J3357")


def is_drug(code: str) -> bool:
    """Tell whether a HCPCS code is of a drug that is given: J codes and biosimilars."""
    return code[0] == "J" or code.startswith(("Q51", "Q013", "Q205"))


def given(lines: Iterable[Line], books: Books) -> list[Line]:
    """Return the drugs of which a sentence says that they were given by needle, with units and JW or JZ."""
    kept = []
    for one in lines:
        text = one.passages[0].text
        if not _GIVEN.search(text) or _BEFORE.search(text) or _FOR_A_PROCEDURE.search(text):
            continue
        by_needle = _VEIN.search(text) or _MUSCLE.search(text) or re.search(r"inject|infus", text, re.IGNORECASE)
        if not by_needle and books.hcpcs.dose(one.code) is None and one.code not in _FLUIDS:
            continue
        _count(one, books)
        if one.sure or (by_needle and not (one.code in _FLUIDS or one.code.startswith(_INHALED))):
            kept.append(one)
    return kept


def _count(one: Line, books: Books) -> None:
    """Set a drug's billing units from the dose that its sentence gives, and what was discarded, in place."""
    text, start = one.passages[0].text, one.passages[0].start
    at = one.mentions[0].span.start - start
    unit = books.hcpcs.dose(one.code)
    end = one.mentions[0].span.end - start
    # A dose stands behind its drug; one before it is mostly that of the drug before.
    doses = [(m.start() - end if m.start() >= at else at - m.end() + _BEHIND, m) for m in _AMOUNT.finditer(text)]
    comparable = [
        (d, m, dose)
        for d, m in doses
        if (dose := Dose.of(_COUNTED.get(m[1].lower(), m[1]), m[2])) and unit and unit.units(dose)
    ]
    if not comparable or unit is None:
        one.sure = False
        one.reasons.append("the dose is not given in the drug's unit: ask for it; one unit stands in")
        return
    _, match, dose = min(comparable, key=lambda c: c[0])
    one.units = unit.units(dose) or 1
    one.reasons.append(f"{match.group().strip()} in units of {unit.amount:g} {unit.unit}: {one.units}")
    if _NO_WASTE.search(_and_after(one)) and not _WASTED.search(_and_after(one)):
        one.modifiers = (*one.modifiers, "JZ")


def discarded(drugs: Iterable[Line], books: Books) -> Iterator[Line]:
    """Yield, for each drug of which some was discarded, a line of its units with JW.

    Medicare Claims Processing Manual, chapter 17, 40: the amount discarded goes on a line of its own.
    """
    for one in drugs:
        unit, found = books.hcpcs.dose(one.code), _WASTED.search(_and_after(one))
        dose = Dose.of(found[1] or found[3], found[2] or found[4]) if found else None
        units = unit.units(dose) if unit and dose else None
        if found and units:
            passage, words = one.passages[0], one.mentions[0].span
            told = f"JW: {found[1] or found[3]} {found[2] or found[4]} discarded"
            yield line(one.code, passage, (words.start, words.end), told, units=units, modifiers=("JW",))


_AFTER = 110
"""Characters of the next sentence, in which waste is told."""


def _and_after(one: Line) -> str:
    """Return a drug's sentence from its name on, with the beginning of the next."""
    passage = one.passages[0]
    return passage.document.text[one.mentions[0].span.start : passage.end + _AFTER]


def _clause(one: Line, drugs: Iterable[Line]) -> str:
    """Return what a drug's sentence says of it: from its name to the next drug's, the whole where that says no way."""
    passage, words = one.passages[0], one.mentions[0].span
    others = [d.mentions[0].span.start for d in drugs if d.passages[0] is passage and d.code != one.code]
    end = min((at for at in others if at >= words.end), default=passage.end)
    part = passage.document.text[words.start : end]
    return part if _VEIN.search(part) or _MUSCLE.search(part) else passage.text


def administrations(drugs: list[Line]) -> Iterator[Line]:
    """Yield how the drugs were given: injections, and by vein one first service and what adds to it."""
    by_vein: list[tuple[int, Line, float]] = []
    for one in drugs:
        text = _clause(one, drugs)
        minutes = 0.0 if _PUSH.search(text) and not _INFUSED.search(text) else _minutes(text)
        if one.code in _FLUIDS:
            if minutes >= 31:
                by_vein.append((3, one, minutes))
        elif _VEIN.search(text) and not _MUSCLE.search(text):
            infused = _INFUSED.search(text) is not None and minutes >= 16
            chemo = _CHEMOTHERAPY.fullmatch(one.code) is not None
            by_vein.append(((0 if chemo else 1) if infused else 2, one, minutes))
        elif _MUSCLE.search(text) and not _LOCAL.search(text):
            yield _beside(one, "96372", 1, "injected under the skin or into a muscle")
    by_vein.sort(key=lambda b: (b[0], -b[2]))
    for n, (rank, one, minutes) in enumerate(by_vein):
        first, later = {0: ("96413", "96417"), 1: ("96365", "96367"), 2: ("96374", "96375"), 3: ("96360", "96361")}[
            rank
        ]
        hours = int((minutes - 60 + 29) // 60) if minutes >= 91 else 0
        more = {0: "96415", 1: "96366", 3: "96361"}.get(rank)
        if n and later == more:
            yield _beside(one, later, 1 + hours, f"by vein, further, {minutes:g} minutes")
            continue
        yield _beside(one, later if n else first, 1, "by vein, further" if n else "by vein, the first service")
        if hours and more:
            yield _beside(one, more, hours, f"{minutes:g} minutes")


def _minutes(text: str) -> float:
    found = _OVER.search(text)
    if found is None:
        return 0.0
    amount = float(found[1]) if found[1] else _NUMBERS[found[2].lower()]
    return amount * (60 if found[3].lower().startswith("h") else 1)


def _beside(drug: Line, code: str, units: int, reason: str) -> Line:
    passage: Passage = drug.passages[0]
    words = drug.mentions[0].span
    return line(code, passage, (words.start, words.end), f"{reason}: {drug.code}", units=units)
