"""What kind of mistake each wrong or missing diagnosis is, judged from the key and from the answer's own account.

Missed (a required item that no reported code hits):

- *no mention*: no words that the key cites were recognised (known where the key has evidence and the answer was made
  here);
- *no candidate*: the code was never proposed, though words of its evidence may have been recognised;
- *settled away*: proposed and rejected, or the rival of a code that was reported; the reason is the answer's;
- *ranked low*: proposed, and left out for its low confidence or rank, or without a reason.

Wrong (a reported code that no item accepts), the first that applies:

- *wrong assertion*: a trap of the key or the answer's own evidence says denied, suspected, past, of the family, a risk;
- *sibling*: another code of the three-character category of an item;
- *not reportable*: another kind of trap (a value without a diagnosis, a part of another condition), a symptom
  (chapter 18), or words from a section of which coders seldom report;
- *unrelated*: none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.answers import Answer, diagnoses
from bench.notes import Item, Note
from chartcode.model.chart import AFFIRMED
from chartcode.model.code import dotted

NO_MENTION = "missed: no mention"
NO_CANDIDATE = "missed: no candidate"
SETTLED_AWAY = "missed: settled away"
RANKED_LOW = "missed: ranked low"
ASSERTION = "wrong: assertion"
SIBLING = "wrong: sibling of a code of the key"
NOT_REPORTABLE = "wrong: not reportable"
UNRELATED = "wrong: unrelated"
KINDS = (NO_MENTION, NO_CANDIDATE, SETTLED_AWAY, RANKED_LOW, ASSERTION, SIBLING, NOT_REPORTABLE, UNRELATED)

_LOW = re.compile(r"\b(?:ranked|rank|confidence|probability|unlikely|threshold|score)\b", re.IGNORECASE)
_MEANT_OTHERWISE = re.compile(
    r"negat|denie|denied|ruled? out|exclud|uncertain|possibl|probabl|questionabl|suspect|versus|histor|family|resolved|"
    r"past|previous|earlier|old\b|risk|hypothe|not (?:current|present|performed|done)|never|prophyla|planned|unknown",
    re.IGNORECASE,
)
_SELDOM = frozenset(
    {"review of systems", "physical exam", "vitals", "labs", "family history", "social history", "allergies"}
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its kind, the note, the code, the words with their offsets (-1: unknown), and the reason."""

    kind: str
    note: str
    code: str
    title: str = ""
    words: tuple[str, ...] = field(default=(), repr=False)
    at: tuple[int, ...] = ()
    why: str = field(default="", repr=False)


def mistakes(note: Note, answer: Answer) -> Iterator[Mistake]:
    """Yield every mistake of an answer: the missed items, then the wrong codes."""
    reported = diagnoses(answer)
    yield from (_missed(i, note, answer) for i in note.items if i.required and reported.keys().isdisjoint(i.accepted))
    accepted = {code for i in note.items for code in i.accepted}
    yield from (_wrong(code, entry, note) for code, entry in reported.items() if code not in accepted)


def _missed(item: Item, note: Note, answer: Answer) -> Mistake:
    others = f"; accepted too: {', '.join(item.accepted[1:])}" if len(item.accepted) > 1 else ""

    def mistake(kind: str, why: str) -> Mistake:
        at = tuple(note.text.find(words) for words in item.evidence)
        return Mistake(kind, note.id, item.code, words=item.evidence, at=at, why=why + others)

    for entry in _about(item, answer.get("rejected") or ()):
        why = str(entry.get("why") or "")
        return mistake(RANKED_LOW if _LOW.search(why) or not why else SETTLED_AWAY, f"rejected {entry['code']}: {why}")
    for winner in answer.get("diagnoses") or ():
        for entry in _about(item, winner.get("rivals") or ()):
            return mistake(SETTLED_AWAY, f"{entry['code']} lost against {winner['code']}: {entry.get('why') or ''}")
    for entry in _about(item, answer.get("proposals") or ()):
        return mistake(RANKED_LOW, f"proposed {entry['code']} with confidence {entry.get('confidence')}, not reported")
    if item.evidence and "mentions" in answer and not _mentioned(item, note, answer["mentions"]):
        return mistake(NO_MENTION, "nothing in its words was recognised")
    return mistake(NO_CANDIDATE, "never proposed")


def _about(item: Item, entries: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (e for e in entries if dotted(e["code"]) in item.accepted)


def _mentioned(item: Item, note: Note, mentions: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether a recognised mention touches the first occurrence of a piece of the item's evidence."""
    places = [(at, at + len(words)) for words in item.evidence if (at := note.text.find(words)) >= 0]
    return any(m["start"] < end and start < m["end"] for m in mentions for start, end in places)


def _wrong(code: str, entry: Mapping[str, Any], note: Note) -> Mistake:
    evidence = entry.get("evidence") or ()
    words = tuple(str(e.get("text", "")) for e in evidence)
    at = tuple(_place(note.text, str(e.get("text", "")), e.get("start", -1)) for e in evidence)

    def mistake(kind: str, why: str) -> Mistake:
        return Mistake(kind, note.id, code, str(entry.get("title") or ""), words, at, why)

    trap = next((t for t in note.traps if t.wrong == code), None)
    if trap and _MEANT_OTHERWISE.search(trap.why):
        return mistake(ASSERTION, f"a trap of the key ({trap.why}): {trap.quote}")
    meant = {e.get("assertion", AFFIRMED) for e in evidence}
    if meant and AFFIRMED not in meant:
        return mistake(ASSERTION, f"its own evidence is {', '.join(sorted(meant))}")
    category = [i.code for i in note.items if any(a[:3] == code[:3] for a in i.accepted)]
    if category:
        return mistake(SIBLING, f"the key has {', '.join(category)}")
    if trap:
        return mistake(NOT_REPORTABLE, f"a trap of the key ({trap.why}): {trap.quote}")
    if code.startswith("R"):
        return mistake(NOT_REPORTABLE, "a symptom or sign that the key does not report")
    sections = {e.get("section", "") for e in evidence}
    if sections and sections <= _SELDOM:
        return mistake(NOT_REPORTABLE, f"only in {', '.join(sorted(sections))}")
    return mistake(UNRELATED, "")


def _place(text: str, words: str, start: int) -> int:
    """Return where evidence stands: at its own offset if the words are there, else at their first occurrence."""
    return start if start >= 0 and text.startswith(words, start) else text.find(words)
