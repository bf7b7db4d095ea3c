"""Whether a chart is a mother's, and what it tells of her pregnancy and delivery (Guidelines I.C.15).

Read once a chart and asked by the engine that codes it and by ``settle``: how many weeks, delivered at this encounter or
not, by which way, what was born.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chartcode.assign.circumstances import surroundings
from chartcode.assign.gestation import Weeks, trimester_of, trimester_said, weeks_by_due_date, weeks_said
from chartcode.assign.newborns import is_newborn
from chartcode.model.chart import (
    AFFIRMED,
    FAMILY,
    HISTORICAL,
    HYPOTHETICAL,
    NEGATED,
    OTHER_PERSON,
    POSSIBLE,
    Chart,
    Document,
    Span,
)

PREGNANT, CHILDBIRTH, PUERPERIUM = "pregnancy", "childbirth", "puerperium"

_YOUNGEST, _OLDEST = 9, 64
"""Years: the code editor's ages of maternity."""
_QUICK = re.compile(
    r"pregnan|gestation|gravid|\biup\b|prenatal|antepartum|post ?partum|deliver|cesarean|c-section|trimester|abortion|miscarr|\bg\d"
)
_CURRENT = re.compile(
    r"""\bintrauterine\s(?:twin\s)?pregnan\w+|\biups?\b|\b(?:is|she's|currently)\s(?:\w+\s){0,3}pregnant\b|\bpregnant\s(?:with|at|female|woman|patient|lady|white|black)
    |\bpregnancy\sat\s|\b(?:weeks?|wks?)'?\s(?:of\s)?(?:pregnan\w+|gestation\w*|iup|ega|estimated\sgestational)|\bweeks?\s(?:and\s)?\d\sdays?
    |\b(?:primi|multi)?gravida\b[^.\n]{0,40}\b(?:weeks|trimester|at\s\d)|\bg\s?\d+,?\s?p\s?\d[\d-]*[^.\n]{0,40}\b(?:weeks|at\s\d\d|wks|\d\dw\d)
    |\bprenatal\s(?:visit|care\svisit|check)|\b(?:ob|obstetric(?:al)?)\s(?:visit|check|follow)|\bantepartum\b|\bundelivered\b|\b(?:in|active|preterm|early|spontaneous)\slabor\b
    |\b(?:edc|edd|estimated\sdate\sof\s(?:confinement|delivery))\b|\b(?:first|second|third)\strimester\b|\bhyperemesis\sgravidarum\b
    |\bfetal\s(?:movements?|heart\s(?:rate|tones?)|demise|kick)|\b(?:term|twin|preterm|triplet|ectopic|tubal|molar|high[- ]risk|teen|first|normal|viable|live)\s(?:\w+\s)?pregnancy\b|\bin\spregnancy\b
    |\b(?:missed|incomplete|threatened|inevitable|spontaneous|septic|complete)\s(?:spontaneous\s)?(?:abortion|miscarriage|ab)\b|\bpregnant\b[^.\n]{0,30}\b\d{1,2}\sweeks
    |\bstages?\sof\s(?:her\s)?(?:gestation|pregnancy)\b|\bpre-?eclampsia\b|\bgestational\sdiabetes\b|\bplacenta\sprevia\b|\bweeks?\spregnant\b""",
    re.VERBOSE,
)  # fmt: skip
_AFTER_BIRTH = re.compile(
    r"""\bpost[- ]?partum\b|\bpuerperal\b|\b(?:days?|weeks?)\s(?:status\s)?(?:after|post|s/p|status\spost|following)\s(?:\w+\s){0,4}?(?:delivery|cesarean|c-section|childbirth|birth|nsvd|svd)\b
    |\b(?:following|after|status\spost|s/p)\s(?:(?:a|an|the|her|recent|term|normal|spontaneous|vaginal|cesarean)\s){0,3}(?:delivery|childbirth|c-section)\b|\blactational\b|\bpost[- ]?cesarean\b""",
    re.VERBOSE,
)  # fmt: skip
_BORN = r"(?:infant|baby|male|female|boy|girl|fetus|twins?|triplets?|newborn|neonate)"
_DELIVERED = re.compile(
    rf"""\bpushed\b[^.;\n]{{0,60}}\bto\sdeliver\b|\bdeliver(?:ed|y|ies|ing)\b[^.;\n]{{0,80}}?\b{_BORN}\b|\b{_BORN}s?\b[^.;\n]{{0,60}}?\b(?:was|were)\s(?:then\s|both\s|atraumatically\s|easily\s)*delivered\b
    |\b(?:vaginal(?:ly)?|nsvd|svd|forceps|vacuum|breech|cesarean|abdominal|operative|preterm|term|spontaneous)\b[\w\s,/-]{{0,40}}?\bdeliver(?:y|ed|ies)\b
    |\bdelivered\s(?:vaginally|by\s(?:\w+\s){{0,4}}(?:cesarean|section|c-section|forceps|vacuum))|\b(?:nsvd|svd|nsvb|sve\sdelivery|ltcs|lscs)\b
    |\b(?:cesarean|c)[- ]sections?\b|\bcesareans?\b|,\sdelivered\b(?!\sat)|\bpostpartum\sday\s(?:\#\s?)?(?:0|1|2|3|one|two|three)\b|\bdelivery\snote\b""",
    re.VERBOSE,
)  # fmt: skip
_NOT_NOW = re.compile(
    r"\b(?:previous|prior|history|hx|h/o|last|first|scheduled|schedule|plan\w*|desires?|declin\w+|candidate|consider\w*|recommend\w*|consent\w*|counsel\w*|discuss\w*|possible|"
    r"possibility|risks?|until|before|anticipat\w*|expect\w*|prepar\w*|will|would|may|might|need|offered?|proceed to|elective repeat|after|if|since|years? ago|weeks?|months?|undelivered|x\s?\d|times)\b[^.;\n]{0,50}$"
)
_THEN = re.compile(
    r"\s?(?:x\s?\d|times|in (?:19|20)\d\d|scar|(?:years?|months?|weeks?) ago|incision|wound|is (?:planned|scheduled)|at (?:an?other|outside))"
)
_NOT_HERE = frozenset(
    ("past medical history", "past surgical history", "obstetric history", "gynecologic history", "family history", "plan",
     "indications", "preoperative diagnosis", "admission diagnosis", "social history", "chief complaint")
)  # fmt: skip
_CESAREAN = re.compile(r"cesarean|c[- ]section|\bltcs\b|\blscs\b|abdominal delivery")
_VAGINAL = re.compile(r"vaginal|\bnsvd\b|\bsvd\b|\bnsvb\b|forceps|vacuum|\bvbac\b")
_TOOLS = re.compile(r"forceps|vacuum|kiwi|mityvac|extraction")
_LIVE = re.compile(r"\b(?:viable|live(?:[- ]?born)?|living|healthy|vigorous|crying|apgars?|liveborn|alive)\b|\bcried\b")
_DEAD = re.compile(
    r"\b(?:stillb\w+|still born|fetal demise|iufd|intrauterine (?:fetal )?(?:demise|death)|nonviable|non-viable|fetal death)\b"
)
_MANY = (("quadruplet", 4), ("triplet", 3), ("twin", 2))
_GRAVIDA = re.compile(r"\bg(?:ravida)?[\s-]?(\d{1,2}|[ivx]{1,4})(?=\b|[,/]?\s?p)|\b(primigravida|multigravida)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
_INCIDENTAL = re.compile(
    r"pregnan\w+ (?:is |was |state )?incidental|incidental(?:ly)? (?:to (?:the |her )?)?(?:pregnan\w+|intrauterine)"
)
_SECTIONS = (
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "postoperative diagnosis", "diagnosis", "secondary diagnoses"),
    ("assessment", "assessment and plan", "impression"),
    ("admission diagnosis", "preoperative diagnosis", "indications"),
)  # fmt: skip
_ABORTIVE = re.compile(
    r"\b(?:missed|incomplete|inevitable|spontaneous|septic|complete|elective|therapeutic|medical|induced) (?:spontaneous )?(?:abortion|miscarriage|ab)\b|\bmiscarriage\b|\bectopic\b|\bmolar\b|\bblighted ovum\b|\bhydatidiform\b|\btubal pregnancy\b"
)


@dataclass(frozen=True, slots=True)
class Maternity:
    """What a mother's chart tells.

    ``stage`` is ``pregnancy``, ``childbirth`` (delivered at this encounter) or ``puerperium``; ``weeks`` the completed
    weeks, with the words in ``weeks_at``; ``trimester`` ``1st`` to ``3rd``; ``births`` the words that tell the delivery;
    ``cesarean`` and ``tools`` (forceps, vacuum) how; ``fetuses`` how many, ``live`` and ``dead`` whether the words tell
    a live birth or a stillbirth; ``gravida`` the number of pregnancies.
    """

    stage: str
    weeks: int | None = None
    weeks_at: Span | None = None
    trimester: str | None = None
    births: tuple[Span, ...] = ()
    cesarean: bool = False
    tools: bool = False
    fetuses: int = 1
    live: Span | None = None
    dead: Span | None = None
    gravida: int | None = None
    incidental: bool = False
    pregnant_at: Span | None = None


@lru_cache(maxsize=8)
def maternity(chart: Chart) -> Maternity | None:
    """Return what a chart tells of a pregnancy, or None where the patient is not pregnant and gave no birth lately."""
    patient = chart.patient
    if patient.sex == "M" or (patient.age is not None and not _YOUNGEST <= patient.age <= _OLDEST) or is_newborn(chart):
        return None
    told = [d for d in chart.documents if _QUICK.search(surroundings(d).context.small)]
    current = next((s for d in told for s in _said(_CURRENT, d, (AFFIRMED,))), None)
    births = tuple(s for d in told for s in _births(d, chart)) if told else ()
    after = next((s for d in told for s in _said(_AFTER_BIRTH, d, (AFFIRMED, HISTORICAL))), None)
    if current is None and not births and after is None:
        return None
    stage = CHILDBIRTH if births else PUERPERIUM if after and not _still(current, after, told) else PREGNANT
    weeks = _weeks(told, chart)
    small = "\n".join(surroundings(d).context.small for d in told)
    spoken = [(chart.document(s.document), s) for s in births]
    born = [d.text[s.start : s.end].lower() for d, s in spoken]
    cesarean = any(_CESAREAN.search(t) for t in born) and not any("vbac" in t for t in born)
    return Maternity(
        stage,
        weeks[0] if weeks else None,
        weeks[1] if weeks else None,
        trimester_of(weeks[0]) if weeks else _trimester(small, stage),
        births,
        cesarean,
        any(_TOOLS.search(t) for t in born) and not cesarean,
        next((n for word, n in _MANY if re.search(rf"\b{word}s?\b", small)), 1) if births or stage == PREGNANT else 1,
        next((s for d in told for s in _said(_LIVE, d, (AFFIRMED,)) if births), None),
        next((s for d in told for s in _said(_DEAD, d, (AFFIRMED, HISTORICAL)) if births), None),
        _gravida(small),
        _INCIDENTAL.search(small) is not None,
        current,
    )


def _still(current: Span | None, after: Span, told: list[Document]) -> bool:
    """Tell whether a chart that speaks of the time after a birth is one of a pregnancy all the same."""
    if current is None:
        return False
    first = next(d for d in told if d.id == current.document)
    return bool(
        re.search(r"\b(?:weeks? pregnant|undelivered|intrauterine pregnancy|iup)\b", surroundings(first).context.small)
    ) and (current.document != after.document or current.start < after.start)


def _said(pattern: re.Pattern[str], document: Document, meant: tuple[str, ...]) -> Iterator[Span]:
    """Yield the places where a document says it, meant in one of these ways, of the patient and not of the past."""
    context = surroundings(document).context
    for match in pattern.finditer(context.small):
        section = document.section_at(match.start())
        if section in ("family history", "obstetric history", "past surgical history"):
            continue
        if context.assertion(match.start(), match.end(), section)[0] in meant:
            yield document.span(match.start(), match.end())


_HOSPITAL = ("inpatient",)
_OF_OTHERS = frozenset(("consult", "ed note", "office visit", "radiology report", "letter"))
"""Documents that speak of a birth as of something that happened before."""
_THEATER = frozenset(("operative note", "procedure note", "delivery note"))


def _births(document: Document, chart: Chart) -> Iterator[Span]:
    """Yield the words by which a document tells that she gave birth at this encounter."""
    if (chart.encounter.setting not in _HOSPITAL or document.kind in _OF_OTHERS) and document.kind not in _THEATER:
        return
    context = surroundings(document).context
    for match in _DELIVERED.finditer(context.small):
        section = document.section_at(match.start())
        if section in _NOT_HERE:
            continue
        first, _ = context.sentence(match.start())
        before = context.small[max(first, match.start() - 70) : match.start()]
        if _NOT_NOW.search(before) or _THEN.match(context.small, match.end()):
            continue
        meant, _ = context.assertion(match.start(), match.end(), section)
        if meant in (NEGATED, POSSIBLE, HYPOTHETICAL, FAMILY, OTHER_PERSON):
            continue
        if meant == HISTORICAL and not re.search(r"status[- ]post|s/p", before):
            continue
        yield document.span(match.start(), match.end())


def _weeks(told: list[Document], chart: Chart) -> tuple[int, Span] | None:
    """Return the completed weeks and their words: from the final diagnoses before others, a statement before a date."""
    found = [(_rank(d.section_at(w.start)), n, w, d) for n, (d, w) in enumerate(_all_weeks(told, chart))]
    if not found:
        return None
    _, _, weeks, document = min(found, key=lambda f: f[:2])
    return weeks.weeks, document.span(weeks.start, weeks.end)


def _all_weeks(told: list[Document], chart: Chart) -> Iterator[tuple[Document, Weeks]]:
    for document in told:
        for weeks in weeks_said(surroundings(document).context.small):
            if document.section_at(weeks.start) not in ("family history", "obstetric history", "past surgical history"):
                yield document, weeks
    for document in told:
        for weeks in weeks_by_due_date(surroundings(document).context.small, chart.encounter.first):
            yield document, weeks


def _rank(section: str) -> int:
    return next((n for n, names in enumerate(_SECTIONS) if section in names), len(_SECTIONS))


def _trimester(small: str, stage: str) -> str | None:
    named = trimester_said(small)
    return named or ("3rd" if stage == CHILDBIRTH and re.search(r"\b(?:full[- ])?term\b", small) else None)


def _gravida(small: str) -> int | None:
    for match in _GRAVIDA.finditer(small):
        if match[2]:
            return 1 if match[2] == "primigravida" else 2
        return int(match[1]) if match[1].isdigit() else _ROMAN.get(match[1])
    return None


def abortive(small: str) -> bool:
    """Tell whether a text in small letters names a pregnancy that ended in abortion, or lies outside of the womb."""
    return _ABORTIVE.search(small) is not None
