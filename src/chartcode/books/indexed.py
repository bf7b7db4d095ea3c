"""Words for procedures and places that the installed book of ICD-10-PCS itself has: its index and its body part key.

The index leads from "Gastrotomy" to the first four characters of Drainage of the stomach; the rest is read from the
record, or stays open. Only words of one procedure and one place are taken: where the index offers several operations
("Acetabuloplasty": Repair, Replacement, Supplement), a coder chooses by what was done, and so do our own rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chartcode.books.icd10pcs import Pages

_PROCEDURE = re.compile(
    r"[A-Z][a-z]+(?:ectomy|otomy|ostomy|plasty|scopy|rrhaphy|pexy|desis|centesis|lysis|tripsy|dialysis)"
)
"""A word that names a procedure alone; other main terms name devices, drugs, body parts, or need their subterms."""

_CLASSES = {"K": "muscle", "N": "bone", "P": "bone", "Q": "bone", "R": "joint", "S": "joint"}
"""Body systems whose parts are told apart by the words for places, and their class."""

_SIDES = ("Right", "Left", "Bilateral")
_ORGANS = frozenset("23478BCDFGTUV")
"""Body systems whose parts a record names as the index does."""
_DIAGNOSTIC = "(biops:X,diagnostic:X,:Z)"
_VERBS = {
    "Excision": {"excision": f"(@)Z{_DIAGNOSTIC}", "biopsy": "(@)ZX"},
    "Destruction": {"ablation": "(@)ZZ", "destruction": "(@)ZZ", "fulguration": "(@)ZZ"},
    "Repair": {"repair": "(@)ZZ"},
    "Drainage": {"drainage": "(@)(drain plac:0,catheter:0,tube:0,:Z)Z"},
    "Release": {"release": "(@)ZZ"},
    "Division": {"division": "(@)ZZ"},
}
"""Root operations by their name in the index: the record's verbs, and what they leave to its words."""
_REST = "(@)??"
"""What a procedure of four characters leaves to the record: the approach by its words, device and qualifier open."""


def indexed_operations(pages: Pages) -> Iterator[tuple[str, str]]:
    """Yield (word, pattern) for each procedure of the index that leads to one code or one body part."""
    targets: dict[str, set[str]] = defaultdict(set)
    for term, codes in pages.index_terms():
        main, _, below = term.partition(", ")
        if _PROCEDURE.fullmatch(main):
            targets[main].add("" if below else codes)
    for word, found in targets.items():
        code = min(found)
        if len(found) == 1 and len(code) in (4, 7):
            yield word, code if len(code) == 7 else code + _REST


def indexed_by_place(pages: Pages) -> Iterator[tuple[str, str]]:
    """Yield (words, pattern) for each root operation on each organ of the index: "repair femoral artery".

    Only for operations whose name a record uses in the classification's sense, and for organs: "repair of the hand"
    is of skin, a tendon or a bone, which the words around must say.
    """
    sides: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for term, codes in pages.index_terms():
        main, *below = term.split(", ")
        if main in _VERBS and len(codes) in (4, 5) and codes[0] == "0" and codes[1] in _ORGANS:
            side = next((part for part in below if part in _SIDES), "")
            place = " ".join(part for part in below if part not in _SIDES)
            sides[main, place].setdefault(side, codes[:4])
    for (main, place), found in sides.items():
        if {"Left", "Right"} <= found.keys():
            several = "".join(found[side][3] for side in _SIDES if side in found)
            code = f"{found['Right'][:3]}[{several}]"
        elif len(found) == 1:
            code = next(iter(found.values()))
        else:
            continue
        for verb, rest in _VERBS[main].items():
            yield f"{verb} {place}", code + rest


def indexed_places(pages: Pages) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (word, values by class) for each word of the body part key that leads to a bone, muscle or joint."""
    values: dict[str, tuple[str, str]] = {}
    for system in _CLASSES:
        for (axis, value), label in pages.labels(f"0{system}B").items():
            if axis == 4:
                values[label] = (system, value)
    for word, labels in pages.body_parts():
        known = [values[label] for label in labels if label in values]
        systems = {system for system, _ in known}
        if len(known) != len(labels) or len(systems) != 1:
            continue
        system = systems.pop()
        right, left = (next((label for label in labels if label.endswith(side)), "") for side in (", Right", ", Left"))
        if right and left:
            yield word, {_CLASSES[system]: f"{system}[{values[right][1]}{values[left][1]}]"}
        elif len(known) == 1:
            yield word, {_CLASSES[system]: "".join(known[0])}
