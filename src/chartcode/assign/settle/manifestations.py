"""Pairs of the Alphabetic Index: a disease with the manifestation that is coded beside it, "G30.9 [F02.80]".

Guidelines I.A.13: both codes are reported, the cause first. One phrase names both ("Alzheimer's dementia"), so the
second code rests on the same words as the first.
"""

from __future__ import annotations

from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM

_DEMENTIA = "F02.80"
_PAIRS = ((("G30", "G31.01", "G31.09", "G31.83"), "dementia", _DEMENTIA, ("F03.9",)),)
"""(causes, the word that names the manifestation, its code, the vague codes that it stands for)."""
_SAID = "the Index pairs it with {} (Guidelines I.A.13)"


def manifestations(standing: list[Candidate], book: ICD10CM) -> list[Candidate]:
    """Return the manifestations that standing causes are paired with, not yet among the candidates."""
    known = {c.code for c in standing}
    made = []
    for causes, word, code, vague in _PAIRS:
        cause = max(
            (c for c in standing if c.code.startswith(causes)), key=lambda c: (c.best.confidence, c.code), default=None
        )
        if cause is None or code in known or not book.valid(code):
            continue
        named = [p for p in cause.proposals if any(word in m.span.text.lower() for m in p.evidence)]
        named += [p for c in standing if c.code.startswith(vague) for p in c.proposals]
        if named:
            made.append(Candidate(code, [recoded(p, code, cause.code, book) for p in named]))
    return made


def pair(reported: list[Candidate], weighed: list[Candidate]) -> None:
    """Report each manifestation that the record names whose cause is reported; what said it vaguely yields, in place."""
    for causes, word, code, vague in _PAIRS:
        found = next((c for c in weighed if c.code == code), None)
        cause = next((c for c in reported if c.code.startswith(causes) and not c.why), None)
        if found is None or cause is None:
            continue
        spoken = [m.span.text.lower() for c in (found, cause) for m in c.mentions]
        if not any(word in text for text in spoken) and not any(c.code.startswith(vague) for c in weighed):
            continue
        found.why = ""
        found.reasons.append(_SAID.format(cause.code))
        if found not in reported:
            reported.append(found)
        for other in reported:
            if other.code.startswith(vague) and not other.why:
                other.yield_to(found, f"{code} says it with its cause (Guidelines I.A.13)", "without its cause")
