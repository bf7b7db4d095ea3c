"""Whether an operation was stopped before it was done, by the record's words, and whether anesthesia had begun.

Both ways of coding ask it: a service stopped is marked (53; of a hospital 73 or 74), and in ICD-10-PCS what was done
until then is coded, or else that one looked (guideline B3.3). An operation that is "terminated" has mostly just ended:
only with a cause is it one that was stopped. What was converted was done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from chartcode.assign.circumstances import surroundings
from chartcode.model.case import AFTER_ANESTHESIA, BEFORE_ANESTHESIA
from chartcode.model.chart import Document, Span

_OPERATION = (
    "(?:procedure|operation|surgery|case|intervention|examination|colonoscopy|endoscopy|bronchoscopy|catheterization|"
    "cystoscopy)"
)
_CAUSE = (
    r"(?=[^.;]{0,80}?\b(?:due to|because|secondary to|owing to|for (?:reasons|safety|fear)|given the|at the level|"
    r"(?:as|since) (?:the patient|she|he)|without (?:completion|success)|before (?:completion|it)|prior to)\b)"
)
_THEN = "(?: (?:then|therefore|thus|subsequently|immediately|finally|ultimately))?"
_OTHERWISE = r"(?! (?:by|with|without|through|via|until|using|lapar|thorac|arthr))"
_STOPPED = re.compile(
    rf"\b{_OPERATION} (?:was|were|had to be|has been|is being){_THEN} "
    rf"(?:(?:aborted|abandoned|called off|prematurely \w+|\w+ prematurely)\b|"
    rf"(?:stopped|halted|discontinued|terminated|cancell?ed)\b{_CAUSE})"
    r"|\b(?:abort(?:ed)?|abandon(?:ed)?|prematurely (?:end(?:ed)?|stop(?:ped)?|terminated?))(?: any further)? "
    rf"(?:the|this|our) {_OPERATION}\b"
    rf"|\b(?:terminate|discontinue|stop|halt|cancel)(?: any further)? (?:the|this|our) {_OPERATION}\b{_CAUSE}"
    rf"|\b(?:un|not )able to (?:complete|finish) (?:the|this|our) {_OPERATION}\b{_OTHERWISE}"
    rf"|\b{_OPERATION} (?:could not be|was not) (?:completed|finished)\b{_OTHERWISE}"
    rf"|\bincomplete {_OPERATION}\b",
    re.IGNORECASE,
)
_SIGNS = (
    "abort", "abandon", "called off", "prematurely", "stop", "halt", "discontinue", "terminate", "cancel", "able to ",
    "could not be", "was not", "incomplete",
)  # fmt: skip
"""One of these stands in every way of saying it; they are asked before the expression is."""
_SUPPOSED = re.compile(
    r"\b(?:if|would|might|may|unless|should|whether|previous\w*|prior to this)\b[^.;]{0,60}$", re.IGNORECASE
)
_INSTEAD = re.compile(
    r"\bconver(?:ted|sion|t)\b[^.;]{0,40}\b(?:open|laparotomy|thoracotomy)|\bperform\w* [^.;]{0,40}\bopen\b|"
    r"\bproceed\w* (?:with|to) (?:an )?open\b",
    re.IGNORECASE,
)
"""The operation was done in another way."""
_BEFORE = re.compile(
    r"\b(?:before|prior to)(?: the)?(?: start of| administration of| induction of| induction)?"
    r"(?: any| general| spinal| the)? ?(?:anesthe\w+|induction|sedation|incision)\b"
    r"|\b(?:anesthesia|sedation) (?:was|had) not (?:been |yet )*(?:given|started|induced|administered|begun)",
    re.IGNORECASE,
)
_NEAR = 240
"""Characters around the words for a stop in which its moment is told."""


@dataclass(frozen=True, slots=True)
class Stop:
    """An operation was stopped: the words that say so, and whether that was before anesthesia began."""

    words: Span
    before_anesthesia: bool

    @property
    def term(self) -> str:
        """What the words are evidence of."""
        return BEFORE_ANESTHESIA if self.before_anesthesia else AFTER_ANESTHESIA


@lru_cache(maxsize=64)
def stopped(document: Document) -> Stop | None:
    """Return where a document says that its operation was stopped, or None: it was done, perhaps in another way."""
    text = document.text
    small = surroundings(document).context.small
    if not any(sign in small for sign in _SIGNS):
        return None
    for match in _STOPPED.finditer(text):
        start, end = match.span()
        if _SUPPOSED.search(text, max(0, start - 90), start) or _INSTEAD.search(text, start, end + _NEAR):
            continue
        before = _BEFORE.search(text, max(0, start - _NEAR), end + _NEAR) is not None
        return Stop(document.span(start, end), before)
    return None
