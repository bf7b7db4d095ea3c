"""Laterality: which side a code's title names, and its sibling on another side."""

from __future__ import annotations

import re

SIDES = ("right", "left", "bilateral", "unspecified")

_NAMED = re.compile(r"\b(right|left|bilateral|both)\b", re.IGNORECASE)
_UNSPECIFIED = re.compile(r"\bunspecified (?:side|eye|ear|lower|upper|limb|leg|arm|hand|foot|ankle|wrist|knee|hip|shoulder|elbow|thigh|"
                          r"finger|toe|thumb|breast|femur|tibia|fibula|humerus|radius|ulna|clavicle|kidney|lung|ovary|extremity|eyelid|"
                          r"forearm|carotid artery|vertebral artery|orbit|testis|quadrant|site of \w+ \w*breast|great toe|lesser toe)", re.IGNORECASE)  # fmt: skip


def side_of(title: str) -> str | None:
    """Return the side that a title names.

    >>> side_of("Pain in right knee"), side_of("Pain in unspecified knee"), side_of("Essential hypertension")
    ('right', 'unspecified', None)
    """
    named = {"bilateral" if m.lower() == "both" else m.lower() for m in _NAMED.findall(title)}
    if len(named) == 1:
        return named.pop()
    if {"right", "left"} <= named:
        return None
    return "unspecified" if _UNSPECIFIED.search(title) else None


def neutral(title: str) -> str:
    """Return a title without its side, by which siblings are recognised."""
    bare = _NAMED.sub("", _UNSPECIFIED.sub(lambda m: m.group().split(" ", 1)[1], title)).lower()
    return " ".join(w.removesuffix("s") for w in re.findall(r"[a-z0-9]+", bare) if w not in {"side", "unspecified"})
