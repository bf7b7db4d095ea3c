"""What is past, or a relative's: history codes in the place of the condition (Guidelines I.C.21.c.4, IV.J).

A condition that no longer exists and is not treated is not coded as present; categories Z80-Z84 and Z85-Z87 tell that
it was, and I25.2 and Z86.73 that a heart attack or a stroke left nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chartcode.assign.circumstances import evidence
from chartcode.assign.neoplasms import over
from chartcode.assign.resolve import resolver
from chartcode.books import Books
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL
from chartcode.model.code import ICD10CM, Code

PERSONAL: Mapping[str, str] = {
    "C0": "Z85.818", "C02": "Z85.810", "C10": "Z85.818", "C11": "Z85.818", "C12": "Z85.818", "C13": "Z85.818", "C14": "Z85.819", "C15": "Z85.01", "C16": "Z85.028", "C17": "Z85.068", "C18": "Z85.038", "C19": "Z85.048", "C20": "Z85.048", "C21": "Z85.048",
    "C22": "Z85.05", "C23": "Z85.09", "C24": "Z85.09", "C33": "Z85.12", "C37": "Z85.238", "C38": "Z85.238", "C40": "Z85.830", "C41": "Z85.830", "C49": "Z85.831",
    "C51": "Z85.44", "C52": "Z85.44", "C60": "Z85.49", "C63": "Z85.49", "C65": "Z85.53", "C66": "Z85.54", "C68": "Z85.59", "C69": "Z85.840", "C70": "Z85.848", "C72": "Z85.848",
    "C74": "Z85.858", "C75": "Z85.858", "C76": "Z85.89", "C45": "Z85.89", "C46": "Z85.89", "C48": "Z85.89", "C25": "Z85.07", "C32": "Z85.21", "C34": "Z85.118", "C43": "Z85.820", "C44": "Z85.828", "C4A": "Z85.821",
    "C50": "Z85.3", "C53": "Z85.41", "C54": "Z85.42", "C55": "Z85.42", "C56": "Z85.43", "C61": "Z85.46", "C62": "Z85.47",
    "C64": "Z85.528", "C67": "Z85.51", "C71": "Z85.841", "C73": "Z85.850", "C81": "Z85.71", "C82": "Z85.72", "C83": "Z85.72",
    "C85": "Z85.72", "C90": "Z85.79", "C91": "Z85.6", "C92": "Z85.6", "C95": "Z85.6", "C80": "Z85.9", "D05": "Z86.000",
    "D06": "Z86.001", "I21": "I25.2", "I63": "Z86.73", "G45": "Z86.73", "I26": "Z86.711", "I82": "Z86.718", "N20": "Z87.442",
    "J18": "Z87.01", "K25": "Z87.11", "K26": "Z87.11", "K27": "Z87.11", "F17": "Z87.891", "A15": "Z86.11", "U07": "Z86.16",
    "A49.02": "Z86.14", "B15": "Z86.19", "I46": "Z86.74", "O24": "Z86.32", "M86": "Z87.39", "N39": "Z87.440", "R56": "Z87.898", "T78": "Z88.9", "S06": "Z87.820",
    "M80": "Z87.310", "D12": "Z86.0100", "K63.5": "Z86.0100", "O14": "Z87.59", "Q": "Z87.798",
}  # fmt: skip
_ENDED: Mapping[str, str] = {code: past for code, past in PERSONAL.items() if code.startswith("C") and code < "C77"}
"""Cancers that a sentence may tell as present and, by what else it says, as gone: "resected in 2015, no evidence of disease"."""
RELATIVE: Mapping[str, str] = {
    "C18": "Z80.0", "C19": "Z80.0", "C20": "Z80.0", "C16": "Z80.0", "C25": "Z80.0", "C22": "Z80.0", "C34": "Z80.1", "C50": "Z80.3",
    "C53": "Z80.49", "C54": "Z80.49", "C56": "Z80.41", "C61": "Z80.42", "C62": "Z80.43", "C64": "Z80.51", "C67": "Z80.52",
    "C91": "Z80.6", "C92": "Z80.6", "C95": "Z80.6", "C81": "Z80.7", "C85": "Z80.7", "C43": "Z80.8", "C71": "Z80.8", "C73": "Z80.8",
    "C80": "Z80.9", "C": "Z80.9", "F10": "Z81.1", "F17": "Z81.2", "F": "Z81.8", "G30": "Z82.0", "G": "Z82.0", "I63": "Z82.3",
    "I": "Z82.49", "J45": "Z82.5", "J44": "Z82.5", "M05": "Z82.61", "M06": "Z82.61", "M81": "Z82.62", "Q": "Z82.79", "E10": "Z83.3",
    "E11": "Z83.3", "E78": "Z83.438", "E": "Z83.49", "B20": "Z83.0", "D": "Z83.2", "N18": "Z84.1", "N20": "Z84.1", "K50": "Z83.79", "K51": "Z83.79",
    "H40": "Z83.511", "L": "Z84.0", "K63.5": "Z83.719", "D12": "Z83.719", "K": "Z83.79", "J": "Z83.6", "N": "Z84.2", "M": "Z82.69", "H90": "Z82.2",
    "H91": "Z82.2", "H54": "Z82.1", "H": "Z83.518",
    "Z85.03": "Z80.0", "Z85.0": "Z80.0", "Z85.1": "Z80.1", "Z85.3": "Z80.3", "Z85.43": "Z80.41", "Z85.46": "Z80.42", "Z85.4": "Z80.49", "Z85.51": "Z80.52",
    "Z85.5": "Z80.51", "Z85.6": "Z80.6", "Z85.7": "Z80.7", "Z85.8": "Z80.8", "Z85": "Z80.9", "Z86.01": "Z83.719", "Z86.73": "Z82.3", "Z86.7": "Z82.49",
}  # fmt: skip


def past(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield the history codes of conditions that are mentioned as past, or of a relative."""
    walk = resolver(books.icd10cm)
    for mention in case.mentions:
        table = {HISTORICAL: PERSONAL, FAMILY: RELATIVE, AFFIRMED: _ENDED}.get(mention.assertion)
        term = books.lexicon.look_up(mention.term) if table else None
        if table is None or term is None:
            continue
        code = _entry(table, term.codes[0])
        if code is None:
            continue
        document = case.chart.document(mention.span.document)
        if table is _ENDED and not over(document, mention.span.start, mention.span.end):
            continue
        found, _ = walk.resolve(code, evidence(mention, case))
        if found is not None:
            yield _proposal(found, mention, term.codes[0], books)


def _entry(table: Mapping[str, str], code: str) -> str | None:
    return next((table[code[:n]] for n in (6, 5, 4, 3, 1) if code[:n] in table), None)


def _proposal(code: str, mention: Mention, condition: str, books: Books) -> Proposal:
    whose = "a relative's" if mention.assertion == FAMILY else "past"
    return Proposal(
        Code(ICD10CM, code),
        by="past",
        evidence=(mention,),
        path=(books.icd10cm.title(condition), books.icd10cm.title(code)),
        confidence=0.6,
        reasons=(
            f"{condition} is {whose} ({mention.cue or 'no evidence of disease, no treatment'}): Guidelines I.C.21.c.4",
        ),
    )
