"""Conditions that the classification joins: hypertension with heart and kidney disease, diabetes with its complications.

Guidelines I.A.15 ("with") and I.C.9.a: the causal relation is presumed unless the record says otherwise. I.B.9: one
combination code where it says all. The parts that still have to be reported (the type of heart failure, the stage of
kidney disease) stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.chart import AFFIRMED


@dataclass(frozen=True, slots=True)
class Join:
    """Two conditions that make one code; ``keep`` says which of the two is still reported beside it."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    makes: str
    keep: tuple[bool, bool]
    source: str


_H = "Guidelines I.C.9.a"
_W = "Guidelines I.A.15 and I.C.4.a"
_HEART = ("I50", "I51.4", "I51.5", "I51.7", "I51.81", "I51.89", "I51.9")
_END_STAGE = ("N18.5", "N18.6")
_CKD = ("N18.1", "N18.2", "N18.3", "N18.4", "N18.9")
_DM2 = ("E11.9", "E11.65", "E11.8")
_DM1 = ("E10.9", "E10.65", "E10.8")

JOINS: tuple[Join, ...] = (
    Join(("I10", "I11.9"), ("I50",), "I11.0", (False, True), _H),
    Join(("I10",), ("I51.4", "I51.5", "I51.7", "I51.89", "I51.9"), "I11.9", (False, True), _H),
    Join(("I10", "I12.9"), _END_STAGE, "I12.0", (False, True), _H),
    Join(("I10",), _CKD, "I12.9", (False, True), _H),
    Join(("I11.0",), _END_STAGE, "I13.2", (False, True), _H),
    Join(("I11.0",), _CKD, "I13.0", (False, True), _H),
    Join(("I11.9",), _END_STAGE, "I13.11", (False, True), _H),
    Join(("I11.9",), _CKD, "I13.10", (False, True), _H),
    *(
        Join(diabetes, part, f"{stem}.{tail}", (diabetes != dm, keep), _W)
        for dm, stem in ((_DM2, "E11"), (_DM1, "E10"))
        for diabetes in (dm,)
        for part, tail, keep in (
            (("N18",), "22", True),
            (("G62.9", "G60.9"), "42", False),
            (("G90.09", "G90.9"), "43", False),
            (("K31.84",), "43", True),
            (("I73.9", "I70.20"), "51", False),
            (("I70.23", "I70.24", "I70.25", "L97"), "621", True),
            (("H35.00",), "319", False),
            (("N05", "N04", "N08"), "21", False),
            (("M14.6",), "610", False),
            (("M86",), "69", True),
            (("I96",), "52", False),
            (("E16.2",), "649", False),
            (("R73.9",), "65", False),
        )
    ),
    Join(("E11.21",), ("N18",), "E11.22", (False, True), _W),
    Join(("E10.21",), ("N18",), "E10.22", (False, True), _W),
    Join(("J44.9",), ("J18", "J15", "J13", "J14", "J20", "J22"), "J44.0", (False, True), "tabular note at J44.0"),
    Join(("J44.1",), ("J18", "J15", "J13", "J14", "J20", "J22"), "J44.0", (True, True), "tabular note at J44.0"),
    Join(("N40.0",), ("R33", "R35", "R39.1", "N13.8", "N32.0"), "N40.1", (False, True), "Guidelines I.A.15"),
    Join(("I25.10",), ("I20.0",), "I25.110", (False, False), "Guidelines I.C.9.b"),
    Join(("I25.10",), ("I20.9", "I20.89"), "I25.119", (False, False), "Guidelines I.C.9.b"),
    Join(("K80.20",), ("K81.0",), "K80.00", (False, False), "Guidelines I.B.9"),
    Join(("K80.20",), ("K81.1",), "K80.10", (False, False), "Guidelines I.B.9"),
    Join(("K80.20",), ("K81.9",), "K80.10", (False, False), "Guidelines I.B.9"),
    Join(("K80.20",), ("K81.2",), "K80.12", (False, False), "Guidelines I.B.9"),
    *(
        Join(("K80.50",), (gallbladder,), duct, (False, False), "Guidelines I.B.9")
        for gallbladder, duct in (
            *(("K81.0", "K80.42"), ("K81.1", "K80.44"), ("K81.2", "K80.46"), ("K81.9", "K80.40"), ("K80.20", "K80.70")),
            *(("K80.00", "K80.62"), ("K80.10", "K80.64"), ("K80.12", "K80.66")),
        )
    ),
    *(
        Join(worn, (f"M54.1{region}", *legs), made, (False, False), "Guidelines I.A.15")
        for region, legs in (("2", ()), ("3", ()), ("4", ()), ("5", ()), ("6", ("M54.3", "M54.4")), ("7", ("M54.3", "M54.4")))
        for worn, made in (
            ((f"M47.81{region}", f"M47.89{region}"), f"M47.2{region}"),
            ((f"M51.2{region}", f"M51.3{region}"), f"M51.1{region}"),
        )
    ),
    *(
        Join((f"M50.2{level}", f"M50.3{level}"), ("M54.12",), f"M50.1{level}", (False, False), "Guidelines I.A.15")
        for level in ("0", "1", "20", "21", "22", "23")
    ),
    Join(("K57.30",), ("K57.91",), "K57.31", (False, False), "Guidelines I.B.9"),
    Join(("K57.32",), ("K57.93",), "K57.33", (False, False), "Guidelines I.B.9"),
    Join(("R11.0",), ("R11.10", "R11.11"), "R11.2", (False, False), "Guidelines I.B.9"),
    Join(("N20.0",), ("N20.1",), "N20.2", (False, False), "Guidelines I.B.9"),
    Join(("N13.30",), ("N20",), "N13.2", (False, False), "Guidelines I.B.9"),
)  # fmt: skip


_ENOUGH = 0.45
"""A part joins only if an engine stands behind it at least this much."""


def _bearer(standing: list[Candidate], prefixes: tuple[str, ...]) -> Candidate | None:
    fit = [c for c in standing if c.code.startswith(prefixes) and c.best.confidence >= _ENOUGH]
    fit = [c for c in fit if not _another_reading(c, standing)]
    return max(fit, key=lambda c: c.best.confidence, default=None)


def _another_reading(candidate: Candidate, standing: list[Candidate]) -> bool:
    """Tell whether the Index reads a candidate's words as another code of its category: it joins with that one."""
    if any(p.by != "learned" for p in candidate.proposals):
        return False
    named = (c for c in standing if c.code[:3] == candidate.code[:3] and any(p.by == "index" for p in c.proposals))
    return any(_inside(candidate, other) for other in named)


def combinations(standing: list[Candidate], book: ICD10CM) -> list[Candidate]:
    """Return the combination codes that standing candidates make, not yet among them; evidence of both parts is theirs."""
    known = {c.code: c for c in standing}
    made: list[Candidate] = []
    for rule in JOINS:
        one = _bearer([*standing, *made], rule.one)
        other = _bearer([*standing, *made], rule.other) if one else None
        if one is None or other is None or one is other or not book.valid(rule.makes):
            continue
        if other.code.startswith("I51") and not other.asserted(AFFIRMED):  # heart disease that somebody once had
            continue
        if _inside(one, other) and _inside(other, one):  # two readings of the same words are no two conditions
            continue
        why = f"{one.code} with {other.code}: {rule.source}"
        if rule.makes in known:
            known[rule.makes].reasons.append(why)
            continue
        proposals = [recoded(p, rule.makes, "with", book, rule.source) for part in (one, other) for p in part.proposals]
        candidate = known[rule.makes] = Candidate(rule.makes, proposals)
        candidate.reasons.append(why)
        made.append(candidate)
    return made


def promote(reported: list[Candidate], weighed: list[Candidate], book: ICD10CM) -> None:
    """Report each combination whose two parts are reported, in place: the classification presumes their relation."""
    for rule in JOINS:
        whole = next((c for c in weighed if c.code == rule.makes), None)
        if whole is None or any(c.code == rule.makes for c in reported) or not book.valid(rule.makes):
            continue
        parts = [
            max((c for c in reported if c.code.startswith(p)), key=lambda c: c.score, default=None)
            for p in (rule.one, rule.other)
        ]
        if parts[0] is not None and parts[1] is not None and parts[0] is not parts[1]:
            whole.why = ""
            whole.score = max(whole.score, min(parts[0].score, parts[1].score))
            reported.append(whole)


def absorb(reported: list[Candidate], book: ICD10CM) -> None:
    """Let each reported combination absorb the parts that are not reported beside it, in place."""
    by_code = {c.code: c for c in reported}
    for rule in JOINS:
        whole = by_code.get(rule.makes)
        if whole is None or whole.why or not book.valid(rule.makes):
            continue
        for prefixes, keep in zip((rule.one, rule.other), rule.keep, strict=True):
            for part in reported:
                if not keep and part is not whole and not part.why and part.code.startswith(prefixes):
                    why, said = f"part of {rule.makes} ({rule.source})", f"part of the combination ({rule.source})"
                    part.yield_to(whole, why, said)
                    for other in reported:  # another reading of words that the combination has taken
                        if (
                            other is not whole
                            and not other.why
                            and _inside(other, part)
                            and other.code[:3] == part.code[:3]
                        ):
                            other.yield_to(whole, why, said)


def _inside(one: Candidate, other: Candidate) -> bool:
    """Tell whether a candidate rests on another one's words alone."""
    return {m.span for m in one.mentions} <= {m.span for m in other.mentions}


_WORTH_ASKING = 0.25


def complete(reported: list[Candidate], weighed: list[Candidate], book: ICD10CM) -> None:
    """Report beside each reported combination the part that the classification still asks for, in place.

    J44.0 wants the code of the infection, I11.0 the type of heart failure, E11.22 the stage: without it the combination
    is half said (Guidelines I.A.17, "use additional code").
    """
    by_code = {c.code for c in reported if not c.why}
    for rule in JOINS:
        if rule.makes not in by_code or not book.valid(rule.makes):
            continue
        for prefixes, keep in zip((rule.one, rule.other), rule.keep, strict=True):
            if not keep or any(code.startswith(prefixes) for code in by_code):
                continue
            parts = [c for c in weighed if c.code.startswith(prefixes) and c.score >= _WORTH_ASKING]
            part = max(parts, key=lambda c: (c.score, c.code), default=None)
            if part is not None:
                part.why = ""
                part.reasons.append(f"{rule.makes} asks for it")
                reported.append(part)
                by_code.add(part.code)


def hypertensive(reported: list[Candidate], weighed: list[Candidate], book: ICD10CM) -> None:
    """Let one code say hypertension with the heart and kidney disease that is reported (Guidelines I.C.9.a.1 to 3)."""
    pressure = [c for c in reported if c.code.startswith(("I10", "I11", "I12", "I13")) and not c.why]
    failure = any(c.code.startswith("I50") and not c.why for c in reported)
    heart = failure or any(c.code.startswith(_HEART) and not c.why for c in reported)
    kidney = any(c.code.startswith("N18") and not c.why for c in reported)
    last = any(c.code.startswith(_END_STAGE) and not c.why for c in reported)
    if not pressure or not (heart or kidney):
        return
    if heart and kidney:
        wanted = ("I13.2" if last else "I13.0") if failure else ("I13.11" if last else "I13.10")
    elif heart:
        wanted = "I11.0" if failure else "I11.9"
    else:
        wanted = "I12.0" if last else "I12.9"
    kept = next((c for c in weighed if c.code == wanted), None)
    if kept is None or not book.valid(wanted):
        return
    kept.why = ""
    kept.score = max(kept.score, *(c.score for c in pressure))
    if kept not in reported:
        reported.append(kept)
    for other in pressure:
        if other is not kept:
            other.yield_to(kept, f"part of {wanted} ({_H})", f"part of the combination ({_H})")
