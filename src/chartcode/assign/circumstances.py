"""What the record says around a mention that picks the code: side, episode of care, open wound, healing, trimester."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property, lru_cache

from chartcode.assign.consciousness import consciousness
from chartcode.assign.context import Context
from chartcode.assign.matching import read_words
from chartcode.assign.resolve import Evidence
from chartcode.model.case import Case, Mention
from chartcode.model.chart import Document

_SIDE = re.compile(
    r"\b(?:(right|rt|r(?=\s(?:knee|hip|shoulder|arm|leg|foot|ankle|wrist|hand|eye|ear|breast|elbow|lung|kidney)\b)|rle|rue|rll|rul|od)"
    r"|(left|lt|l(?=\s(?:knee|hip|shoulder|arm|leg|foot|ankle|wrist|hand|eye|ear|breast|elbow|lung|kidney)\b)|lle|lue|lll|lul|os)"
    r"|(bilateral(?:ly)?|both(?![- ]bones?)|b/l|bilat|ou))\b",
)
_OPEN = re.compile(
    r"\b(?:open|compound)\b(?! (?:reduction|procedure|repair|cholecystectomy|biopsy|surgery|approach))|\bgustilo\b",
)
_SIGNS_OF_OPEN = ("open", "compound", "gustilo")
_SEQUELA = re.compile(
    r"\b(?:sequelae?|late effects?|residuals? (?:of|from)|"
    r"old (?=(?:healed |untreated |\w+ )?(?:fracture|injury|tear|trauma|burn|dislocation|sprain|wound)))\b",
)
_AFTER = re.compile(
    r"follow[- ]?up (?:of|for|visit|evaluation|after|on|from)\b|\b(?:in|for|routine) follow[- ]?up\b|post[- ]?op(?:erative(?:ly)?)? (?:day|visit|check|week)|"
    r"\b(?:status post|s/p) (?:orif|open reduction)|(?:weeks?|months?) (?:out\b|after|status post|post|following)|\bhealing|\bhealed|hardware removal|"
    r"cast (?:removal|change)|aftercare|nonunion|malunion|delayed union",
)
"""Treatment goes on: the seventh character D (Guidelines I.C.19.a). A date of the event alone does not say so."""
_REASON = re.compile(
    r"\b(?:follow(?:s|ed|ing)?[- ]?up|recheck|re-?evaluation|post[- ]?op\w*|physical therapy|rehab\w*)\b(?! (?:in|with)\b)",
)
"""Said at the head of a visit's note, it is why the patient came."""
_HEAD = 400
_TITLE = 80
"""A side named once, in the title of a study or report, is that of all of it."""
_GUSTILO = re.compile(r"\b(?:gustilo|type|grade)(?:[- ]anderson)?(?: (?:type|grade))? ?(?:iii|3)[- ]?[abc]?\b")
_UNDISPLACED = re.compile(
    r"\b(?:non-? ?displaced|undisplaced|not displaced|(?:no|without)(?: significant| any)? displacement)\b"
)
_HANDED = re.compile(
    r"\b(?:(right|left)[- ]hand(?:ed|[- ]domina\w+)|(right|left)[- ](?:is |side )?dominant|dominant (?:hand|side)(?: is)?(?: the)? (right|left)|(ambidextrous))\b"
)
_HEALING = re.compile(r"\b(nonunion|non-union|malunion|delayed (?:healing|union))")
_WEEKS = re.compile(r"\b(\d{1,2})(?:\s*(?:and|-|\+)?\s*\d/7|\.\d)?(?:\s*[-+]?\s*\d/7)?[\s-]*(?:weeks?|wks?)[\s']*(?:gestation|gestational|pregnan\w+|iup|intrauterine|estimated|ega)?", re.IGNORECASE)  # fmt: skip
_PREGNANT = re.compile(r"\b(?:pregnan\w+|gravida|g\d\s?p\d|intrauterine|gestation\w*|prenatal|antepartum|trimester|iup)\b")  # fmt: skip
_TRIMESTER = re.compile(r"\b(first|second|third|1st|2nd|3rd) trimester", re.IGNORECASE)
_WIDER = (
    (frozenset(("leg", "thigh", "calf", "knee", "ankle", "foot", "shin", "hip", "heel", "toe", "pretibial")), ("lower", "limb", "leg", "extremity")),
    (frozenset(("arm", "forearm", "elbow", "wrist", "hand", "shoulder", "finger", "axilla", "bicep", "thumb")), ("upper", "limb", "arm", "extremity")),
    (frozenset(("extremity",)), ("limb",)),
    (frozenset(("abdomen", "back", "groin", "buttock", "chest", "flank", "perineum", "umbilicus")), ("trunk", "wall")),
    (frozenset(("cheek", "chin", "forehead", "jaw", "temple")), ("face",)),
    (frozenset(("metatarsal", "calcaneus", "talus", "cuboid", "cuneiform", "midfoot", "hindfoot")), ("foot",)),
    (frozenset(("neck", "cervicalgia", "c3-4", "c5-6")), ("cervical",)),
    (frozenset(("abdominal",)), ("abdomen",)),
    (frozenset(("thumb", "index", "pinky", "ring")), ("finger",)),
    (frozenset(("sacral", "sacrum", "coccyx")), ("sacral", "region")),
    (frozenset(("nasal", "nostril", "ala", "columella")), ("nose",)),
    (frozenset(("lid", "canthus", "canthal")), ("eyelid",)),
    (frozenset(("auricle", "pinna", "helix", "earlobe")), ("ear",)),
    (frozenset(("kidney",)), ("renal",)),
    (frozenset(("hypoxic", "hypoxemic", "hypoxemia")), ("hypoxia",)),
    (frozenset(("hypercapnic", "hypercarbic", "hypercarbia")), ("hypercapnia",)),
    (frozenset(("radicular",)), ("radiculopathy",)),
    (frozenset(("obstructed", "obstructing")), ("obstruction",)),
    (frozenset(("bleeding", "bled")), ("hemorrhage",)),
    (frozenset(("infected",)), ("infection",)),
    (frozenset(("perforated",)), ("perforation",)),
    (frozenset(("ulcerated",)), ("ulcer", "ulceration")),
    (frozenset(("exacerbated", "flare")), ("exacerbation",)),
)  # fmt: skip
"""Words of the record, and the wider words under which the book's titles place them."""
_NARROW = frozenset().union(*(narrow for narrow, _ in _WIDER))
_LEVEL = re.compile(
    r"\b([CTLS]|[cl](?=[1-7]\b))(\d{1,2})(?:\s*(?:[-/]|to|through)\s*([CTLS]|[cls](?=[1-7]\b))?(\d{1,2}))?\b"
)
_REGION = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}
_JUNCTIONS = {("C", "T"): "cervicothoracic", ("T", "L"): "thoracolumbar", ("L", "S"): "lumbosacral"}
_LATER_KINDS = frozenset(("office visit", "progress note", "letter", "consult"))
REASONS = ("chief complaint", "reason for visit", "reason for consultation")
"""Sections that say why the patient came."""
_NAMES = ("right", "left", "bilateral")
_ORDINAL = {"first": "1st", "second": "2nd", "third": "3rd"}


def _region(level: re.Match[str]) -> tuple[str, ...]:
    """Return the words under which the book places a level of the spine, "C5-6" or "L5-S1"."""
    letter, number, other, second = level.groups()
    letter, other = letter.upper(), other and other.upper()
    if other and other != letter:
        return (_JUNCTIONS.get((letter, other), _REGION[letter]),)
    if letter != "C" or not second:
        return (_REGION[letter],)
    disc = (f"c{number}", f"c{second}", "level") if int(second) - int(number) == 1 else ()
    return ("cervical", "high" if int(second) <= 4 else "mid", *disc)


def _side_of(match: re.Match[str]) -> str:
    return _NAMES[(match.lastindex or 1) - 1]


_RIBS = re.compile(
    r"\brib fractures\b|\bfractures of (?:\w+ ){0,4}?ribs\b|\bfractured ribs\b|\bribs \w+|\d(?:st|nd|rd|th)?(?: ?-| ?,| and| &| through| to)+ ?\d+(?:st|nd|rd|th)? (?:\w+ )?ribs?\b"
)
"""More than one rib."""
_OF_A_NAIL = frozenset(("bed", "avulsion", "avulsed", "injury", "involvement", "involving", "damaged", "plate"))
_WITHOUT = re.compile(
    r"\b(?:without|no (?=(?:retained )?foreign|(?:nail|tendon|nerve|vascular|joint|bone|bony) ))\b.*?(?=[,;:.\n]|\b(?:of|with|but|and)\b|$)"
    r"|\bnot intractable\b",
    re.IGNORECASE,
)
"""What a sentence denies of the condition that it names: no words for a code. It ends where a title's denial does."""


class Surroundings:
    """One document's surroundings, read once."""

    def __init__(self, document: Document) -> None:
        """Read a document; linear in its length."""
        self.document = document
        self.context = Context(document.text)
        self.words = read_words(document.text, self.context.ends)
        text = self.context.small
        self._sides = [(m.start(), _side_of(m)) for m in _SIDE.finditer(text)]
        self._side_starts = [at for at, _ in self._sides]
        self._said: dict[tuple[int, int], tuple[frozenset[str], str, str]] = {}
        self._evidence: dict[tuple[int, int], Evidence] = {}
        counts = Counter(side for _, side in self._sides)
        total = sum(counts.values())
        titled = total == 1 and self._side_starts[0] < _TITLE
        self._ruling = next((s for s, n in counts.most_common(1) if (total >= 2 or titled) and n >= 0.85 * total), None)
        self._late = document.kind in _LATER_KINDS and self._returning(document)
        self._levels = _LEVEL.search(document.text) is not None
        healing = _HEALING.search(text)
        self._healing = "routine" if healing is None else healing.group(1).replace("-", "").split()[0]
        handed = _HANDED.search(text) if "domina" in text or "handed" in text or "ambidex" in text else None
        self._hand = next((g for g in handed.groups() if g), None) if handed else None
        self._awake = consciousness(text)
        self.pregnant = len(_PREGNANT.findall(text)) >= 2
        self.weeks = self._gestation(text) if self.pregnant else None

    def _returning(self, document: Document) -> bool:
        """Tell whether a visit goes on with the care of something treated before, by its head and reason."""
        places = [(s.body, s.end) for s in document.sections if s.name in REASONS]
        return any(_REASON.search(self.context.small, a, min(b, a + _HEAD)) for a, b in [(0, _HEAD), *places])

    @staticmethod
    def _gestation(text: str) -> int | None:
        for match in _WEEKS.finditer(text):
            near = text[max(0, match.start() - 60) : match.end() + 50]
            weeks = int(match.group(1))
            if 4 <= weeks <= 42 and _PREGNANT.search(near):
                return weeks
        return None

    @cached_property
    def trimester(self) -> str | None:
        """Return ``1st``, ``2nd`` or ``3rd`` (Guidelines I.C.15: 14 weeks 0 days and 28 weeks 0 days), or None."""
        if self.weeks is not None:
            return "1st" if self.weeks < 14 else "2nd" if self.weeks < 28 else "3rd"
        named = _TRIMESTER.search(self.document.text) if self.pregnant else None
        return _ORDINAL.get(named.group(1).lower(), named.group(1).lower()) if named else None

    def _side(self, start: int, first: int, last: int) -> str | None:
        low, high = bisect_left(self._side_starts, first), bisect_left(self._side_starts, last)
        inside = [(abs(at - start), side) for at, side in self._sides[low:high]]
        if inside:
            names = {s for _, s in inside}
            if {"right", "left"} <= names and any(at < start for at, _ in self._sides[low:high]):
                gap = self.document.text[first:last].lower()
                if "right and left" in gap or "left and right" in gap:
                    return "bilateral"
            return min(inside)[1]
        before = [side for _, side in self._sides[bisect_left(self._side_starts, first - 160) : low]]
        if before and len(set(before)) == 1:
            return before[-1]
        return self._ruling

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence around a passage, at most 250 characters to either side."""
        first, last = self.context.sentence(start)
        return max(first, start - 250), min(max(last, end), end + 250)

    def at(self, start: int, end: int) -> Evidence:
        """Return what the sentence around a passage and the document say; several engines ask of the same passage."""
        known = self._evidence.get((start, end))
        if known is None:
            known = self._evidence[start, end] = self._at(start, end)
        return known

    def _at(self, start: int, end: int) -> Evidence:
        first, last = self.around(start, end)
        said = self._said.get((first, last))
        if said is None:
            said = self._said[first, last] = self._read(first, last)
        words, episode, wound = said
        side = self._side(start, first, last)
        return Evidence(words, side, episode, wound, self._healing, self.trimester, self._hand, self._awake)

    def _read(self, first: int, last: int) -> tuple[frozenset[str], str, str]:
        """Return the words of a sentence and the wider words for them, the episode of care, and an open wound's type."""
        sentence = self.document.text[first:last]
        small = sentence.lower()  # patterns that tell small letters from capitals are several times faster
        words, at = set[str](), first
        if "without" in small or "no " in small or "not intractable" in small:
            for denied in _WITHOUT.finditer(self.document.text, first, last):
                words.update(self.words.between(at, denied.start()))
                at = denied.end()
        words.update(self.words.between(at, last))
        if not words.isdisjoint(_NARROW):
            for narrow, wide in _WIDER:
                if words & narrow:
                    words |= set(wide)
        if self._levels:
            words.update(word for m in _LEVEL.finditer(sentence) for word in _region(m))
        episode = "A"
        if _SEQUELA.search(small):
            episode = "S"
        elif self._late or _AFTER.search(small):
            episode = "D"
        opened = any(sign in small for sign in _SIGNS_OF_OPEN) and _OPEN.search(small) is not None
        if "displace" in small and _UNDISPLACED.search(small):
            words -= {"displaced", "displacement"}
            words.add("nondisplaced")
        if "rib" in small and _RIBS.search(small):
            words.add("multiple")
        if "nail" in words and not words.isdisjoint(_OF_A_NAIL):
            words.add("damage")
        wound = "" if not opened else "III" if _GUSTILO.search(small) else "I"
        return frozenset(words), episode, wound


@lru_cache(maxsize=8)
def surroundings(document: Document) -> Surroundings:
    """Return a document's surroundings; several steps ask for the same few documents in turn."""
    return Surroundings(document)


def sentence_of(mention: Mention, case: Case) -> str:
    """Return the sentence of a mention in small letters, as far as it is near."""
    context = surroundings(case.chart.document(mention.span.document)).context
    first, last = context.near(mention.span.start)
    return context.small[first:last]


def evidence(mention: Mention, case: Case) -> Evidence:
    """Return what the sentence around a mention and its document say."""
    return surroundings(case.chart.document(mention.span.document)).at(mention.span.start, mention.span.end)
