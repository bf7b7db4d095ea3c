"""Pain and stiffness of a place beside a definite disease of the same place: a symptom of it (Guidelines I.B.5).

The place is read from the words of the titles, so the table holds for every code of the book.
"""

from __future__ import annotations

from functools import lru_cache

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM
from chartcode.books.words import forms

_SYMPTOMS = (
    "M25.4",
    "M25.5",
    "M25.6",
    "M54.2",
    "M54.5",
    "M54.6",
    "M54.9",
    "M79.6",
    "R22.3",
    "R22.4",
    "R26.2",
    "R26.89",
)
_DISEASES = ("M", "S", "G56", "G57", "T84", "L02", "L03", "L97", "C40", "C41")
_REGIONS = {
    "shoulder": ("shoulder", "rotator", "clavicle", "acromioclavicular", "bicipital", "humerus", "scapula"),
    "elbow": ("elbow", "epicondylitis", "olecranon", "humerus"),
    "hand": (
        "forearm",
        "wrist",
        "hand",
        "finger",
        "fingers",
        "thumb",
        "carpal",
        "metacarpal",
        "radius",
        "ulna",
        "radial",
        "phalanx",
    ),
    "hip": ("hip", "femur", "trochanter", "trochanteric", "acetabulum", "thigh", "pelvic", "femoral"),
    "knee": ("knee", "patella", "patellofemoral", "meniscus", "cruciate", "tibia", "fibula", "leg"),
    "foot": (
        "ankle",
        "foot",
        "toe",
        "toes",
        "plantar",
        "calcaneus",
        "metatarsal",
        "tarsal",
        "tarsometatarsal",
        "heel",
        "achilles",
        "malleolus",
        "fibula",
        "hallux",
    ),
    "back": ("lumbar", "lumbosacral", "back", "thoracic", "thoracolumbar", "sacroiliac", "sacral"),
    "neck": ("cervical", "neck", "cervicothoracic"),
}
_BY_CODE = (("M54.2", "neck"), ("M54.5", "back"), ("M54.6", "back"), ("M54.9", "back"))
_WALKING = ("R26.2", "R26.89")
_LEGS = frozenset(("hip", "knee", "foot"))


@lru_cache(maxsize=20_000)
def _regions(title: str) -> frozenset[str]:
    words = set(forms(title))
    return frozenset(region for region, named in _REGIONS.items() if words.intersection(named))


def _places(code: str, book: ICD10CM) -> frozenset[str]:
    known = frozenset(region for beginning, region in _BY_CODE if code.startswith(beginning))
    return _LEGS if code.startswith(_WALKING) else known or _regions(book.title(code))


def drop_site_pain(standing: list[Candidate], book: ICD10CM) -> None:
    """Reject each standing symptom of a place where a standing disease of the same place and side explains it."""
    diseases = [c for c in standing if c.code.startswith(_DISEASES) and not c.code.startswith(_SYMPTOMS)]
    for candidate in standing:
        if not candidate.code.startswith(_SYMPTOMS):
            continue
        places, side = _places(candidate.code, book), book.side(candidate.code)
        for disease in diseases:
            other = book.side(disease.code)
            apart = {side, other} == {"right", "left"}
            if places & _places(disease.code, book) and not apart:
                candidate.yield_to(
                    disease,
                    f"a symptom of {disease.code} at the same place (Guidelines I.B.5)",
                    "a symptom at the same place",
                )
                break
