"""How words are brought to one form, so that a note and a book agree on them.

The book's phrases and the note's text pass through the same door; only equality matters, not the beauty of a form.
A phrase is known by the sum of its words' hashes: word order, plurals and small words do not count, so one table
answers "fracture of the neck of the femur" and "femoral neck fractures" alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType

WORD = re.compile(r"\d+(?:\.\d+)?[A-Za-z]{0,3}|[^\W\d_]+(?:['\u2019][^\W\d_]{1,2}\b)?\d{0,2}[A-Za-z]?", re.UNICODE)
"""One word: letters with a possible genitive and trailing digits (``B12``), or a number with a unit-like tail."""

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "be",
        "by",
        "due",
        "during",
        "for",
        "from",
        "has",
        "have",
        "having",
        "his",
        "her",
        "him",
        "he",
        "she",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "onto",
        "or",
        "our",
        "over",
        "per",
        "s",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "this",
        "those",
        "to",
        "type",
        "upon",
        "was",
        "we",
        "were",
        "which",
        "while",
        "with",
        "within",
        "related",
        "associated",
        "because",
        "caused",
        "nos",
        "nec",
        "mellitus",
        "patient",
        "you",
        "your",
        "i",
        "my",
        "me",
        "been",
        "are",
        "also",
        "both",
        "noted",
        "other",
        "unspecified",
        "specified",
        "elsewhere",
        "classified",
        "part",
        "site",
    ]
)
"""Words that carry no meaning of their own in a phrase."""

_WHOLE = {
    "renal": "kidney", "hepatic": "liver", "gastric": "stomach", "pulmonary": "lung", "cardiac": "heart",
    "femoral": "femur", "humeral": "humerus", "tibial": "tibia", "fibular": "fibula", "ulnar": "ulna",
    "clavicular": "clavicle", "vertebral": "vertebra", "uterine": "uterus", "ovarian": "ovary",
    "cervix": "cervical", "prostatic": "prostate", "pancreatic": "pancreas", "esophageal": "esophagus",
    "colonic": "colon", "rectal": "rectum", "thyroidal": "thyroid", "splenic": "spleen", "cerebral": "brain",
    "mammary": "breast", "vesical": "bladder", "cutaneous": "skin", "dermal": "skin",
    "tumor": "neoplasm", "tumour": "neoplasm", "malignancy": "cancer", "ca": "cancer", "carcinoma": "cancer",
    "calculus": "stone", "calculi": "stone", "lithiasis": "stone",
    "fx": "fracture", "fxs": "fracture", "fractured": "fracture", "broken": "fracture",
    "lt": "left", "rt": "right", "bilaterally": "bilateral", "b/l": "bilateral",
    "hlhs": "hlhs",  # a heart; without its last letter it would be the blood disease HLH
    "hx": "history", "h/o": "history", "dx": "diagnosis", "sx": "symptom",
    "teeth": "tooth", "feet": "foot", "children": "child", "women": "woman", "men": "man",
    "emboli": "embolus", "embolism": "embolus", "thrombi": "thrombus", "bronchi": "bronchus",
    "diverticula": "diverticulum", "ova": "ovum", "nevi": "nevus", "fungi": "fungus", "foci": "focus",
    "appendices": "appendix", "cortices": "cortex", "apices": "apex", "indices": "index", "varices": "varix",
    "overdoses": "overdose", "phases": "phase", "mris": "mri", "utis": "uti",
    "metatarsi": "metatarsal", "vertebrae": "vertebra", "bursae": "bursa", "adenomata": "adenoma",
    "stenotic": "stenosis", "necrotic": "necrosis", "cirrhotic": "cirrhosis", "metastatic": "metastatic",
    "fibroid": "leiomyoma", "fibroids": "leiomyoma", "myoma": "leiomyoma", "myomas": "leiomyoma",
    "hiv": "hiv", "aids": "aids", "diabetes": "diabetes", "herpes": "herpes", "rabies": "rabies",
    "scabies": "scabies", "caries": "caries", "tabes": "tabes", "pes": "pes", "abscess": "abscess",
    "gas": "gas", "has": "has", "was": "was", "pus": "pus", "left": "left", "red": "red", "bed": "bed",
    "swollen": "swelling", "swell": "swelling", "vomited": "vomiting", "emesis": "vomiting",
    "bled": "bleeding", "hemorrhage": "bleeding", "hemorrhagic": "bleeding", "haemorrhage": "bleeding",
    "leukaemia": "leukemia", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "ii": "2", "iii": "3", "iiia": "3a", "iiib": "3b",
}  # fmt: skip

_ENDINGS = (
    ("eases", "ease"), ("aches", "ache"), ("yses", "ysis"), ("oses", "osis"), ("ases", "asis"), ("eses", "esis"),
    ("itides", "itis"), ("mata", "ma"), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Return the form under which a word is compared: lower case, American, singular, without accents.

    >>> [normal(w) for w in ("Fractures", "oedema", "Renal", "diagnoses", "haemorrhages", "Crohn's")]
    ['fracture', 'edema', 'kidney', 'diagnosis', 'bleeding', 'crohn']
    """
    form = word.lower()
    if not form.isascii():
        form = unicodedata.normalize("NFKD", form.replace("\u2019", "'")).encode("ascii", "ignore").decode().lower()
    form = form.removesuffix("'s").rstrip("'")
    if form in _WHOLE:
        return _WHOLE[form]
    if len(form) > 5:
        form = form.replace("ae", "e").replace("oe", "e")
        if form.endswith("our"):
            form = form[:-2] + "r"
    if len(form) > 3 and form[-1] == "s" and not form.endswith(("ss", "us", "is")):
        for ending, instead in _ENDINGS:
            if form.endswith(ending) and len(form) > len(ending) + 1:
                form = form[: -len(ending)] + instead
                break
        else:
            form = form[:-1]
    return _WHOLE.get(form, form)


@lru_cache(maxsize=200_000)
def word_hash(form: str) -> int:
    """Return 64 bits that stand for a normal form; 0 for small words, so that they vanish from a sum."""
    if form in SMALL:
        return 0
    return int.from_bytes(blake2b(form.encode(), digest_size=8).digest(), "little")


LETTERED = frozenset(["influenza", "hepatitis", "hemophilia", "type", "group", "vitamin"])
"""Words after which a lone "a" is a name, not an article: influenza A, group A."""


def forms(phrase: str) -> list[str]:
    """Return the normal forms of a phrase's words that count, in order.

    >>> forms("Hepatitis A with a headache secondary to it")
    ['hepatitis', 'letter-a', 'headache']
    """
    found: list[str] = []
    before = ""
    for word in WORD.findall(phrase):
        form = normal(word)
        if form in TURNED:
            form = counted(form, before)
        if form == "to" and before == "secondary":
            found.pop()
        elif form not in SMALL:
            found.append(form)
        before = form
    return found


NUMBERED = frozenset(["type", "stage", "grade", "class", "phase", "bipolar", "degree", "category"])
"""Words after which Roman letters are numbers: type I, stage IV."""
_ROMAN = {"i": "1", "iv": "4", "v": "5", "vi": "6", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


TURNED = frozenset(("a", *_ROMAN))
"""Forms that ``counted`` may turn into others."""


def counted(form: str, before: str) -> str:
    """Return a normal form as it counts after the word before it."""
    if form == "a" and before in LETTERED:
        return "letter-a"
    return _ROMAN[form] if form in _ROMAN and before in NUMBERED else form


MASK = 0xFFFF_FFFF_FFFF_FFFF
"""Keys are sums modulo 2**64."""


def share(form: str, abbreviations: Mapping[str, int]) -> int:
    """Return a word's share in a key; an abbreviation counts as the words that it stands for."""
    return abbreviations.get(form) or word_hash(form)


def phrase_key(words: Iterable[str], abbreviations: Mapping[str, int] = MappingProxyType({})) -> int:
    """Return the key of a bag of normal forms: the sum of their shares modulo 2**64."""
    return sum(share(word, abbreviations) for word in words) & MASK
