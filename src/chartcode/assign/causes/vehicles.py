"""Transport accidents (V01-V89): who was hurt, in or on what, by what, and whether it was in traffic.

The table of land transport accidents, read as it is built: the third character is what the person was in, the next what
it met, the one after whom it hurt. A motor vehicle accident is in traffic unless a place off the road is named; one of a
pedal cycle by itself or of an off-road vehicle is not, unless a road is (notes at the head of V00-V99).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CAR = r"(?:car|automobile|auto|sedan|suv|jeep|taxi|cab|minivan|van|pick-?up(?: truck)?|vehicle)"
_HEAVY = r"(?:semi(?:[- ]?truck|[- ]?trailer)?|tractor[- ]?trailer|18[- ]?wheeler|eighteen[- ]?wheeler|dump truck|garbage truck|big rig|bus)"
_CRASH = re.compile(
    r"\b(?:mva|mvc|mvcs|(?:motor[- ]?vehicle|car|automobile|auto|vehicle|vehicular|traffic|motor[- ]?cycle|bicycle|bike|truck|atv|roll-?over)"
    r"[\s-](?:\w+\s)?(?:accident|collision|crash|wreck|rollover)"
    r"|head-?on collision|t-?boned|rear-?ended|broadsided|side-?swiped|rollover|rolled (?:his|her|their|the) \w+|ejected"
    r"|lost control of (?:(?:his|her|the|their|a) )?\w+|ran off (?:of )?the road|(?:his|her|the|their) (?:car|vehicle|truck|van) (?:was (?:struck|hit)|struck|hit|rolled|flipped|overturned)"
    rf"|(?:struck|hit|run over|ran over|knocked down|rear-?ended|clipped) (?:by|from behind by) (?:an? |the |another |some )?(?:\w+ ){{0,2}}(?:{_CAR}|{_HEAVY}|truck|train|motor[- ]?cycle)"
    r"|(?:auto|car|vehicle|automobile) (?:vs|versus)\.? (?:pedestrian|ped|bicycle|bike|bicyclist|tree|pole|deer)|(?:pedestrian|ped|bicyclist|bicycle|bike|car|auto|motorcycle) (?:vs|versus)\.? \w+"
    r"|(?:fell|fall|thrown|ejected|flipped|wrecked|crashed|laid down|flew|rolled) (?:off |from |over |down |of |his |her |their |the |an? |into |my |himself )*(?:own )?(?:(?:motor|dirt)?[- ]?(?:cycle|bike)|bicycle|handle ?bars?|atv|four[- ]?wheeler|4[- ]?wheeler|moped|snowmobile|motorcycle|go[- ]?kart|golf cart)"
    r"|(?:motorcycle|bicycle|bike|atv|moped|four[- ]?wheeler|snowmobile)\b[^.;]{0,60}?\b(?:rolled|overturned|flipped|crashed|slid|accident|crash|wreck)"
    r"|(?:driver|passenger|occupant|motorcyclist|bicyclist|cyclist)\b[^.;]{0,40}?\b(?:struck|hit|collided|collision|crash\w*|accident|wreck|rear-?ended|t-?boned|thrown|ejected)"
    r"|(?:restrained|unrestrained|belted|unbelted|seat-?belted)[^.;]{0,20}?(?:driver|passenger))\b",
)
_CYCLE = re.compile(
    r"\b(?:bicycle|bicycl\w+|(?<!dirt )(?<!motor )(?<!dirt-)(?<!motor-)bike|cyclist|bike rider|pedal cycle|handle ?bars?)\b"
)
_MOTORCYCLE = re.compile(r"\b(?:motor-? ?cycl\w+|motor ?bike|moped|harley|vespa|motor scooter)\b")
_OFF_ROAD = (
    (re.compile(r"\bsnow ?mobil\w+"), "2"),
    (re.compile(r"\bdune buggy"), "3"),
    (re.compile(r"\b(?:atv|all[- ]terrain|four[- ]?wheeler|4[- ]?wheeler|quad bike|three[- ]?wheeler)\b"), "5"),
    (re.compile(r"\b(?:dirt ?-?bike|motocross|motor ?cross|trail bike)\b"), "6"),
    (re.compile(r"\b(?:go[- ]?kart|golf cart|utv|side[- ]by[- ]side)\b"), "9"),
)
_PEDESTRIAN = re.compile(
    r"\b(?:pedestrian|(?:while|when|was|were|as) (?:he |she )?(?:was )?(?:walking|crossing|standing|jogging|running)|crossing (?:the|a) (?:street|road)|ped)\b",
)
_DRIVER = re.compile(
    r"\b(?:driver|driving|drove|behind the wheel|lost control of (?:his|her) (?:car|vehicle|truck|van)|(?:his|her) (?:car|vehicle|truck|van|pick-?up))\b"
)
_OTHERS_DRIVER = re.compile(r"\b(?:other|another|drunk) driver|driver of the other")
_PASSENGER = re.compile(r"\b(?:passenger|back ?seat|rear seat|front seat passenger|riding in (?:the|a)|car seat)\b")
_ROLE = re.compile(r"\b(?:passenger|driver|driving|drove|rider|riding|rode)\b")
"""Said of who was hurt; where nothing is, the driver is presumed and yields to a place that says it."""
_IN_TRUCK = re.compile(
    r"\b(?:driver|driving|passenger|riding|occupant)\b (?:\w+ ){0,3}?(?:an? |his |her |the )?(pick-?up|van|minivan|semi|tractor[- ]?trailer|18[- ]?wheeler|bus|dump truck)\b"
)
_FIXED = re.compile(
    r"\b(?:tree|(?:telephone |utility |light |power )?pole|guard ?rail|wall|building|house|fence|median|embankment|barrier|curb|sign|mail ?box|hydrant|parked (?:car|vehicle|truck))\b"
)
_MET = (
    (re.compile(r"\bparked (?:car|vehicle|truck)"), "fixed"),
    (re.compile(rf"\b(?:by|with|into|against|vs\.?|versus|hit|struck|rear-?ended|another|and|from behind by)\b (?:an? |the |another |other |oncoming )*(?:\w+ )?{_HEAVY}\b"), "heavy"),
    (re.compile(r"\b(?:by|with|into|vs\.?|versus|hit|struck)\b (?:an? |the )?(?:\w+ )?train\b"), "train"),
    (re.compile(r"\b(?:by|with|into|against|hit|struck|another) (?:an? |the |another )*(?:suv|sport utility|jeep)\b"), "suv"),
    (re.compile(r"\b(?:by|with|into|against|hit|struck|another) (?:an? |the |another )*(?:\w+ )?pick-?up"), "pickup"),
    (re.compile(r"\b(?:by|with|into|against|hit|struck|another) (?:an? |the |another )*(?:mini)?van\b"), "van"),
    (re.compile(r"\b(?:by|with|into|against|hit|struck|another) (?:an? |the |another )*(?:\w+ )?truck\b"), "pickup or van"),
    (re.compile(r"\b(?:by|with|into|against|hit|struck|from behind by|vs\.?|versus|other|another) (?:an? |the |another |other |oncoming |passing |moving )*(?:car|automobile|auto|sedan|taxi|cab)\b|\b(?:auto|car|automobile) (?:vs|versus)\.? (?:an? |the )?(?:ped|bic|bike)"), "car"),
    (re.compile(r"\b(?:into|against|hit|struck|with|vs\.?|versus|hitting|striking) (?:an? |the )?(?:deer|cow|dog|moose|horse|pedestrian)\b"), "animal"),
    (re.compile(r"\b(?:into|against|hit|struck|hitting|striking|with|vs\.?|versus) (?:an? |the )?(?:\w+ )?" + _FIXED.pattern[2:]), "fixed"),
    (re.compile(r"\brear-?ended\b|\bt-?boned|\bhead-?on|broadsided|side-?swiped|\bcollid\w+ with\b|\bcollision\b|\b(?:by|with|another|other) (?:an? |the |another |other |moving )*(?:\w+ )?vehicle\b"), "vehicle"),
    (re.compile(r"\broll(?:ed)?[- ]?over|\boverturned|\bflipped|\brolled\b|\blost control|\bran off|\binto (?:a|the) ditch|\blaid\b|\bfell\b|\bfall\b|\bthrown\b|\bslid\b|\bejected\b|\bcrashed\b"), "alone"),
)  # fmt: skip
_LITTLE = ("", "vehicle", "alone")
_OFF_STREET = re.compile(
    r"\b(?:parking (?:lot|garage)|driveway|private property|garage|race ?track|back ?yard|in the yard)\b"
)
_STREET = re.compile(r"\b(?:street|road|roadway|highway|traffic|intersection|freeway|interstate)\b")
_REACH = 180


class Accident(NamedTuple):
    """A transport accident: the beginning of its code, how much it says, where it is told."""

    code: str
    weight: int
    start: int
    end: int


def accident(text: str, found: re.Match[str], first: int, last: int) -> Accident | None:
    """Return the accident told around a match of ``crashes`` between two offsets, or None where it names no vehicle."""
    low, high = max(first, found.start() - _REACH), min(last, found.end() + _REACH)
    told = text[low:high]
    code, weight = _code(told, text[found.start() : found.end()])
    return Accident(code, weight, found.start(), found.end()) if code else None


def crashes(text: str, first: int = 0, last: int | None = None) -> list[re.Match[str]]:
    """Return where a text in small letters, or a stretch of it, tells of an accident with a vehicle."""
    return list(_CRASH.finditer(text, first, len(text) if last is None else last))


def _code(told: str, words: str) -> tuple[str, int]:
    met = next((name for pattern, name in _MET if pattern.search(words)), "")
    if met in _LITTLE:  # the words around may name what was met
        met = next((name for pattern, name in _MET if pattern.search(told)), "")
    off_street = _OFF_STREET.search(told) is not None
    rider = "5" if _PASSENGER.search(told) else "4"
    for pattern, kind in _OFF_ROAD:
        if pattern.search(told):
            return f"V86.{'6' if rider == '5' else '5'}{kind}", 3 if _ROLE.search(told) else 2
    if _MOTORCYCLE.search(told) and not re.search(r"by (?:an? |the )?motor-? ?cycle", told):
        return _two_wheels("2", met, rider, off_street=off_street)
    if _CYCLE.search(told) and not re.search(r"by (?:an? |the )?(?:bicycl|bike)", told):
        return _two_wheels(
            "1", met, rider, off_street=off_street or (met in ("alone", "") and not _STREET.search(told))
        )
    inside = _PASSENGER.search(told) or _DRIVER.search(_OTHERS_DRIVER.sub(" ", told))
    if _PEDESTRIAN.search(told) and not inside:
        return _on_foot(met, off_street=off_street)
    if (
        not inside
        and re.search(r"\b(?:struck|hit|run over|ran over|knocked down) by\b", words)
        and "(?:his|her) car" not in told
    ):
        return (
            _on_foot(met, off_street=off_street)
            if not re.search(r"\b(?:car|vehicle|truck) was\b", words)
            else ("V89.2", 1)
        )
    return _occupant(told, met, off_street=off_street)


def _two_wheels(kind: str, met: str, rider: str, *, off_street: bool) -> tuple[str, int]:
    """Return the code of a rider of a pedal cycle (V1) or motorcycle (V2)."""
    middle = {"car": "3", "suv": "3", "pickup": "3", "van": "3", "pickup or van": "3", "heavy": "4", "train": "5", "fixed": "7",
              "animal": "0", "alone": "8", "vehicle": "9"}.get(met)  # fmt: skip
    whose = {"4": "0", "5": "1"}[rider] if off_street else rider
    other = "9" if kind == "2" else ""
    if middle is None:
        return ("V29.99", 2) if kind == "2" else ("V18.0" if off_street else "V19.9", 2)
    if middle == "9":
        return f"V{kind}9.{whose}0{'8' if kind == '2' else ''}", 3
    return f"V{kind}{middle}.{whose}{other}", 3


def _on_foot(met: str, *, off_street: bool) -> tuple[str, int]:
    middle = {"car": "3", "suv": "3", "pickup": "3", "van": "3", "pickup or van": "3", "heavy": "4", "train": "5"}.get(
        met
    )
    if middle is None:
        return ("V09.00" if off_street else "V09.20"), 3
    return f"V0{middle}.{'0' if off_street else '1'}0", 3


def _occupant(told: str, met: str, *, off_street: bool) -> tuple[str, int]:
    """Return the code of an occupant of a car (V4), a pick-up truck or van (V5), a heavy vehicle (V6) or a bus (V7)."""
    truck = _IN_TRUCK.search(told)
    named = truck.group(1) if truck else ""
    kind = "4" if not named else "5" if named.startswith(("pick", "van", "mini")) else "7" if named == "bus" else "6"
    clean = _OTHERS_DRIVER.sub(" ", told)
    who = "passenger" if _PASSENGER.search(clean) else "driver" if _DRIVER.search(clean) else ""
    if not who and kind == "4" and met in ("", "alone", "vehicle"):
        known = re.search(r"\b(?:car|automobile|auto)[- ](?:\w+ )?(?:accident|crash|wreck|collision)\b", told)
        return ("V49.9", 1) if known else ("V89.2", 1)
    last = {"driver": ("5", "0"), "passenger": ("6", "1"), "": ("9", "3")}[who][1 if off_street else 0]
    if met in ("", "vehicle"):
        whom = {"driver": ("40", "00"), "passenger": ("50", "10"), "": ("60", "20")}[who][1 if off_street else 0]
        return f"V{kind}9.{whom}", 2
    middle = {"car": "3", "suv": "3", "pickup": "3", "van": "3", "pickup or van": "3", "heavy": "4", "train": "5", "fixed": "7", "animal": "0",
              "alone": "8"}[met]  # fmt: skip
    part = {"suv": "1", "car": "2", "pickup": "3", "van": "4", "pickup or van": "3"}.get(met, "") if kind == "4" else ""
    return f"V{kind}{middle}.{last}{part}", 3
