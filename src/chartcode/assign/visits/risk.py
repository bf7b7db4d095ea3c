"""Risk of patient management: what was decided, and what weighs on the decision."""

from __future__ import annotations

from chartcode.assign.visits.admission import Admission
from chartcode.assign.visits.element import HIGH, LOW, MODERATE, STRAIGHTFORWARD, Tally
from chartcode.assign.visits.record import Record
from chartcode.model.case import Element, Mention
from chartcode.model.chart import Fact

_OVER_THE_COUNTER = frozenset(
    ("analgesic", "nsaid", "antihistamine", "cough and cold", "vitamin or mineral", "nutrition", "vaccine", "fluid",
     "aspirin", "gastrointestinal")
)  # fmt: skip
"""Classes of drugs that are mostly bought without a prescription."""


_TOXIC = frozenset(
    ("alkylating agent", "antimetabolite", "antitumor antibiotic", "mitotic inhibitor", "topoisomerase inhibitor",
     "targeted antineoplastic", "calcineurin inhibitor", "thrombolytic", "vasopressor", "mood stabilizer")
)  # fmt: skip
"""Classes of drugs that are given under watch of blood counts, levels or organs."""
_SOCIAL = ("Z55", "Z56", "Z57", "Z58", "Z59", "Z60", "Z62", "Z63", "Z64", "Z65")
"""Social determinants of health (Guidelines I.C.21.c.17)."""
_CLOSE = 40
"""How many characters before a drug the word may stand that starts, changes or stops it."""


def risk(record: Record, *, acute_care: bool, hospital: Admission) -> Element:
    """Return the element of risk.

    Args:
        record: what was read.
        acute_care: the visit is one of an emergency department or a hospital.
        hospital: whether the note decides on hospital care.
    """
    tally = Tally("risk")
    here = record.decides
    _high(record, tally, acute_care=acute_care, hospital=hospital)
    drugs = prescribed(record)
    managed = record.said("risk", "prescription", "medications managed", within=here)
    if drugs:
        how = "started, changed or stopped" if _changed(record, drugs) else "given or continued"
        tally.add(MODERATE, f"a prescription drug is {how}", drugs)
    elif managed:
        tally.add(MODERATE, "drug treatment is managed", [c.mention for c in managed])
    surgery = record.said("risk", "surgery decided", within=here)
    if surgery:
        tally.add(MODERATE, "an operation or procedure is decided", [c.mention for c in surgery])
    watched = record.said("risk", "kept under watch", within=here) if acute_care else []
    if watched:
        tally.add(MODERATE, "the patient is kept under watch", [c.mention for c in watched])
    limits = [c.mention for c in record.said("risk", "circumstances", within=here)]
    limits += [m for d in record.diagnoses if d.code.value.startswith(_SOCIAL) for m in d.evidence if m.section in here]
    if limits:
        tally.add(MODERATE, "hardship stands in the way of treatment", limits)
    simple = record.said("risk", "over the counter", "conservative", within=here)
    if simple:
        tally.add(LOW, "treatment of low risk", [c.mention for c in simple])
    unspoken = taken(record)
    if unspoken:
        tally.add(LOW, "drugs go on unchanged, without being spoken of", unspoken)
    if not simple and not unspoken:
        tally.add(STRAIGHTFORWARD, "no treatment of more than minimal risk is documented")
    return tally.element()


def _high(record: Record, tally: Tally, *, acute_care: bool, hospital: Admission) -> None:
    here = record.decides
    if hospital.decided:
        tally.add(HIGH, "hospital care is decided", hospital.words)
    limits = record.said("risk", "limits of care", within=here)
    if limits:
        tally.add(HIGH, "care is limited because the outlook is poor", [c.mention for c in limits])
    opioid = record.said("risk", "parenteral opioid", within=here) if acute_care else []
    if opioid:
        tally.add(HIGH, "a controlled substance by injection", [c.mention for c in opioid])
    toxic = [c.mention for c in record.said("risk", "toxicity watched", within=here)]
    toxic += [
        _words(fact, section) for fact, section in record.drugs if fact.get("class") in _TOXIC and section in here
    ]
    if toxic:
        tally.add(HIGH, "a drug whose toxicity must be watched closely", toxic)
    surgery = record.said("risk", "surgery decided", within=here)
    urgent = record.said("risk", "emergency surgery", "urgency", "risk factors", within=here)
    if urgent and (surgery or any(c.name == "emergency surgery" for c in urgent)):
        tally.add(
            HIGH, "an operation that is urgent or of more than usual risk", [c.mention for c in (*urgent, *surgery)]
        )


def prescribed(record: Record) -> list[Mention]:
    """Return the words of the prescription drugs that are decided on: started, continued, changed or stopped."""
    return [
        _words(fact, section)
        for fact, section in record.drugs
        if not _free(fact) and (section in record.decides or fact.status == "discharge")
    ]


def taken(record: Record) -> list[Mention]:
    """Return the words of the prescription drugs that the patient takes at home."""
    return [_words(fact, section) for fact, section in record.drugs if not _free(fact) and fact.status == "home"]


def _words(fact: Fact, section: str) -> Mention:
    return Mention(fact.evidence[0], fact.get("generic") or fact.text, section=section)


def _free(fact: Fact) -> bool:
    return fact.get("class") in _OVER_THE_COUNTER


def _changed(record: Record, drugs: list[Mention]) -> bool:
    """Tell whether words of starting, changing or stopping stand right before one of these drugs."""
    begins = {(m.span.document, m.span.start) for m in drugs}
    acts = record.said("risk", "treatment changed", within=record.decides)
    return any((act.document.id, act.end + gap) in begins for act in acts for gap in range(_CLOSE))
