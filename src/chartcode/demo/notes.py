"""An encounter -> the text of its documents, and the chart that collect makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from chartcode.collect import chart_from_text
from chartcode.collect.together import together
from chartcode.demo.phrases import said, table
from chartcode.demo.setting import CLINIC, EMERGENCY, STAY
from chartcode.demo.year import DIED, FOLLOW_UP, Event, Problem
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT, Chart, Encounter, Patient

_SETTING = {CLINIC: OUTPATIENT, EMERGENCY: ED, STAY: INPATIENT}
_ADULT, _INFANT = 18, 1
_GOES = {
    "01": "Discharged home.",
    "02": "Transferred to another hospital.",
    "03": "Discharged to a skilled nursing facility.",
    "06": "Discharged home with home health.",
    "07": "Left against medical advice.",
    "20": "Expired.",
    "62": "Transferred to an inpatient rehabilitation facility.",
    "65": "Transferred to a psychiatric hospital.",
}
_DOSE = re.compile(r" \d| inhaler")
_STATIN = re.compile(r"^\w+statin$")
_EIGHTY = re.compile(r"8|1[18]$")
"""Ages that take "an"."""
_ALLERGIES = ("No known drug allergies", "None", "Latex (rash)", "No known drug allergies", "Adhesive tape (rash)")
_HABITS = "[Never smoked. Occasional alcohol|Former smoker. No alcohol|Never smoked. No alcohol|Lives with family]."
_HABITS_OF_CHILDREN = "[Lives with both parents|Lives with mother and siblings|No smokers at home]."


def chart(event: Event) -> Chart:
    """Return the chart of an encounter; a pure function of it."""
    person, several = event.person, texts(event)
    read = [
        chart_from_text(text, name, setting=_SETTING[event.place], day=event.first) for name, text in several.items()
    ]
    whole = together(event.id, read)
    return replace(
        whole,
        patient=Patient(person.sex, person.age(event.first), person.born, id=f"{100_000 + person.number}"),
        encounter=Encounter(
            _SETTING[event.place],
            event.first,
            event.last,
            event.disposition,
            person.payer,
            event.provider.facility,
            event.provider.name,
        ),
    )


def texts(event: Event) -> dict[str, str]:
    """Return the documents of an encounter by their names, as they would stand in a record."""
    chance = event.chance
    if event.place == STAY:
        several = {f"{event.id}-summary": _summary(event, chance)}
        if "surgery" in event.template:
            several[f"{event.id}-operation"] = _operation(event)
        return several
    write = _emergency if event.place == EMERGENCY else _follow_up if event.key == FOLLOW_UP else _short
    return {event.id: "\n\n".join((*_head(event), *write(event, chance), f"Signed: {event.provider.name}"))}


def _us(day: date) -> str:
    return day.strftime("%m/%d/%Y")


def _who(event: Event) -> str:
    """Return the patient in words: a 67-year-old woman."""
    person, age = event.person, event.person.age(event.first)
    if age < _INFANT:
        months = max(1, (event.first - person.born).days // 30)
        return f"{_article(months)} {months}-month-old {'girl' if person.sex == 'F' else 'boy'}"
    words = ("woman", "man") if age >= _ADULT else ("girl", "boy")
    return f"{_article(age)} {age}-year-old {words[person.sex == 'M']}"


def _article(number: int) -> str:
    return "an" if _EIGHTY.match(str(number)) else "a"


def _known(event: Event) -> dict[str, str]:
    """Return what the templates may name."""
    person = event.person
    he, weeks = ("she" if person.sex == "F" else "he"), person.weeks(event.first)
    bmi = 30 + person.number % 48 / 10
    known = {"he": he, "side": person.side, "bmi": f"{bmi:.1f}", "who": _who(event)}
    if weeks is not None:
        known |= {"weeks": str(weeks), "trimester": "first" if weeks < 14 else "second" if weeks < 28 else "third"}
    return known | {"He": he.capitalize(), "Side": person.side.capitalize()}


def _head(event: Event) -> Iterator[str]:
    title = "EMERGENCY DEPARTMENT NOTE" if event.place == EMERGENCY else "OFFICE VISIT"
    born = _us(event.person.born)
    yield f"{title}\n{event.provider.facility}\nDate of service: {_us(event.first)}\nDate of birth: {born}"


def _allergies(event: Event) -> str:
    """Return the patient's allergies, the same at each visit; to nothing that our templates prescribe."""
    return f"ALLERGIES: {_ALLERGIES[event.person.number % len(_ALLERGIES)]}."


def _vitals(chance: Random) -> str:
    return f"BP {chance.randint(112, 138)}/{chance.randint(66, 86)}, pulse {chance.randint(62, 88)}."


def _follow_up(event: Event, chance: Random) -> Iterator[str]:
    """Yield the parts of a visit for long illnesses."""
    known, chronic = _known(event), table("chronic")
    own = [(p, chronic[p.illness.key], known | _drug(p.illness.drug)) for p in event.problems]
    told = " ".join(said(chance.choice(t["worried" if p.worse else "told"]), k, chance) for p, t, k in own)
    opening = "The patient is {who} who [comes|is here|returns] for follow-up[ of long-standing problems||]."
    yield said("CHIEF COMPLAINT: [Follow-up|Medication check|Scheduled follow-up].", known, chance)
    denies = "[Denies chest pain|Denies fever or weight loss|No new complaints]."
    yield f"HISTORY OF PRESENT ILLNESS: {said(opening, known, chance)} {told} {said(denies, known, chance)}"
    drugs = ", ".join(dict.fromkeys(p.illness.drug for p in event.problems if p.illness.drug)) or "none"
    yield f"MEDICATIONS: {drugs}."
    yield _allergies(event)
    habits = _HABITS if event.person.age(event.first) >= _ADULT else _HABITS_OF_CHILDREN
    yield said(f"SOCIAL HISTORY: {habits}", known, chance)
    exam = "[Well appearing|Alert, in no distress]. [Lungs clear|Chest clear]. [Heart without murmur|No edema]."
    yield f"PHYSICAL EXAMINATION: {_vitals(chance)} {said(exam, known, chance)}"
    labs = " ".join(said(chance.choice(t["labs"]), k, chance) for _, t, k in own if t["labs"])
    if labs:
        yield f"LABS: {labs}"
    lines = [f"{n}. {_problem(p, t, k, chance)}" for n, (p, t, k) in enumerate(own, start=1)]
    yield "ASSESSMENT AND PLAN:\n" + "\n".join(lines)


def _drug(drug: str) -> dict[str, str]:
    """Return a drug as it is taken, and its name alone."""
    return {"drug": drug, "medicine": _DOSE.split(drug)[0]}


def _problem(problem: Problem, template: dict[str, list[str]], known: dict[str, str], chance: Random) -> str:
    """Return the line of the plan for a long illness: what it is, how it stands, what is done."""
    vague = template.get("vague")
    name = chance.choice(vague) if problem.vague and vague else problem.illness.name
    stands = chance.choice(template["worse" if problem.worse else "stable"])
    return said(f"{name}, {stands}", known, chance).strip()


def _short(event: Event, chance: Random) -> Iterator[str]:
    """Yield the parts of a visit for one short illness or a check-up."""
    known, template = _known(event), event.template
    yield said(f"CHIEF COMPLAINT: {template['complaint']}", known, chance)
    yield said(f"HISTORY OF PRESENT ILLNESS: The patient is {{who}}. {template['history']}", known, chance)
    yield _allergies(event)
    yield said(f"PHYSICAL EXAMINATION: {template['exam']}", known, chance)
    if "labs" in template:
        yield said(f"LABS: {template['labs']}", known, chance)
    named = template.get("vague", template["assessment"]) if event.vague else template["assessment"]
    yield said(f"ASSESSMENT AND PLAN:\n1. {named} {template['plan']}", known, chance)


def _emergency(event: Event, chance: Random) -> Iterator[str]:
    known, template = _known(event), event.template
    yield said(f"CHIEF COMPLAINT: {template['complaint']}", known, chance)
    yield said(f"HISTORY OF PRESENT ILLNESS: This is {{who}}. {template['history']}", known, chance)
    yield _allergies(event)
    yield said(f"PHYSICAL EXAMINATION: {template['exam']}", known, chance)
    if "labs" in template:
        yield said(f"RESULTS: {template['labs']}", known, chance)
    yield said(f"EMERGENCY DEPARTMENT COURSE: {template['acts']}", known, chance)
    yield said(f"IMPRESSION:\n1. {template['assessment']}", known, chance)
    yield said(f"PLAN: {template['plan']}", known, chance)
    yield f"DISPOSITION: {_GOES[event.disposition or '01']}"


def _summary(event: Event, chance: Random) -> str:
    """Return the discharge summary of a stay."""
    known, template = _known(event), event.template
    along = [name for name, share in template["secondary"].items() if chance.random() < share]
    lasting = [] if template.get("healthy") else _lasting(event, chance)
    names = [template["diagnosis"], *along, *(name for name, _ in lasting)]
    diagnoses = "\n".join(f"{n}. {said(name, known, chance)}." for n, name in enumerate(names, start=1))
    drugs = _drugs(template["drugs"], [drug for _, drug in lasting if drug])
    parts = [
        f"DISCHARGE SUMMARY\n{event.provider.facility}",
        f"ADMISSION DATE: {_us(event.first)}\nDISCHARGE DATE: {_us(event.last)}",
        f"CHIEF COMPLAINT: {template['reason']}",
        f"DISCHARGE DIAGNOSES:\n{diagnoses}",
        f"HISTORY OF PRESENT ILLNESS: This is {{who}} who {template['history']}.",
        f"HOSPITAL COURSE: {template['course']}",
    ]
    if event.disposition == DIED:
        parts.append("In spite of all measures the patient worsened and died; the family was present.")
    else:
        parts += ["CONDITION AT DISCHARGE: [Stable|Good|Improved].", f"DISCHARGE MEDICATIONS: {drugs}."]
    parts += [f"DISPOSITION: {_GOES[event.disposition or '01']}", f"Signed: {event.provider.name}"]
    return "\n\n".join(said(part, known, chance) for part in parts)


def _drugs(ordered: str, taken: list[str]) -> str:
    """Return the drugs of a discharge: what is ordered, and what is taken anyhow, each once, and one statin."""
    several = {_STATIN.sub("statin", drug.split()[0]): drug for drug in reversed((*ordered.split(", "), *taken))}
    return ", ".join(reversed(several.values()))


def _lasting(event: Event, chance: Random) -> list[tuple[str, str]]:
    """Return the patient's long illnesses that are not the reason of the stay, with their drugs."""
    chronic, without = table("chronic"), event.template.get("without", ())
    found = []
    for illness in event.person.illnesses:
        if illness.key not in without:
            vague = chronic[illness.key].get("vague")
            named = chance.choice(vague) if vague and event.vague else illness.name
            found.append((named, illness.drug))
    return found


def _operation(event: Event) -> str:
    """Return the report of the operation of a stay."""
    surgery = {name: said(words, _known(event), event.chance) for name, words in event.template["surgery"].items()}
    day = min(event.last, event.first + timedelta(days=event.first != event.last and "fracture" in surgery["before"]))
    return "\n\n".join(
        (
            f"OPERATIVE REPORT\n{event.provider.facility}\nDate of operation: {_us(day)}",
            f"PREOPERATIVE DIAGNOSIS: {surgery['before']}.",
            "POSTOPERATIVE DIAGNOSIS: Same.",
            f"PROCEDURE PERFORMED: {surgery['name']}.",
            "ANESTHESIA: General.",
            f"DESCRIPTION OF PROCEDURE: {surgery['text']}",
            "COMPLICATIONS: None.",
            f"Signed: {event.provider.name}",
        )
    )
