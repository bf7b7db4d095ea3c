"""What the segments of one visit's part say, read in order: facts, and the texts of documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chartcode.collect.hl7v2 import texts
from chartcode.collect.hl7v2.drugs import SEGMENTS, Order, drug, frequency, routed
from chartcode.collect.hl7v2.problems import DELETED, READERS
from chartcode.collect.hl7v2.results import LABORATORY, STATUS, observation, writer
from chartcode.collect.hl7v2.texts import Text
from chartcode.collect.hl7v2.values import (
    coded,
    diagnosis_by_shape,
    element,
    fact,
    moment,
    procedure_by_shape,
)
from chartcode.collect.hl7v2.visit import Part
from chartcode.model.chart import AFFIRMED, NEGATED, Fact
from chartcode.model.code import CPT, HCPCS
from chartcode.wire.hl7v2 import Segment

_CANCELLING = frozenset({"CA", "OC", "DC", "OD", "CR", "DR"})
"""Order control codes (table 0119) that cancel or discontinue."""


@dataclass(slots=True)
class Contents:
    """The facts and texts of one part; ``read`` fills them."""

    part: Part
    facts: list[Fact] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    documents: list[Segment] = field(default_factory=list)
    """OBX with a document embedded."""
    remarks: list[str] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    """Ids of documents that a new one replaces (TXA-13)."""

    _text: Text | None = None
    _order: Order = field(default_factory=Order)
    _request: str = "OBX"
    _around: str = ""
    _section: str = ""
    _drug: int | None = None
    _last: str = ""
    _withdrawn: bool = False
    _reason: str = ""

    def read(self) -> Contents:
        """Read the segments."""
        self._order = Order(vaccines=self.part.message.code in ("VXU", "VXR", "VXX"))
        for segment in self.part.segments:
            name = segment.name
            if name != "NTE":
                self._last = name
            if name in READERS:
                self.facts.extend(READERS[name](segment))
            elif name in SEGMENTS:
                self._take_drug(segment)
            elif name in _HANDLERS:
                _HANDLERS[name](self, segment)
        return self

    def orc(self, of: Segment) -> None:
        """A common order begins."""
        cancelled = of.get(1).upper() in _CANCELLING or of.get(5).upper() in ("CA", "DC")
        self._order = Order(of.get(15) or of.get(9), frequency(of), cancelled, self._order.vaccines)
        self._drug = None

    def obr(self, of: Segment) -> None:
        """An observation request: what was ordered or reported, why, and whose results follow.

        A final report of a service that is named by its CPT or HCPCS code is a procedure done.
        """
        self._around, self._section = of.get(7) or of.get(6), of.get(24)
        self._text, self._request = None, of.at
        what = coded(of, 4)
        status = "cancelled" if self._order.cancelled else STATUS.get(of.get(25).upper(), "")
        if what:
            assertion = NEGATED if self._order.cancelled else AFFIRMED
            done = status in ("final", "corrected") and what.code is not None and what.code.system in (CPT, HCPCS)
            kind, status = ("procedure", "done") if done and not of.raw(44) else ("order", status)
            self.facts.append(fact(kind, of, what, self._around or self._order.on, status=status, assertion=assertion))
        billed = coded(of, 44)
        if billed and not self._order.cancelled:
            billed = billed if billed.code else replace(billed, code=procedure_by_shape(billed.given))
            self.facts.append(fact("procedure", of, billed, self._around, status="done"))
        for repetition in of.repetitions(31):
            reason = element(of, repetition)
            if reason and reason.code is None and not of.part(repetition, 3):
                reason = replace(reason, code=diagnosis_by_shape(reason.given, moment(self._around)[0]))
            if reason:
                self.facts.append(fact("diagnosis", of, reason, self._around, category="reason for study"))
        if said := of.text(13).strip():
            self._comment(of, said)

    def txa(self, of: Segment) -> None:
        """A document begins; what stands in the observations behind it is its text."""
        remark, self._withdrawn = texts.doubts(of, self.part.message.event)
        if remark:
            self.remarks.append(f"{remark} ({of.at})")
        if of.get(13) and self.part.message.event in ("T09", "T10"):
            self.replaces.append(of.get(13))
        self._text = texts.begun(of, f"{self.part.message.control} {of.at}".strip())
        if not self._withdrawn:
            self.texts.append(self._text)

    def obx(self, of: Segment) -> None:
        """One observation: a value, a line of a document, or a document."""
        if of.get(2).upper() == "ED":
            if texts.taken_back(of) or self._withdrawn:
                self.remarks.append(f"the document in {of.at} was taken back and is left out")
            else:
                self.documents.append(of)
        elif texts.is_text(of, self._text is not None and self.part.message.code == "MDM"):
            if texts.taken_back(of):
                self.remarks.append(f"the text in {of.at} was taken back and is left out")
            else:
                self._write().add(texts.heading(of), of.text(5))
                self._last = "text"
        elif found := observation(of, self._around, self._section):
            if self._order.vaccines and self._drug is not None:  # funding, eligibility, leaflet: about the injection
                self._attribute(self._drug, (found.get("name") or "").lower(), found.get("value") or "")
                return
            self.facts.append(found)
            self._last = "value"

    def nte(self, of: Segment) -> None:
        """A comment: on the value before it, in the text before it, or of its own."""
        said = of.text(3).strip()
        if not said:
            return
        if self._last == "value":
            self._attribute(len(self.facts) - 1, "comment", said)
        elif self._last == "text":
            self._write().add("", said)
        else:
            self._comment(of, said)

    def tq1(self, of: Segment) -> None:
        """How often: of the drug before it, else of the order."""
        said = frequency(of)
        if self._drug is not None and said:
            if self.facts[self._drug].get("frequency") is None:
                self._attribute(self._drug, "frequency", said)
        elif said:
            self._order = replace(self._order, frequency=said)

    def rxr(self, of: Segment) -> None:
        """The route of the drug before it."""
        if self._drug is not None:
            self.facts[self._drug] = routed(self.facts[self._drug], of)

    def rxc(self, of: Segment) -> None:
        """A component of the drug before it."""
        if self._drug is not None:
            dose = f"{of.get(3)} {of.get(4, 2) or of.get(4)}".strip()
            self._attribute(self._drug, "component", f"{coded(of, 2).text} {dose}".strip())

    def iar(self, of: Segment) -> None:
        """A reaction of the allergy before it."""
        if self.facts and self.facts[-1].kind == "allergy":
            self._attribute(len(self.facts) - 1, "reaction", coded(of, 1).text)

    def sch(self, of: Segment) -> None:
        """An appointment, and why."""
        self._reason = coded(of, 7).text or coded(of, 6).text
        self._order = Order(of.get(11, 4))

    def ais(self, of: Segment) -> None:
        """A service that an appointment is for."""
        what = coded(of, 3)
        if what:
            status = "cancelled" if of.get(2).upper() == "D" else coded(of, 10).text.lower() or "scheduled"
            assertion = NEGATED if status in ("cancelled", "deleted", "dc", "discontinued", "noshow") else AFFIRMED
            when = of.get(4) or self._order.on
            self.facts.append(fact("order", of, what, when, status=status, assertion=assertion, reason=self._reason))

    def ods(self, of: Segment) -> None:
        """A diet, supplement or preference ordered."""
        for repetition in of.repetitions(3):
            what = element(of, repetition)
            if what:
                note = "; ".join(filter(None, (part.strip() for part in of.text(4).split("\n"))))
                self.facts.append(fact("order", of, what, self._order.on, status="ordered", instructions=note))

    def _take_drug(self, of: Segment) -> None:
        if of.name == "RXE" and self._order.frequency == "" and frequency(of):
            self._order = replace(self._order, frequency=frequency(of))
        found = drug(of, self._order)
        if found is None:
            return
        before = self.facts[self._drug] if self._drug is not None else None
        if before is not None and of.name == "RXE" and (before.get("at") or "").startswith("RXO"):
            said = {name for name, _ in found.attributes}  # the order as the pharmacy encoded it
            kept = tuple(a for a in before.attributes if a[0] not in said)
            self.facts[self._drug or 0] = replace(found, attributes=found.attributes + kept)
            return
        self._drug = len(self.facts)
        self.facts.append(found)

    def _write(self) -> Text:
        """Return the text under way, begun if there is none."""
        if self._text is None:
            name = f"{self.part.message.control} {self._request}".strip()
            self._text = Text(name, texts.SECTIONS.get(self._section.upper(), ""), self._around, writer(self._section))
            self.texts.append(self._text)
        return self._text

    def _comment(self, of: Segment, said: str) -> None:
        """Add a comment to the document of comments."""
        name = f"{self.part.message.control} comments".strip()
        found = next((text for text in self.texts if text.id == name), None)
        if found is None:
            author = "laboratory" if of.get(2).upper() == "L" and self._section.upper() in LABORATORY else "provider"
            found = Text(name, "", self._around, author, comments=True)
            self.texts.append(found)
        found.add("", said)

    def _attribute(self, at: int, name: str, value: str) -> None:
        if value:
            said = self.facts[at]
            self.facts[at] = replace(said, attributes=((name, value), *said.attributes))


_HANDLERS: dict[str, Callable[[Contents, Segment], None]] = {
    "ORC": Contents.orc,
    "OBR": Contents.obr,
    "TXA": Contents.txa,
    "OBX": Contents.obx,
    "NTE": Contents.nte,
    "TQ1": Contents.tq1,
    "RXR": Contents.rxr,
    "RXC": Contents.rxc,
    "IAR": Contents.iar,
    "SCH": Contents.sch,
    "AIS": Contents.ais,
    "ODS": Contents.ods,
}


def merged(before: list[Fact], added: list[Fact]) -> list[Fact]:
    """Return the facts of a visit after one more message: what is said again counts once, as it was said last.

    A final result takes the place of the preliminary one, a diagnosis with the same identifier (DG1-20) the place of
    the older, and a deletion the place of what it deletes.
    """
    if not before:
        return added
    new = {_key(fact) for fact in added}
    return [fact for fact in before if _key(fact) not in new] + added


def _key(of: Fact) -> tuple[object, ...]:
    if of.get("id"):
        return of.kind, of.get("id")
    what = (of.kind, of.code or (of.get("name") or of.text).casefold(), of.on)
    if of.kind in ("lab", "vital", "social"):
        return (*what, of.get("name"), of.get("time"))
    if of.status == DELETED:
        return what
    return (*what, of.get("category"), of.get("role"), of.get("dose"), of.get("modifiers"), of.get("units"))
