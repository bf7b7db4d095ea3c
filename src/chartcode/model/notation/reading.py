"""From the notation to cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chartcode.model.case import (
    ADMITTING,
    BILLING,
    FIRST_LISTED,
    MENTIONS,
    PRINCIPAL,
    SECONDARY,
    Case,
    Decision,
    Diagnosis,
    Entry,
    Procedure,
)
from chartcode.model.chart import ASSERTIONS, FACT_KINDS, INPATIENT, SETTINGS, Chart, Encounter, Fact, Patient
from chartcode.model.code import CPT, HCPCS, ICD10PCS, SYSTEMS, Code, icd10cm, looks_like_icd10cm
from chartcode.model.notation import visit
from chartcode.model.notation.line import Line, NotationError
from chartcode.model.notation.page import Page

NAME = "case"
ROLES = (PRINCIPAL, FIRST_LISTED, SECONDARY)
POA = ("Y", "N", "U", "W", "1")
ACTS = ("accept", "reject", "add", "override")
FACTS = {"med": "medication"} | {kind: kind for kind in FACT_KINDS}
_SHAPES = (
    (re.compile(r"\d{4}[0-9A-Z]"), CPT),
    (re.compile(r"[A-V]\d{4}"), HCPCS),
    (re.compile(r"[0-9A-HJ-NP-Z]{7}"), ICD10PCS),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """``! rule/id``: this rule is to fault that entry, or, where ``on`` is None, the case as a whole."""

    rule: str
    on: Entry | None
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A case and the marks that its text carries."""

    case: Case = field(repr=False)
    marks: tuple[Mark, ...] = ()


def read(text: str) -> Iterator[Marked]:
    """Yield the cases of a text; blank lines part them, and lines that begin with ``#`` are remarks.

    Raises:
        NotationError: a line is not in the notation; the message names the line and what was expected.
    """
    block: list[Line] = []
    for number, raw in enumerate([*text.split("\n"), ""], start=1):
        line = Line(raw.strip(), number)
        if line.text and not line.text.startswith("#"):
            block.append(line)
        elif not line.text and block:
            yield _case(block)
            block = []


def one(text: str) -> Case:
    """Return the one case of a text.

    Raises:
        NotationError: as ``read``, or the text holds no case or several.
    """
    cases = list(read(text))
    if len(cases) != 1:
        raise NotationError(f"expected one case, but the text holds {len(cases)}; a blank line ends a case")
    return cases[0].case


def _case(block: Sequence[Line]) -> Marked:
    """Return the case that a block of lines describes."""
    header, rules = block[0].marked()
    chart, mode = _header(Line(header, block[0].number))
    marks: list[tuple[str, int | None, int]] = [(rule, None, block[0].number) for rule in rules]
    page = Page(line for line in block[1:] if line.verb == "note")
    entries: list[Entry] = []
    facts: list[Fact] = []
    for line in block[1:]:
        if line.verb == "note":
            continue
        if line.verb == "fact" or line.verb in FACTS:
            facts.append(_fact(line))
            continue
        body, rules = line.marked()
        marks += [(rule, len(entries), line.number) for rule in rules]
        entries.append(_entry(Line(body, line.number), page))
    done = with_roles(entries, chart.encounter.setting)
    chart = replace(chart, documents=(page.document(),) if page.text else (), facts=tuple(facts))
    return Marked(
        Case(chart, done, mode=mode),
        tuple(Mark(rule, None if at is None else done[at], number) for rule, at, number in marks),
    )


def with_roles(entries: Sequence[Entry], setting: str) -> tuple[Entry, ...]:
    """Make the first diagnosis without a role the principal or first-listed one, unless a line says which it is."""
    first = PRINCIPAL if setting == INPATIENT else FIRST_LISTED
    taken = any(isinstance(entry, Diagnosis) and entry.role in (PRINCIPAL, FIRST_LISTED) for entry in entries)
    done: list[Entry] = []
    for entry in entries:
        if isinstance(entry, Diagnosis) and not entry.role:
            done.append(replace(entry, role=SECONDARY if taken else first))
            taken = True
        else:
            done.append(entry)
    return tuple(done)


def _header(line: Line) -> tuple[Chart, str]:
    """Read ``inpatient 2025-11-03 2025-11-07, F 67, disposition 20``."""
    head, *items = (item.strip() for item in line.text.split(","))
    setting, *days = head.split() or [""]
    if setting not in SETTINGS:
        raise line.error(f"a case to begin with its setting ({', '.join(SETTINGS)})", setting)
    if len(days) > 2:
        raise line.error("at most a first and a last day after the setting", head)
    dates = [line.day(day) for day in days]
    if len(dates) == 2 and dates[1] < dates[0]:
        raise line.error("a last day that is not before the first", head)
    first, last = (*dates, None, None)[:2]
    chart, mode = Chart(NAME, encounter=Encounter(setting, first, last)), BILLING
    for item in items:
        if item == MENTIONS:
            mode = MENTIONS
        else:
            chart = _with_item(chart, item, line)
    return chart, mode


def _with_item(chart: Chart, item: str, line: Line) -> Chart:
    """Read one item of the first line."""
    word, _, value = item.partition(" ")
    patient = chart.patient
    if word in ("F", "M"):
        years = line.count(value, "an age in years") if value else patient.age
        return replace(chart, patient=replace(patient, sex=word, age=years))
    if word == "age":
        return replace(chart, patient=_aged(patient, value, line))
    if word == "born":
        return replace(chart, patient=replace(patient, born=line.day(value)))
    if word in ("disposition", "payer", "facility", "provider", "specialty") and value:
        return replace(chart, encounter=replace(chart.encounter, **{word: value}))  # type: ignore[arg-type]
    if word == "id" and value:
        return replace(chart, id=value)
    raise line.error("F, M, age N, age N days, born DAY, disposition NN, payer X, id X or mentions", item)


def _aged(patient: Patient, value: str, line: Line) -> Patient:
    """Read ``67`` or ``3 days``; days give completed years too, where none are given."""
    number, _, unit = value.partition(" ")
    count = line.count(number, "an age, such as 67 or 3 days")
    if unit in ("", "years"):
        return replace(patient, age=count)
    if unit in ("day", "days"):
        return replace(patient, age_days=count, age=count // 365 if patient.age is None else patient.age)
    raise line.error("an age in years or days", value)


def _entry(line: Line, page: Page) -> Entry:
    """Read one line that says what is reported or decided."""
    plain, quotations = line.quotations(line.rest)
    evidence = tuple(page.mention(words, tail) for words, tail in quotations)
    if line.verb == "dx":
        return replace(_diagnosis(plain, line), evidence=evidence)
    if line.verb == "admit" and plain.startswith("dx "):
        return replace(_diagnosis(plain[3:], line), role=ADMITTING, evidence=evidence)
    if line.verb == "px":
        return replace(_procedure(plain, line), evidence=evidence)
    if line.verb == "decision":
        return replace(_decision(plain, line), evidence=evidence)
    if line.verb == "visit" and plain:
        return replace(visit.read(plain, line), evidence=evidence)
    raise line.error("dx, admit dx, px, visit LEVEL, note, med, fact or decision at the beginning", line.text)


def _diagnosis(plain: str, line: Line) -> Diagnosis:
    """Read ``I10 secondary poa Y``."""
    code, *words = plain.split() or [""]
    if not looks_like_icd10cm(code):
        raise line.error("an ICD-10-CM code such as E11.42", code)
    role, poa = "", None
    rest = iter(words)
    for word in rest:
        if word in ROLES:
            role = word
        elif word == "poa":
            poa = next(rest, "")
            if poa not in POA:
                raise line.error(f"one of {', '.join(POA)} after poa", poa)
        else:
            raise line.error(f'a role ({", ".join(ROLES)}), poa, or "words of evidence"', word)
    return Diagnosis(icd10cm(code), role=role, poa=poa)


def _procedure(plain: str, line: Line) -> Procedure:
    """Read ``73562 x2 -RT -59 @2025-11-03 -> M17.11``."""
    left, _, right = plain.partition("->")
    value, *words = left.split() or [""]
    system = next((system for shape, system in _SHAPES if shape.fullmatch(value)), None)
    if system is None:
        raise line.error("a PCS (7 characters), CPT (5 digits) or HCPCS (letter and 4 digits) code", value)
    procedure = Procedure(Code(system, value))
    for word in words:
        if word.startswith("x"):
            procedure = replace(procedure, units=line.count(word[1:], "units such as x2"))
        elif word.startswith("-"):
            procedure = replace(procedure, modifiers=(*procedure.modifiers, word[1:]))
        elif word.startswith("@"):
            procedure = replace(procedure, on=line.day(word[1:]))
        else:
            raise line.error("units (x2), a modifier (-RT), a day (@2025-11-03) or pointers (-> CODE)", word)
    for word in right.split():
        if not looks_like_icd10cm(word):
            raise line.error("ICD-10-CM codes after ->", word)
    return replace(procedure, pointers=tuple(icd10cm(word).value for word in right.split()))


def _decision(plain: str, line: Line) -> Decision:
    """Read ``override icd10cm/excludes1 @2025-11-09 by the auditor because the two are unrelated``."""
    before, _, why = plain.partition(" because ")
    before, _, who = before.partition(" by ")
    act, about, *day = before.split() if len(before.split()) > 1 else ["", ""]
    if act not in ACTS or len(day) > 1:
        raise line.error(f"{' | '.join(ACTS)}, a code or a rule's id, then @DAY, by WHO, because WHY", plain)
    on = line.day(day[0].removeprefix("@")) if day else None
    return Decision(act, about, why=why.strip(), who=who.strip(), on=on)


def _fact(line: Line) -> Fact:
    """Read ``med insulin glargine; status: home`` or ``fact lab creatinine; value: 2.1; unit: mg/dL``."""
    kind, rest = line.verb, line.rest
    if kind == "fact":
        kind, _, rest = rest.partition(" ")
    if kind not in FACTS:
        raise line.error(f"a kind of fact ({', '.join(FACTS)})", kind)
    text, *pairs = (part.strip() for part in rest.split(";"))
    if not text:
        raise line.error("the thing in a few words after the kind of fact", line.text)
    fact = Fact(FACTS[kind], text)
    for pair in pairs:
        name, _, value = (part.strip() for part in pair.partition(":"))
        if not name or not value:
            raise line.error("name: value after a semicolon", pair)
        fact = _with_attribute(fact, name, value, line)
    return fact


def _with_attribute(fact: Fact, name: str, value: str, line: Line) -> Fact:
    """Set a field of a fact by its name, or add an attribute."""
    if name == "assertion":
        if value not in ASSERTIONS:
            raise line.error(f"an assertion ({', '.join(ASSERTIONS)})", value)
        return replace(fact, assertion=value)
    if name in ("status", "author"):
        return replace(fact, **{name: value})  # type: ignore[arg-type]
    if name == "on":
        return replace(fact, on=line.day(value))
    if name == "code":
        system, _, code = value.rpartition(" ")
        if looks_like_icd10cm(value):
            return replace(fact, code=icd10cm(value))
        if system not in SYSTEMS:
            raise line.error(f"an ICD-10-CM code, or a system ({', '.join(SYSTEMS)}) and a code", value)
        return replace(fact, code=Code(system, code))
    return replace(fact, attributes=(*fact.attributes, (name, value)))
