"""From the node that a phrase leads to, down to the code that the record supports.

A coder follows the subterms that the record documents and takes "unspecified" only where it says no more: side, the
words of a subdivision's title, the episode of care. The walk reads the words of the mention's own sentence; the side
also from the sentences around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from chartcode.assign.placed import placed
from chartcode.books import ICD10CM
from chartcode.books.release import Release
from chartcode.books.words import forms

_SIDES = {"right": "right", "left": "left", "bilateral": "bilateral", "both": "bilateral"}
_SIDE_WORDS = frozenset(("right", "left", "bilateral", "side", "unilateral", "both", "region"))
_WITHOUT = re.compile(r"\b(?:without mention of|without|not)\b")
_VAGUE = re.compile(r"\bunspecified\b|\bnos\b|not otherwise specified")
_OTHER = re.compile(r"\bother\b|elsewhere classified")
_INCLUDING = re.compile(r", including [\w ]+$")
"""What a title counts in ("skin of eyelid, including canthus") need not be said."""
_END_OF_DENIAL = re.compile(r",|\bof\b|\bwith\b")
_EMPTY = frozenset(("organism", "site", "cause", "type", "part", "severity", "stage"))
"""Words of vague titles that a fuller title need not repeat."""
_ORGAN_SIDES = frozenset(("right", "left"))
_HEART = re.compile(r"\b(?:heart|ventric\w+|atri\w+|bundle|cardiac)\b")
_DEEPEST = 8
_OPPOSITES = (
    ("displaced", "nondisplaced"), ("nondisplaced", "displaced"), ("subluxation", "dislocation"),
    ("dislocation", "subluxation"), ("complete", "partial"), ("partial", "complete"),
)  # fmt: skip
"""(what a title says, what the record may say instead)."""
_DENIALS = (
    "foreign body", "damage to nail", "penetration into peritoneal cavity", "penetration into thoracic cavity",
    "penetration into retroperitoneum", "open intracranial wound",
)  # fmt: skip
_CONTRARY = tuple(
    pair for a, b in (("upper", "lower"), ("medial", "lateral"), ("anterior", "posterior")) for pair in ((a, b), (b, a))
)
"""Places that exclude each other: what is said of one is no more precise word for the other."""
_OF_A_HAND = ("G81", "G83.1", "G83.2", "G83.3", *(f"I69.{n}{m}" for n in "012389" for m in "345"))
_PRESUMED = {
    "M16": frozenset(("primary", "unilateral")),
    "M17": frozenset(("primary", "unilateral")),
    "M18": frozenset(("primary", "unilateral")),
    "M19": frozenset(("primary", "joint")),
}
"""Words that a record need not say: by the Index, osteoarthritis of a joint is primary unless it says otherwise."""


Relative: TypeAlias = tuple[str, frozenset[str], frozenset[str], str | None, float]
"""A code, the words that it asks for beyond a vaguer one, those it denies, its side, and how much it says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the walk may use.

    The words of the sentence, the side, the episode of care (A, D, S), the Gustilo type of an open wound (I for I and
    II, III; empty for none), the healing, the trimester, the hand that is used (right, left, ambidextrous), the sixth
    character of an intracranial injury by the loss of consciousness.
    """

    words: frozenset[str]
    side: str | None = None
    episode: str = "A"
    open_wound: str = ""
    healing: str = "routine"
    trimester: str | None = None
    hand: str | None = None
    awake: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A title taken apart: the words it asks for, those it denies, its side, and whether it is vague or residual."""

    words: frozenset[str]
    denied: frozenset[str]
    side: str | None
    vague: bool
    other: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """What an edition's titles say, taken apart once: its shapes, and by code, category and way what follows."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    families: dict[str, tuple[Relative, ...]] = field(default_factory=dict)
    members: dict[str, tuple[tuple[str, Shape], ...]] = field(default_factory=dict)
    ways: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def _titles(tabular: Release, order: Release | None) -> Titles:  # noqa: ARG001 - the releases are the key
    """Return what is known of the titles of these releases; the days of an edition differ in validity alone."""
    return Titles()


class Resolver:
    """Walks one day's book; remembers the titles that it has taken apart."""

    def __init__(self, book: ICD10CM) -> None:
        """Take the book of a day."""
        self.book = book
        titles = _titles(book.tabular, book.order)
        self._shapes, self._families, self._members, self._ways = (
            titles.shapes, titles.families, titles.members, titles.ways
        )  # fmt: skip
        self._titled: dict[str, dict[str, str]] = {}
        self._answers: dict[tuple[str, Evidence], tuple[str | None, tuple[str, ...]]] = {}

    def shape(self, code: str) -> Shape:
        """Return a title taken apart."""
        known = self._shapes.get(code)
        if known is None:
            known = self._shapes[code] = self._take_apart(code, self.book.title(code))
        return known

    def _take_apart(self, code: str, title: str) -> Shape:
        """Return a title's shape; what is denied ends at a comma, "of" or "with": "without foreign body of scalp"."""
        title = title.lower()  # a sign of each expression is looked for first: thousands of titles are taken apart
        title = _INCLUDING.sub("", title)
        head, *tails = _WITHOUT.split(title) if "not" in title or "without" in title else (title,)
        parts = [_END_OF_DENIAL.split(tail, maxsplit=1) for tail in tails]
        words = forms(" ".join((head, *(part[1] for part in parts if len(part) > 1))))
        named = next((_SIDES[w] for w in words if w in _SIDES), None)
        # "Right heart failure" is for no side of the body: there the word must be documented.
        part = (
            frozenset(w for w in words if w in _ORGAN_SIDES)
            if named and _HEART.search(title) and self.book.side(code) is None
            else frozenset()
        )
        return Shape(
            (frozenset(words) - _SIDE_WORDS) | part,
            frozenset(w for part in parts for w in forms(part[0])) - _SIDE_WORDS - frozenset(words),
            None if part else named,
            ("specified" in title or "nos" in title) and _VAGUE.search(title) is not None,
            ("other" in title or "elsewhere" in title) and _OTHER.search(title) is not None,
        )

    def resolve(self, code: str, evidence: Evidence) -> tuple[str | None, tuple[str, ...]]:
        """Return the reportable code under a node that the evidence supports, and the steps taken in words.

        None where the book asks for more than the record says.
        """
        key = (code, evidence)
        if key not in self._answers:
            if len(self._answers) > 200_000:
                self._answers.clear()
            found, steps = self._walk(code, evidence)
            self._answers[key] = self._turned(found, evidence, steps) if found else (found, steps)
        return self._answers[key]

    def way(self, node: str, code: str) -> tuple[str, ...]:
        """Return the titles from the category of a node down to a code."""
        known = self._ways.get((node, code))
        if known is None:
            category = len(node.split(".", maxsplit=1)[0])
            above = (c for c in reversed(self.book.ancestors(code)) if len(c) >= category)
            known = self._ways[node, code] = tuple(self.book.title(c) for c in (*above, code))
        return known

    def sides(self, code: str, evidence: Evidence) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the reportable codes that the evidence supports: two where both sides are meant and no code says so.

        Guidelines I.B.13: a bilateral condition without a bilateral code takes one code for each side.
        """
        found, steps = self.resolve(code, evidence)
        if found is None:
            return ()
        if evidence.side == "bilateral" and self.book.side(found) != "bilateral":
            both = [c for side in ("right", "left") if (c := self.book.with_side(found, side)) and self.book.valid(c)]
            if len(both) != 2 or self.book.side(found) != "unspecified":
                both = self._each_side(code, evidence)
            if len(both) == 2:
                return tuple((c, (*steps, "both sides (Guidelines I.B.13)")) for c in both)
        return ((found, steps),)

    def _each_side(self, code: str, evidence: Evidence) -> list[str]:
        """Return the codes that right and left would come to, if they are a pair: some categories have no vague one."""
        one, other = (self.resolve(code, replace(evidence, side=side))[0] for side in ("right", "left"))
        pair = one and other and self.book.side(one) == "right" and self.book.side(other) == "left"
        return [one, other] if one and other and pair and self.book.with_side(one, "left") == other else []

    def _walk(self, code: str, evidence: Evidence) -> tuple[str | None, tuple[str, ...]]:
        steps: list[str] = []
        moved = placed(code, evidence.words)
        if moved and moved != code and self.book.known(moved):
            steps.append(f"by its place: {self.book.title(moved)}")
            code = moved
        node = self._sided(self._widen(code, evidence, steps), evidence, steps)
        for _ in range(_DEEPEST):
            if self.book.valid(node):
                return node, tuple(steps)
            seventh = self.book.seventh_characters(node)
            children = [c for c in self.book.children(node) if len(c.replace(".", "")) < 7 or not seventh]
            if children:
                chosen, why = self._choose(node, children, evidence)
                if chosen is None:
                    return None, tuple(steps)
                node = chosen
                steps.append(why)
                continue
            if seventh:
                full, why = self._seventh(node, seventh, evidence)
                if full and self.book.valid(full):
                    steps.append(why)
                    return full, tuple(steps)
            break
        other = self.book.in_force(node)
        return (other, (*steps, f"in force on the day for {node}")) if other else (None, tuple(steps))

    def _turned(self, code: str, evidence: Evidence, steps: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return the neighbour of a code where the record says the opposite of what the code does, and the steps."""
        for turned, why in (
            (self._with(code, evidence), "with what the record names"),
            (self._opposite(code, evidence), "by what the record says instead"),
            (self._handed(code, evidence), "by the hand that is used (Guidelines I.C.6.a)"),
            (self._awake(code, evidence), "by the loss of consciousness that the record tells"),
        ):
            if turned is not None and turned != code and self.book.valid(turned):
                code, steps = turned, (*steps, why)
        return code, steps

    def _with(self, code: str, evidence: Evidence) -> str | None:
        """Return the code "with" what its title denies, where the record names it: a foreign body, a damaged nail."""
        title = self.book.title(code).lower()
        if code[0] != "S" or " without " not in title:
            return None
        turned = title
        for denied in _DENIALS:
            if f"without {denied}" in title and set(forms(denied)) <= evidence.words:
                turned = turned.replace(f"without {denied}", f"with {denied}")
        return self._by_title(code[:3]).get(turned) if turned != title else None

    def _by_title(self, category: str) -> dict[str, str]:
        """Return the codes of a category by their titles in small letters."""
        known = self._titled.get(category)
        if known is None:
            below = (c for node in self._under(category) for c in (node, *self.book.children(node)))
            known = self._titled[category] = {self.book.title(c).lower(): c for c in below if self.book.valid(c)}
        return known

    def _opposite(self, code: str, evidence: Evidence) -> str | None:
        """Return the code that says "nondisplaced" for "displaced", or the like, where the record does."""
        own = self.shape(code)
        for one, other in _OPPOSITES:
            if one in own.words and other not in own.words and other in evidence.words and one not in evidence.words:
                wanted = (own.words - {one}) | {other}
                stem, seventh = (code[:-1], code[-1]) if len(code) == 8 else (code, "")
                for near in self._under(code[:3]):
                    if len(near) == len(stem) and self.book.valid(near + seventh):
                        shape = self.shape(near + seventh)
                        if shape.words == wanted and shape.side == own.side:
                            return near + seventh
        return None

    def _handed(self, code: str, evidence: Evidence) -> str | None:
        """Return the code for the dominant or non-dominant side: right is dominant unless said otherwise."""
        if evidence.side not in _ORGAN_SIDES or not code.startswith(_OF_A_HAND):
            return None
        dominant = evidence.hand == "ambidextrous" or evidence.side == (evidence.hand or "right")
        wanted = f"affecting {evidence.side} {'dominant' if dominant else 'non-dominant'} side"
        return next((c for c in self.book.children(code[:-1]) if self.book.title(c).lower().endswith(wanted)), None)

    @staticmethod
    def _awake(code: str, evidence: Evidence) -> str | None:
        """Return the code of an intracranial injury by the loss of consciousness; what is not told is not known."""
        if not code.startswith("S06") or len(code) != 8:
            return None
        return f"{code[:6]}{evidence.awake or 'A'}{code[7]}"

    def _widen(self, code: str, evidence: Evidence, steps: list[str]) -> str:
        """Return a sibling that the record names more fully than a vague code, or the code itself."""
        own = self.shape(code)
        if own.side and evidence.side and own.side != evidence.side:
            sided = self.book.with_side(code, evidence.side)
            if sided:
                steps.append(f"side: {evidence.side}")
                return sided
        if self.book.valid(code) and not (own.vague or code[-1] == "9"):
            return code
        best, most = code, 0.0
        above = self.book.ancestors(code)
        for other, extra, denied, side, weight in self._relatives(code, above[-1] if above else code):
            if weight <= most or not extra <= evidence.words or denied & evidence.words:
                continue
            if side and side != evidence.side:  # a side that nobody named is none
                continue
            best, most = other, weight
        if best != code:
            steps.append(f"more specific: {self.book.title(best)}")
        return best

    def _sided(self, code: str, evidence: Evidence, steps: list[str]) -> str:
        """Return the code for the side that the record names, where a code leaves it open."""
        if evidence.side and self.book.side(code) == "unspecified":
            sided = self.book.with_side(code, evidence.side)
            if sided and self.book.known(sided) and self.book.valid(sided) == self.book.valid(code):
                steps.append(f"side: {evidence.side}")
                return sided
        return code

    def _relatives(self, code: str, category: str) -> tuple[Relative, ...]:
        """Return the codes of the same category that say more than a code, down to where sides part."""
        known = self._families.get(code)
        if known is None:
            own, general = self.shape(code), self.shape(category).words
            given = own.words | general | _PRESUMED.get(category, frozenset())
            kept, named = own.words - general - _EMPTY, own.words & general
            contrary = {b for a, b in _CONTRARY if a in own.words} - own.words
            found = []
            for other, shape in self._of_category(category):
                extra = shape.words - given
                if not (extra and kept <= shape.words) or code.startswith(other):
                    continue
                if named - shape.words and (shape.words & general) - own.words:
                    continue  # another of the places that the category names
                if not contrary.isdisjoint(shape.words):
                    continue
                if own.vague and not own.other and self.book.title(other).startswith("Other "):
                    continue  # another type of the disease, which these words do not name
                weight = len(extra) - 0.4 * shape.other - 0.1 * len(shape.words)
                found.append((other, extra, shape.denied, shape.side, weight))
            known = self._families[code] = tuple(found)
        return known

    def _of_category(self, category: str) -> tuple[tuple[str, Shape], ...]:
        """Return the codes under a category with their shapes, down to where sides part."""
        if category not in self._members:
            shapes = ((code, self.shape(code)) for code in self._under(category))
            self._members[category] = tuple((c, s) for c, s in shapes if not (s.side and self._sided_parent(c)))
        return self._members[category]

    def _under(self, node: str) -> Iterator[str]:
        for child in self.book.children(node):
            if len(child) < 8:
                yield child
                yield from self._under(child)

    def _sided_parent(self, code: str) -> bool:
        """Tell whether the node above says the same without the side."""
        return self.shape(self.book.parent(code)).words >= self.shape(code).words

    def _choose(self, node: str, children: list[str], evidence: Evidence) -> tuple[str | None, str]:
        """Return the child that the evidence fits best, and why."""
        base = self.shape(node).words
        common = base.intersection(*(self.shape(c).words for c in children))
        best, best_score, best_why = None, -9.0, ""
        sides = any(self.shape(c).side for c in children)
        open_ended = any(self.shape(c).vague for c in children)
        for position, child in enumerate(children):
            shape = self.shape(child)
            extra = shape.words - base
            present = extra & evidence.words
            score = (
                1.0 * len(present)
                + 1.0 * len(shape.words & (base - common) & evidence.words)
                - 0.7 * len(extra - present)
                - 0.01 * position
            )
            if denied := shape.denied - base:
                score += 0.35 if not denied & evidence.words else -1.5
            if shape.vague:
                score += 0.5
            if shape.other:
                score -= 0.6 if not present else 0.1
            if sides:
                if shape.side == evidence.side:
                    score += 1.0
                elif shape.side:
                    score -= 1.0 if evidence.side or not open_ended else 2.0  # a side that nobody named
            if evidence.trimester and "trimester" in shape.words:
                score += 1.5 if evidence.trimester in shape.words else -0.5
            if score > best_score:
                best, best_score = child, score
                best_why = f"documented: {', '.join(sorted(present))}" if present else ""
                if shape.side and shape.side == evidence.side:
                    best_why = f"side: {evidence.side}" + (f"; {best_why}" if best_why else "")
        if best is None or best_score < -2.2:
            return None, ""
        return best, best_why or "nothing more specific is documented"

    def _seventh(self, node: str, meanings: Mapping[str, str], evidence: Evidence) -> tuple[str | None, str]:
        """Return the code with its seventh character."""
        wanted = self._seventh_wanted(meanings, evidence)
        if wanted is None:
            return None, ""
        bare = node.replace(".", "").ljust(6, "X")
        return f"{bare[:3]}.{bare[3:]}{wanted}", f"seventh character {wanted}: {meanings[wanted]}"

    @staticmethod
    def _seventh_wanted(meanings: Mapping[str, str], evidence: Evidence) -> str | None:
        if "A" in meanings and evidence.episode == "A":
            wanted = {"III": "CB", "I": "B"}.get(evidence.open_wound, "")
            return next((w for w in wanted if "open" in meanings.get(w, "").lower()), "A")
        if evidence.episode == "D" and "D" in meanings:
            by_healing = {"nonunion": "KMN", "malunion": "PQR", "delayed": "GHJ"}.get(evidence.healing, "DEF")
            by_wound = by_healing[("", "I", "III").index(evidence.open_wound)]
            return next(w for w in (by_wound, by_healing[0], "D") if w in meanings)
        if evidence.episode == "S" and "S" in meanings:
            return "S"
        for preferred in ("0", "A", "9", "1"):
            if preferred in meanings:
                return preferred
        return next(iter(meanings), None)


@lru_cache(maxsize=16)
def resolver(book: ICD10CM) -> Resolver:
    """Return the resolver of a day's book; engines share it, and what it has learned of the book's titles."""
    return Resolver(book)
