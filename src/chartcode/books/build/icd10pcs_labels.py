"""The labels of axis values, where only titles are known; and titles, where only labels are known.

The titles of one table are made to one pattern. A word that stands in all titles with some values of an axis and in
none with its other values belongs to that axis; the words that belong to a value, in their order, are its label.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from chartcode.books.icd10pcs.tables import AXES

Value: TypeAlias = tuple[str, int, str]
"""A table's three characters, an axis (4 to 7) and a value of it."""

_EDGES = frozenset(("of", "using", "with", "into", "from", "in", "on", "to", "for", "by", "and", "or", "approach"))
_NOTHING = "None"
_JOINTS = frozenset((",", "and", "or", "/", "-", "of", "the", "with"))
_APPROACH = frozenset(
    (
        "Open",
        "Percutaneous",
        "Endoscopic",
        "External",
        "Via",
        "Natural",
        "Artificial",
        "Opening",
        "Assistance",
        "Approach",
    )
)
_APPROACHED = frozenset("01234789X")
"""The sections whose fifth axis is the approach."""
_APPROACHES = {
    "0": "Open",
    "3": "Percutaneous",
    "4": "Percutaneous Endoscopic",
    "7": "Via Natural or Artificial Opening",
    "8": "Via Natural or Artificial Opening Endoscopic",
    "F": "Via Natural or Artificial Opening with Percutaneous Endoscopic Assistance",
    "X": "External",
}
"""The approaches, which have the same character in every section that has approaches."""
_ASSISTANCE = {
    4: {"2": "Cardiac", "5": "Circulatory", "9": "Respiratory", "C": "Biliary", "D": "Urinary"},
    6: {"0": "Filtration", "1": "Output", "2": "Oxygenation", "3": "Pacing", "4": "Rhythm", "5": "Ventilation"},
}
"""Body systems and functions of section 5, which titles name together ("Respiratory Ventilation")."""


def operations(titles: Mapping[str, str]) -> dict[str, str]:
    """Return the names of operations by section and third character: how all titles of an operation begin."""
    begin: dict[str, list[str]] = {}
    for code, title in titles.items():
        words, key = _words(title), code[0] + code[2]
        shared = begin.setdefault(key, words)
        same = next(
            (n for n, (a, b) in enumerate(zip(shared, words, strict=False)) if a != b), min(len(shared), len(words))
        )
        begin[key] = shared[:same]
    return {key: name for key, words in begin.items() if (name := _tidy(words))}


def derived(titles: Mapping[str, str]) -> dict[Value, str]:
    """Return the labels that the titles of codes tell, by value.

    A value without words of its own, such as Z, is labelled "None" where other values of its axis have words.
    """
    tables: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for code, title in titles.items():
        tables[code[:3]][code] = _words(title)
    found: dict[Value, str] = {}
    for key, codes in tables.items():
        found.update(_of_table(key, codes))
    return {v: _fixed(v) or label for v, label in _lent(found, tables).items()}


def _fixed(value: Value) -> str:
    """Return the label of a value that means the same in all tables of a section."""
    table, axis, character = value
    if axis == 5 and table[0] in _APPROACHED:
        return _APPROACHES.get(character, "")
    if table[0] == "5" and axis in (4, 6):
        return _ASSISTANCE[axis].get(character, "")
    if axis == 7 and table[0] == "X" and character in "123456789ABC":
        return f"New Technology Group {AXES.index(character)}"
    return ""


def _words(title: str) -> list[str]:
    return title.replace(",", " ,").split()


def _of_table(key: str, codes: Mapping[str, list[str]]) -> dict[Value, str]:
    sets = {code: set(words) for code, words in codes.items()}
    common = set.intersection(*sets.values())
    telling: dict[str, list[int]] = defaultdict(list)
    groups: dict[int, dict[str, list[str]]] = {}
    for axis in range(4, 8):
        members: dict[str, list[str]] = defaultdict(list)
        for code in codes:
            members[code[axis - 1]].append(code)
        if len(members) > 1:
            groups[axis] = members
            for word in _tells([[sets[c] for c in own] for own in members.values()], common):
                telling[word].append(axis)
    found: dict[Value, str] = {}
    for axis, members in groups.items():
        for value, own in members.items():
            words = codes[own[0]]
            marked = [_axis_of(n, words, telling.get(w, ()), key) == axis for n, w in enumerate(words)]
            found[key, axis, value] = _label(words, marked)
        if not any(found[key, axis, v] for v in members):
            for value in members:
                del found[key, axis, value]
    return found


def _tells(groups: list[list[set[str]]], common: set[str]) -> set[str]:
    """Return the words that stand in all titles of some groups and in none of the other groups."""
    everywhere = [set.intersection(*group) for group in groups]
    anywhere = [set.union(*group) for group in groups]
    candidates = set.union(*everywhere) - common - {","}
    return {
        w
        for w in candidates
        if all(w in every or w not in some for every, some in zip(everywhere, anywhere, strict=True))
    }


def _axis_of(number: int, words: list[str], axes: Sequence[int], key: str) -> int | None:
    """Return the axis to which a word of a title belongs, by its place where it could belong to several."""
    if len(axes) < 2:
        return axes[0] if axes else None
    if 5 in axes and (words[number] in _APPROACH) == (key[0] in _APPROACHED):
        return 5
    late = any(w in ("using", "with") for w in words[:number])
    early = "into" in words[number:] and "into" not in words[:number]
    preferred = 6 if late or early else 4
    return preferred if preferred in axes else next(a for a in axes if a != 5 or len(axes) == 1)


def _label(words: list[str], marked: list[bool]) -> str:
    """Return the marked words of a title, with the small words between two of them."""
    kept: list[str] = []
    gap: list[str] = []
    for word, own in zip(words, marked, strict=True):
        if own:
            if kept and all(w in _JOINTS for w in gap):
                kept += gap
            kept.append(word)
            gap = []
        else:
            gap.append(word)
    return _tidy(kept)


def _tidy(words: Iterable[str]) -> str:
    """Return words as a label: without commas and small words at its ends."""
    kept = list(words)
    while kept and (kept[0] == "," or kept[0].lower() in _EDGES):
        kept.pop(0)
    while kept and (kept[-1] == "," or kept[-1].lower() in _EDGES):
        kept.pop()
    text = " ".join(kept)
    while ", ," in text or " ," in text:
        text = text.replace(" ,", ",").replace(",,", ",").replace(", ,", ",")
    return text


def _lent(found: dict[Value, str], tables: Mapping[str, Mapping[str, list[str]]]) -> dict[Value, str]:
    """Fill in what a table with one value of an axis does not tell, from the tables of its body system or section."""
    near: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for (key, axis, value), label in found.items():
        if label:
            near[key[:2], axis, value][label] += 1
            near[key[0], axis, value][label] += 1
    filled = dict(found)
    for key, codes in tables.items():
        words = {w for title in codes.values() for w in title}
        for axis in range(4, 8):
            for value in {code[axis - 1] for code in codes}:
                if filled.get((key, axis, value)):
                    continue
                lent = _lender(near, key, axis, value, words)
                filled[key, axis, value] = lent or (_NOTHING if value == "Z" else "")
    return filled


def _lender(near: Mapping[tuple[str, int, str], Counter[str]], key: str, axis: int, value: str, words: set[str]) -> str:
    """Return the usual label of a value elsewhere, if all its words stand in the table's titles."""
    for scope in (key[:2], key[0]):
        for label, _ in near.get((scope, axis, value), Counter[str]()).most_common():
            if set(_words(label)) <= words:
                return label
    return ""


def borrowed(labels: Mapping[Value, str], codes: Iterable[str]) -> dict[Value, str]:
    """Return labels for values of codes that have none: what all tables of their body system call them."""
    near: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for (table, axis, value), label in labels.items():
        if label:
            near[table[:2], axis, value].add(label)
    wanted = {(code[:3], axis, code[axis - 1]) for code in codes for axis in (4, 5, 6)}
    return {
        (table, axis, value): next(iter(found))
        for table, axis, value in wanted
        if not labels.get((table, axis, value)) and len(found := near.get((table[:2], axis, value), set())) == 1
    }


def spoken(label: str) -> str:
    """Return a label as a title says it.

    >>> spoken("Femoral Artery, Left"), spoken("Stomach"), spoken("Fallopian Tubes, Bilateral")
    ('Left Femoral Artery', 'Stomach', 'Bilateral Fallopian Tubes')
    """
    head, comma, tail = label.rpartition(", ")
    return f"{tail} {head}" if comma and tail in ("Left", "Right", "Bilateral", "Upper", "Lower", "Middle") else label


def composed(code: str, labels: Mapping[Value, str], operation: str, titles: Mapping[str, str]) -> str:
    """Return a title for a code that has none: a like code's with one label exchanged, else from the labels.

    Empty if a label that it needs is not known.
    """
    table = code[:3]
    for axis in (4, 5, 6, 7):
        own = labels.get((table, axis, code[axis - 1]), "")
        for value in AXES:
            like = titles.get(code[: axis - 1] + value + code[axis:])
            old = labels.get((table, axis, value), "")
            if like and old and own and _NOTHING not in (old, own) and like.count(spoken(old)) == 1:
                return like.replace(spoken(old), spoken(own))
    parts = [labels.get((table, axis, code[axis - 1]), "") for axis in (4, 5, 6, 7)]
    if not operation or not all(parts):
        return ""
    place, approach, device, qualifier = parts
    plain = ("None", "No Device", "No Qualifier")
    told = [f"{operation} {spoken(place)}", *(spoken(p) for p in (device, qualifier) if p not in plain)]
    if approach not in plain:
        told.append(f"{approach} Approach" if table[0] in "0123478X" else approach)
    return ", ".join(told)
