"""Cancers by what a sentence says of them: where one has spread, what has spread, and that the visit is for its therapy.

Guidelines I.C.2: primary and secondary sites each have a code; Z51.0 and Z51.1- where the encounter is for radiation,
chemotherapy or immunotherapy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign import neoplasms
from chartcode.assign.circumstances import surroundings
from chartcode.assign.resolve import Resolver, resolver
from chartcode.books import Books
from chartcode.model.case import MENTIONS, Case, Mention, Proposal
from chartcode.model.chart import AFFIRMED, CODED_ENTRIES, HISTORICAL, Document
from chartcode.model.code import ICD10CM, Code

_SURE = 0.8
_LONGEST = 7
_COMES = r"(?:here|in|admitted|presents?|presented|presenting|comes|came|returns?|returned|arrives?|arrived|seen|encounter|visit|brought in|scheduled|hospitalized|infusion|today)"
_FOR = rf"\b{_COMES}\b[^.;\n]{{0,45}}?\b(?:for|to (?:receive|undergo|begin|start|continue|get))\b[^.;\n]{{0,45}}?"
_THERAPIES = (
    ("Z51.0", re.compile(rf"{_FOR}\b(?:radiation (?:therapy|treatments?|oncology treatment)|radiotherapy|external beam|brachytherapy|xrt|imrt|sbrt|stereotactic radiosurgery|radiation)\b|\bencounter for (?:antineoplastic )?radiation")),
    ("Z51.12", re.compile(rf"{_FOR}\b(?:immunotherapy|pembrolizumab|keytruda|nivolumab|opdivo|ipilimumab|atezolizumab|durvalumab|cemiplimab|avelumab|dostarlimab|trastuzumab|herceptin|rituximab|rituxan|bevacizumab|cetuximab|daratumumab)\b|\bencounter for (?:antineoplastic )?immunotherapy")),
    ("Z51.11", re.compile(rf"{_FOR}\b(?:chemotherapy|chemo|cycle (?:#\s?)?(?:\d+|one|two|three|four|five|six)(?! of (?:ivf|physical))|folfox|folfiri|r?-?chop|abvd|carboplatin|cisplatin|paclitaxel|docetaxel|gemcitabine|doxorubicin)\b|\bencounter for (?:antineoplastic )?chemotherapy")),
)  # fmt: skip
_NOT_FOR = re.compile(
    r"\b(?:evaluation|consult\w*|discuss\w*|consider\w*|opinion|follow[- ]?up|referred|after|following|status post|history|candidate|port|port-a-cath|catheter|access|mediport|planning|simulation|complications? of|monitoring|toxicity|clearance)\b"
)
_NOT_THEN = re.compile(
    r"\s*(?:port|access|consult\w*|planning|simulation|induced|related|discussion|evaluation|options?|education)"
)
_CANCER = re.compile(r"cancer|carcinom|malignan|lymphom|leukem|melanom|sarcom|myelom|tumor|neoplas|metasta|glioblastom")


def cancers(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield primaries and secondary sites of what has spread, cancers under treatment, and encounters for therapy."""
    walk = resolver(books.icd10cm)
    for document in case.chart.documents:
        around = surroundings(document)
        if document.kind == CODED_ENTRIES or not _CANCER.search(around.context.small):
            continue
        yield from _spread(document, walk, books)
        if case.mode != MENTIONS:
            yield from _still_treated(case, document, walk, books)
            yield from _therapies(document, books)


def _spread(document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    around = surroundings(document)
    places = neoplasms.spread(document)
    for place in places:
        yield from _walked(place.code, place.start, place.end, document, walk, "where it has spread")
        if place.follows:
            yield from _before(place.begins, document, walk, books)
    for start in neoplasms.origins(document):
        first, _ = around.words.numbers(start, start)
        yield from _starting(first, document, walk, books)
    for primary in neoplasms.primaries(document):
        first, last = around.words.numbers(primary.start, primary.end)
        yield from _named(first, last, document, walk, books)
        if not places:
            why = "spread to a site that is not named"
            start = primary.start - len("metastatic ")
            yield _proposed("C79.9", start, primary.end, document, books.icd10cm.title("C79.9"), why)


def _before(start: int, document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    """Yield the primary that is named right before what says that it has spread."""
    around = surroundings(document)
    _, last = around.words.numbers(0, start)
    while last and around.words.forms[last - 1].startswith("metasta"):
        last -= 1
    sentence = around.words.sentences[last - 1] if last else -1
    for skipped in (0, 1):  # "prostate cancer now metastatic to bone"
        for size in range(_LONGEST, 0, -1):
            first = last - skipped - size
            if first >= 0 and around.words.sentences[first] == sentence:
                found = list(_exactly(first, last - skipped, document, walk, books))
                if found:
                    yield from found
                    return


def _starting(first: int, document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    """Yield the primary that the longest phrase from a word on names."""
    words = surroundings(document).words
    for size in range(min(_LONGEST, len(words.forms) - first), 0, -1):
        found = list(_exactly(first, first + size, document, walk, books))
        if found:
            yield from found
            return


def _exactly(first: int, last: int, document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    """Yield the cancer that some words name, all of them."""
    words = surroundings(document).words
    term = books.lexicon.look_up(" ".join(words.forms[first:last]))
    code = next((c for c in term.codes if _primary(c)), None) if term else None
    if code:
        yield from _walked(code, words.starts[first], words.ends[last - 1], document, walk, "what has spread")


def _named(first: int, last: int, document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    """Yield the cancer that the longest phrase among some words names."""
    for size in range(min(last - first, _LONGEST), 0, -1):
        for at in range(last - size, first - 1, -1):
            found = list(_exactly(at, at + size, document, walk, books))
            if found:
                yield from found
                return


def _primary(code: str) -> bool:
    return (code[0] == "C" and not code.startswith(("C77", "C78", "C79", "C80.0", "C7B"))) or code.startswith("D3A")


def _still_treated(case: Case, document: Document, walk: Resolver, books: Books) -> Iterator[Proposal]:
    """Yield the cancer within words that tell a past one, where the sentence says that it is still treated."""
    around = surroundings(document)
    for mention in case.mentions:
        if mention.span.document != document.id or mention.assertion not in (AFFIRMED, HISTORICAL):
            continue
        term = books.lexicon.look_up(mention.term)
        if term and term.codes[0].startswith("Z85") and neoplasms.treated(document, mention.span.start):
            yield from _named(*around.words.numbers(mention.span.start, mention.span.end), document, walk, books)


def _walked(code: str, start: int, end: int, document: Document, walk: Resolver, why: str) -> Iterator[Proposal]:
    for found, steps in walk.sides(code, surroundings(document).at(start, end)):
        yield _proposed(found, start, end, document, walk.book.title(found), why, *steps)


def _proposed(code: str, start: int, end: int, document: Document, title: str, *why: str) -> Proposal:
    around = surroundings(document)
    section = document.section_at(start)
    assertion, cue = around.context.assertion(start, end, section)
    if assertion == HISTORICAL and neoplasms.treated(document, start):
        assertion = AFFIRMED
    term = " ".join(around.words.between(start, end))
    mention = Mention(document.span(start, end), term, assertion, section, cue, document.author)
    return Proposal(Code(ICD10CM, code), "cancers", (mention,), (title,), _SURE, reasons=why)


def _therapies(document: Document, books: Books) -> Iterator[Proposal]:
    context = surroundings(document).context
    given = False
    for code, pattern in _THERAPIES:
        for match in pattern.finditer(context.small):
            if given and "cycle" in match[0]:  # of the immunotherapy
                continue
            section = document.section_at(match.start())
            if section in ("plan", "past medical history", "family history", "past surgical history", "social history"):
                continue
            if _NOT_FOR.search(match[0]) or _NOT_THEN.match(context.small, match.end()):
                continue
            assertion, cue = context.assertion(match.start(), match.end(), section)
            if assertion != AFFIRMED:
                continue
            mention = Mention(document.span(match.start(), match.end()), "", assertion, section, cue, document.author)
            title = books.icd10cm.title(code)
            why = "the encounter is for this therapy (Guidelines I.C.2.e.2)"
            if books.icd10cm.valid(code):
                given = True
                yield Proposal(Code(ICD10CM, code), "cancers", (mention,), (title,), _SURE, reasons=(why,))
            break
