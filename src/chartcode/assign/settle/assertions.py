"""Which words support a code in which setting: denied, suspected, past, somebody else's.

Guidelines II.H and III.C: an uncertain diagnosis at discharge is coded as if it existed, for inpatient admissions to
short-term, acute, long-term care and psychiatric hospitals. IV.H: not so for outpatients. Section IV.J: history codes
for conditions that no longer exist. A family member's condition is not the patient's (Z80-Z84 instead).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcode.assign.context import left_off, weak
from chartcode.assign.settle.candidates import Candidate
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, HYPOTHETICAL, NEGATED, OTHER_PERSON, POSSIBLE

_FINAL = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "assessment", "impression",
     "assessment and plan", "diagnosis", "hospital course", "postoperative diagnosis", "plan")
)  # fmt: skip
_CONFIRMED_ONLY = ("B20", "Z21", "U07.1", "A92.5", "J09", "J10.0", "J10.1", "U07.0")
_MEASURED = frozenset(("vitals", "labs"))
_ASKED = _MEASURED | {"review of systems"}
_EXAMINED = _ASKED | {"physical exam", "objective"}
_JUDGED = frozenset(
    ("assessment", "assessment and plan", "impression", "diagnosis", "discharge diagnosis", "final diagnosis")
)
_OF_MEASURES = ("Z68", "E66", "R03", "Z79")
_EVENTS = ("A40", "A41", "G45", "I21", "I22", "I26", "I46", "I60", "I61", "I62", "I63", "J00", "J01", "J02", "J06", "J09", "J10", "J11", "J12", "J13",
           "J14", "J15", "J16", "J18", "J20", "J80", "J93", "J96.0", "J96.2", "J96.9", "E10.1", "E11.0", "E11.1", "E86", "K35", "K56.6", "K85", "N10", "N17", "N39.0", "R56.9", "U07.1")  # fmt: skip
"""What happens and passes: among the past, it is a history code's business (Guidelines I.C.21.c.4, IV.J)."""
_ADMITTING = "admission diagnosis"
_AFTER_STUDY = frozenset(("discharge diagnosis", "final diagnosis"))
_PAST = frozenset(("past medical history", "past surgical history"))
_OPERATION = re.compile(
    r"^(?:\w+ )?(?:repair|surger|removal|resect|excis|extract|reduction|ligation|clipping|drainage|removed|operated)"
)
_RELATIVES = ("Z80", "Z81", "Z82", "Z83", "Z84")
_WHY = {
    NEGATED: "negated",
    FAMILY: "said of the family",
    OTHER_PERSON: "said of another person",
    HYPOTHETICAL: "hypothetical",
    HISTORICAL: "history only",
}


def supports(mention: Mention, code: str, case: Case) -> bool:
    """Tell whether a mention supports reporting the code."""
    if code.startswith(_RELATIVES):
        return mention.assertion in (AFFIRMED, FAMILY)
    if code.startswith("Z79") and left_off(case.chart.document(mention.span.document).text, mention.span.start):
        return False
    if mention.assertion in (AFFIRMED, HISTORICAL):
        return True
    if mention.assertion == POSSIBLE:
        if code.startswith(_CONFIRMED_ONLY):
            return False
        return mention.section in _FINAL if case.inpatient else weak(mention.cue)
    return False


def _doubted(mentions: Sequence[Mention]) -> bool:
    """Tell whether the provider's own judgement holds a condition for uncertain or absent, whatever was said before it."""
    if any(m.section in _PAST and m.assertion == AFFIRMED for m in mentions):
        return False
    judged = [m for m in mentions if m.section in _JUDGED or m.section == "plan"]
    return bool(judged) and all(m.assertion in (NEGATED, POSSIBLE) and not weak(m.cue) for m in judged)


def _assessed(case: Case) -> bool:
    """Tell whether the record has a part in which the provider says what the findings mean."""
    return any(section.name in _JUDGED for document in case.chart.documents for section in document.sections)


def _alone(code: str, case: Case) -> frozenset[str]:
    """Return the sections whose words alone make no diagnosis: what the provider did not take up.

    A sign of the examination is a diagnosis of an outpatient only where the provider says so (IV.D, IV.J).
    """
    if not _assessed(case):
        return _MEASURED if case.inpatient else _ASKED
    return _ASKED if case.inpatient or code[0] != "R" else _EXAMINED


def _concluded(case: Case) -> bool:
    """Tell whether the record lists the diagnoses at the end of the stay."""
    return any(section.name in _AFTER_STUDY for document in case.chart.documents for section in document.sections)


def _refused(candidate: Candidate, good: Sequence[Mention], case: Case) -> str:
    """Return why a candidate is not coded although these mentions would support it, or nothing."""
    code = candidate.code
    if code.startswith(_EVENTS) and all(m.assertion == HISTORICAL or m.section in _PAST for m in good):
        return "history only: it is not said to be present (Guidelines IV.J)"
    if code.startswith(_EVENTS) and all(m.section == _ADMITTING for m in good) and _concluded(case):
        return "only the admitting diagnosis: not among those after study (Guidelines II)"
    if code[0] in "ST" and all(m.section in _PAST for m in good):
        return "history only: an injury among the past (Guidelines I.C.21.c.4)"
    if code[0] not in "CZ" and all(m.section in _PAST and _OPERATION.match(m.cue) for m in good):
        return "history only: it was operated on (Guidelines IV.J)"
    if not case.inpatient and _doubted(candidate.mentions):
        return "the assessment doubts or denies it: not coded for outpatients (Guidelines IV.H)"
    if all(m.section in _alone(code, case) for m in good) and not code.startswith(_OF_MEASURES):
        return "only among answers and measurements: the provider does not assess it (Guidelines III.B, IV.J)"
    return ""


def judge(candidate: Candidate, case: Case) -> None:
    """Reject a candidate that no mention supports, with the reason."""
    good = [m for m in candidate.mentions if supports(m, candidate.code, case)]
    if good:
        candidate.why = _refused(candidate, good, case)
        return
    kinds = [m.assertion for m in candidate.mentions]
    if POSSIBLE in kinds:
        mention = candidate.asserted(POSSIBLE)[0]
        if candidate.code.startswith(_CONFIRMED_ONLY):
            candidate.why = f"uncertain ({mention.cue}): coded only when confirmed (Guidelines I.C.1)"
        elif case.inpatient:
            candidate.why = f"uncertain ({mention.cue}) and not among the diagnoses at discharge (Guidelines II.H)"
        else:
            candidate.why = f"uncertain ({mention.cue}): not coded for outpatients (Guidelines IV.H)"
        return
    for assertion in (NEGATED, HYPOTHETICAL, FAMILY, OTHER_PERSON):
        if assertion in kinds:
            cue = next(m.cue for m in candidate.mentions if m.assertion == assertion)
            candidate.why = _WHY[assertion] + (f" ({cue})" if cue else "")
            return
    if candidate.code.startswith("Z79"):
        candidate.why = "no longer taken"
