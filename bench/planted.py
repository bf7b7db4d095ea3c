"""Identifiers planted into notes: persons, places, numbers and dates of the kinds that Safe Harbor names.

The sentences are such as clinicians write; all persons are invented, and a part of their names is in no list of names.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

FIRST = (
    "Maria James Aaliyah Wei Oluwaseun Svetlana Guadalupe Hiroshi Fatima Bjorn Deshawn Priya Giulia Xochitl Kwame Ngozi Anneliese Thaddeus "
    "Rosalind Ignacio Mehmet Siobhan Tariq Leilani Dmitri Yolanda Grace Will Hope Mark Rose Dawn Frank Joy Chance Ruby Zbynka Quillan "
    "Oriah Thessaly Vaughnetta Jaxtyn Emberlee Rhoswen Caspar Ludmila"
).split()
LAST = (
    "Kowalczyk Okonkwo Hernandez Nguyen Patel Fitzgerald Abernathy Castellanos Yamamoto Lindqvist O'Donnell McAllister Van-Buren Rossi Haddad "
    "Steinberg Chukwu Papadopoulos Delacroix Whitehorse Begay Kim Park Long Young White Banks Rivers Church Cook Hill Reed Fields Stone "
    "Brzoznowicz Tsipouras Quarterbach Ellingthorpe Mbekiwe Zandervoort Hrafnkelsson Ixtabacoy Oyelarandu Vantongeren"
).split()
TOWNS = "Springfield Dayton Albuquerque Wichita Tupelo Kalamazoo Bakersfield Boise Fargo Shreveport Okmulgee Waxahachie Cedarburg".split()
STATES = "OH IL TX KS MS MI CA ID ND LA OK WI".split()
STREETS = (
    "Maple Street",
    "Old Mill Road",
    "N. 14th Ave",
    "Cherokee Trail",
    "Martin Luther King Blvd",
    "County Line Rd",
    "Oak Ct",
)
HOUSES = ("Mercy Hospital", "St. Brendan Medical Center", "Tri-County Nursing Home", "Lakeview Rehabilitation Center", "Harborfield Clinic",
          "Sunrise Manor", "Pinecrest Family Physicians")  # fmt: skip
FIRMS = ("Ford Motor Company", "Walmart", "Delta Airlines", "Henderson Trucking", "Bright Horizons Daycare")

SENTENCES = (
    "<name> was seen in follow-up today.",
    "Mr. <last> is here with his wife, <first>.",
    "Ms. <last> states that she feels well.",
    "She was referred by Dr. <last> of <house>.",
    "The case was discussed with Dr. <name>, who agrees.",
    "I spoke with the patient's daughter, <name>, by phone at <phone>.",
    "Her husband <first> can be reached at <phone>.",
    "His son <first> <last> is the health care proxy.",
    "<name>, M.D. performed the procedure.",
    "Assisted by <name>, RN.",
    "Dictated by: <name>, MD",
    "Electronically signed by <name> on <date>.",
    "ATTENDING: <name>",
    "PCP: <name>",
    "cc: <name>, D.O.",
    "Dear Dr. <last>:",
    "PATIENT NAME: <last>, <first>",
    "Patient: <name>    MRN: <mrn>",
    "DOB: <date>",
    "Medical Record Number: <mrn>",
    "MRN# <mrn>",
    "Account number <account>.",
    "SSN: <ssn>",
    "Social security number is <ssn>.",
    "Medicare ID <member>.",
    "Insurance: policy number <member>, group number <account>.",
    "She lives at <street> in <town>, <state> <zip>.",
    "Address: <street>, <town>, <state> <zip>",
    "He lives in <town> with his family.",
    "The patient was born in <town> and raised in <town>.",
    "She was transferred from <house> in <town>.",
    "He was brought by ambulance from <house>.",
    "She works at <firm>.",
    "He is employed by <firm> as a driver.",
    "Call the office at <phone> or fax <phone>.",
    "Pager <pager>.",
    "Email: <mail>",
    "She can be reached by e-mail at <mail>.",
    "Records are at <url>.",
    "The upload came from IP address <ip>.",
    "The pacemaker's serial number is <serial>.",
    "Implant lot number <serial> was recorded.",
    "License plate <plate> was noted by the police.",
    "Driver's license number <member>.",
    "DEA <serial>.",
    "Date of admission: <date>",
    "Date of discharge: <date>",
    "He was last seen on <date>.",
    "Surgery was done on <date> without complications.",
    "She had a colonoscopy in <month>.",
    "The symptoms began on <short>.",
    "Appointment on <date> at 10:30 with Dr. <last>.",
    "The patient is <age> years old.",
    "This <age>-year-old resident fell.",
    "Job #: <account>  D: <date>  T: <date>",
    "<first> says that the pain is better.",
    "<last> was given instructions.",
    "Encounter <account>, visit ID <account>.",
    "Thank you for referring <first> to our clinic.",
    "Next of kin: <name> (sister), <phone>",
)
"""Sentences with places for identifiers; a note's person is the same in all of them, other persons are new each time."""

_SLOT = re.compile(r"<(\w+)>")
KINDS = {
    "name": "name", "first": "name", "last": "name", "phone": "phone", "pager": "phone", "date": "date", "month": "date", "short": "date",
    "mrn": "number", "account": "number", "ssn": "number", "member": "number", "serial": "number", "plate": "number", "ip": "number",
    "street": "place", "town": "place", "zip": "place", "house": "place", "firm": "place", "mail": "mail or web", "url": "mail or web",
    "age": "age over 89",
}  # fmt: skip
"""What each place holds, as the report names it; a state is no identifier."""


class Planted(NamedTuple):
    """An identifier planted: where it stands, and its kind."""

    start: int
    end: int
    kind: str


class Person(NamedTuple):
    """An invented person."""

    first: str
    last: str


def plant(text: str, chance: random.Random, count: int) -> tuple[str, list[Planted]]:
    """Return a note with sentences that identify at its line and sentence ends, and where the identifiers stand."""
    patient = _person(chance)
    places = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])|\n", text)] or [len(text)]
    at = sorted(chance.choice(places) for _ in range(count))
    out: list[str] = []
    found: list[Planted] = []
    length = last = 0
    for place, sentence in zip(at, chance.sample(SENTENCES, count), strict=True):
        out.append(text[last:place])
        length += place - last
        last = place
        written, inside = filled(sentence, patient, chance)
        found += [Planted(length + start, length + end, kind) for start, end, kind in inside]
        out.append(written + chance.choice((" ", "\n")))
        length += len(written) + 1
    out.append(text[last:])
    return "".join(out), found


def filled(sentence: str, patient: Person, chance: random.Random) -> tuple[str, list[Planted]]:
    """Return a sentence with its places filled, and where each identifier stands in it."""
    out, found, last = "", [], 0
    for slot in _SLOT.finditer(sentence):
        out += sentence[last : slot.start()]
        value = _value(slot[1], patient, chance)
        if slot[1] in KINDS:
            found.append(Planted(len(out), len(out) + len(value), KINDS[slot[1]]))
        out += value
        last = slot.end()
    return out + sentence[last:], found


def _person(chance: random.Random) -> Person:
    return Person(chance.choice(FIRST), chance.choice(LAST))


def _digits(chance: random.Random, form: str) -> str:
    return "".join(str(chance.randrange(2 if n == 0 else 0, 10)) if c == "#" else chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c == "@" else c
                   for n, c in enumerate(form))  # fmt: skip


def _value(slot: str, patient: Person, chance: random.Random) -> str:
    who = patient if chance.random() < 0.5 else _person(chance)
    year, month, day = chance.randrange(1995, 2027), chance.randrange(1, 13), chance.randrange(1, 29)
    names = "January February March April May June July August September October November December".split()
    forms = {
        "name": (f"{who.first} {who.last}", f"{who.first} {chance.choice('ABCDEFGJKLMRST')}. {who.last}"),
        "first": (who.first,),
        "last": (who.last,),
        "phone": (_digits(chance, "(###) ###-####"), _digits(chance, "###-###-####"), _digits(chance, "###.###.####")),
        "pager": (_digits(chance, "###-####"),),
        "date": (f"{month:02}/{day:02}/{year}", f"{month}/{day}/{year % 100:02}", f"{names[month - 1]} {day}, {year}",
                 f"{year}-{month:02}-{day:02}", f"{day} {names[month - 1][:3]} {year}"),
        "month": (f"{names[month - 1]} {year}", f"{names[month - 1]} of {year}"),
        "short": (f"{month}/{day}", f"{names[month - 1]} {day}"),
        "mrn": (_digits(chance, "########"), _digits(chance, "@#######"), _digits(chance, "###-##-##")),
        "account": (_digits(chance, "@#####"), _digits(chance, "#######")),
        "ssn": (_digits(chance, "###-##-####"),),
        "member": (_digits(chance, "@@@#########"), _digits(chance, "#@@#-@@#-@@##")),
        "serial": (_digits(chance, "@@######"), _digits(chance, "@#######@")),
        "plate": (_digits(chance, "@@@ ####"),),
        "ip": (f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(1, 255)}",),
        "street": (f"{chance.randrange(10, 9999)} {chance.choice(STREETS)}",),
        "town": (chance.choice(TOWNS),),
        "state": (chance.choice(STATES),),
        "zip": (_digits(chance, "#####"),),
        "house": (chance.choice(HOUSES),),
        "firm": (chance.choice(FIRMS),),
        "mail": (f"{who.first.lower()}.{chance.randrange(99)}@example.org",),
        "url": (f"https://portal.example.org/{who.last.lower()}",),
        "age": (str(chance.randrange(90, 104)),),
    }  # fmt: skip
    return chance.choice(forms[slot])
