"""Where someone lives, works or is treated: streets, towns, postal codes, hospitals, employers, schools.

Safe Harbor (B): every part of an address smaller than a state. States and countries stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.deidentify.findings import ADDRESS, FACILITY, PLACE, Finding
from chartcode.deidentify.lists import Lists

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN"
    "|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas"
    "|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire"
    "|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina"
    "|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico|Mexico|Canada"
    "|United States|America|England|India|China|Germany|Iraq|Vietnam|Korea|Africa|Europe|Asia"
)
_CAP = r"[A-Z][A-Za-z'\u2019]+"
_STREET = re.compile(
    rf"(?<![\w/])\d{{1,5}}(?:-\d{{1,4}})?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:{_CAP}\s|\d{{1,3}}(?:st|nd|rd|th)\s){{1,3}}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Circle|Cir|Way|Terrace|Ter|Parkway|Pkwy|Highway|Hwy"
    r"|Trail|Trl|Square|Sq|Loop|Pike|Route|Alley|Row|Run)\b\.?(?:,?\s(?:Apt|Apartment|Unit|Suite|Ste|Room|Rm|Floor|Fl|#)\.?\s?#?\w{1,6})?"
)
_BOX = re.compile(r"\bP\.?\s?O\.?\sBox\s\d{1,8}\b", re.IGNORECASE)
_TOWN = re.compile(
    rf"\b(?P<x>{_CAP}(?:\s{_CAP}){{0,2}}),\s(?:{_STATES}|{_STATE_NAMES})\b(?:,?\s(?P<zip>\d{{5}}(?:-\d{{4}})?))?"
)
_ZIP = re.compile(
    rf"\b(?:{_STATES}|{_STATE_NAMES}|[Zz]ip(?:\s[Cc]ode)?:?|ZIP(?:\sCODE)?:?)\s{{1,2}}(?P<x>\d{{5}}(?:-\d{{4}})?)\b"
)
_HOME = (
    r"(?:lives?|lived|living|resid(?:es?|ing|ed)|born|raised|grew\sup|moved|moving|relocated|settled|immigrated|emigrated|resettled|based|visiting|travel(?:s|ed|l?ing)?|vacation(?:ing)?"
    r"|stationed|homeless|incarcerated|native|originally|flew|drove|driving|trip|(?:is|was)\sfrom)"
)
_IN = re.compile(
    rf"\b(?:(?P<home>(?i:{_HOME}))|(?i:works?|worked|working|employed|hospitali[sz]ed|transferred|transported|brought|driven|came|comes|seen|treated))"
    rf"\s(?:\w+\s){{0,3}}?(?:in|from|to|at|near|around|outside|of)\s(?:the\s(?:city|town|village|suburb)\sof\s)?(?P<x>{_CAP}(?:\s{_CAP}){{0,2}})"
)
_COUNTY = re.compile(
    rf"\b(?P<x>{_CAP}(?:\s{_CAP})?\s(?:County|Parish|Township|Borough|Heights\sDistrict))\b|\b(?:County|Township)\sof\s(?P<y>{_CAP})"
)
_CITY = re.compile(
    rf"\b(?:[Cc]ity|[Tt]own|[Cc]ounty|[Aa]ddress|CITY|TOWN|COUNTY|ADDRESS)\s?:\s{{0,3}}(?P<x>{_CAP}(?:\s{_CAP}){{0,2}})"
)
_HOUSE = (
    r"(?:(?:(?:Memorial|General|Community|Regional|University|County|Children'?s|Veterans|VA|Baptist|Methodist|Presbyterian|Mercy|Medical|Cancer"
    r"|Heart|Surgery|Surgical|Health|Rehabilitation|Rehab|Family|Nursing|Dialysis|Imaging|Women'?s|Eye|Orthopedic|Pediatric|Urgent|Primary)\s){0,3}"
    r"(?:Hospital|Hospitals|Medical\sCent(?:er|re)|Clinic|Health\sCent(?:er|re)|Health\sSystem|Healthcare|Nursing\sHome|Nursing\sCenter|Infirmary"
    r"|Rehabilitation(?:\sCenter)?|Care\sCent(?:er|re)|Surgery\sCenter|Cancer\sCenter|Hospice|Manor|Assisted\sLiving|Pharmacy|Medical\sGroup"
    r"|Physicians|Associates|Institute|Medical\sSchool|School\sof\sMedicine|University|College|High\sSchool|Elementary(?:\sSchool)?|Middle\sSchool"
    r"|Church|Mall|Correctional\s\w+|Jail|Prison))"
)
_FACILITY = re.compile(
    rf"\b(?P<x>(?:(?:St|Saint|Mt|Mount)\.?\s)?(?:{_CAP}(?:'s)?(?:\s(?:of|and|the|&)\s|\s|-)){{1,4}}{_HOUSE}(?:\s(?:of|at)\s{_CAP}(?:\s{_CAP}){{0,2}})?)\b"
)
_OF = re.compile(rf"\b(?P<x>(?:University|College|Hospital|Children's\sHospital)\sof\s{_CAP}(?:\s{_CAP}){{0,2}})\b")
_SAINT = re.compile(
    rf"\b(?P<x>(?:St\.|Saint)\s{_CAP}(?:'s)?)(?=\s(?:ER|ED|emergency|hospital|for|where)|[,.]|\s(?:and|in)\s)"
)
_THERE = re.compile(rf"\s(?:in|at|near|of)\s(?P<x>{_CAP}(?:\s{_CAP}){{0,2}})")
_EMPLOYER = re.compile(
    rf"\b(?i:works?\s(?:at|for)|worked\s(?:at|for)|employed\s(?:at|by|with)|employer\s(?:is|:)|retired\sfrom|job\s(?:at|with)|attends|student\sat|goes\sto\sschool\sat)\s"
    rf"(?:the\s|a\s)?(?P<x>{_CAP}(?:\s(?:{_CAP}|&|and\s{_CAP})){{0,4}})"
)
_GENERIC = re.compile(
    r"(?:The|This|That|Our|Their|His|Her|An?|Any|Each|Outside|Local|Same|Other|Emergency|Intensive|Acute|Inpatient|Outpatient|Home|Day|Skilled|Long|Term"
    r"|Medical|General|Pain|Wound|Primary|Urgent|Cardiac|Pulmonary|Physical|Occupational|Speech|Cancer|Heart|Eye|Community|County|Regional|University"
    r"|Nursing|Family|Children's|Surgery|Surgical|Rehab|Rehabilitation|Health|Care|Follow|In|At|To|From|Of|And|With|Discharge|Admission|Hospital|Patient)$"
)


def places(text: str, of: Lists) -> Iterator[Finding]:
    """Yield the places of a text."""
    for pattern in (_STREET, _BOX):
        for match in pattern.finditer(text):
            yield Finding(*match.span(), ADDRESS, "[ADDRESS]")
    for match in _ZIP.finditer(text):
        yield Finding(*match.span("x"), ADDRESS, "[ZIP]")
    for match in _TOWN.finditer(text):
        yield from _trimmed(text, *match.span("x"), PLACE, "[CITY]")
        if match["zip"]:
            yield Finding(*match.span("zip"), ADDRESS, "[ZIP]")
    for match in _COUNTY.finditer(text):
        yield from _trimmed(text, *match.span("x" if match["x"] else "y"), PLACE, "[COUNTY]")
    for match in _CITY.finditer(text):
        yield Finding(*match.span("x"), PLACE, "[CITY]")
    for pattern in (_FACILITY, _OF, _SAINT):
        for match in pattern.finditer(text):
            yield from _house(match, of)
    yield from _employers(text, of)
    yield from _towns(text, of)


def _employers(text: str, of: Lists) -> Iterator[Finding]:
    """Yield whom someone works for."""
    for match in _EMPLOYER.finditer(text):
        if match["x"].split()[0].lower() not in of.nowhere and not _GENERIC.match(match["x"]):
            yield Finding(*match.span("x"), FACILITY, "[EMPLOYER]")


def _towns(text: str, of: Lists) -> Iterator[Finding]:
    """Yield where someone lives, comes from, or was brought from."""
    for match in _IN.finditer(text):
        first = match["x"].split()[0]
        if re.match(rf"(?:{_STATE_NAMES})\b", match["x"]) or first.lower() in of.nowhere:
            continue
        if match["home"] or not (_ordinary(first, of) or first.lower() in of.eponyms):
            yield from _trimmed(text, *match.span("x"), PLACE, "[CITY]")


def _house(match: re.Match[str], of: Lists) -> Iterator[Finding]:
    """Yield a hospital or the like, if its name is more than words that any of them has."""
    words = match["x"].split()
    own = [word for word in words[:-1] if word[0].isupper() and not _GENERIC.match(word)]
    if own and not all(_ordinary(word, of) and word.lower() not in of.last for word in own):
        yield Finding(*match.span("x"), FACILITY, "[FACILITY]")
        town = _THERE.match(match.string, match.end("x"))
        if town and town["x"].lower() not in of.nowhere:
            yield Finding(*town.span("x"), PLACE, "[CITY]")


def _ordinary(word: str, of: Lists) -> bool:
    bare = word.lower().strip(".'")
    return bare in of.words and bare not in of.first and bare not in of.last


def _trimmed(text: str, start: int, end: int, kind: str, instead: str) -> Iterator[Finding]:
    """Yield a place without the words before it that belong to the sentence."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and (_GENERIC.match(words[0].group()) or words[0].group() in ("Patient", "She", "He", "Resident")):
        words.pop(0)
    if words:
        yield Finding(start + words[0].start(), start + len(text[start:end].rstrip(".")), kind, instead)
