"""One line of the notation, and the small forms that it is made of: days, numbers, quotations, marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from chartcode.model.chart import ASSERTIONS

_VERB = re.compile(r"[a-z]*")
_MARKS = re.compile(r"\s+!((?:\s+[a-z0-9_]+/[a-z0-9_]+)+)$")
_QUOTATION = re.compile(r'"((?:[^"\\]|\\.)*)"([^"]*)')
_ESCAPED = re.compile(r"\\(.)")
_TAIL = re.compile(
    rf"(?P<assertion>{'|'.join(ASSERTIONS)})?\s*(?:in (?P<section>[a-z][a-z -]*?))?\s*(?:by (?P<author>[\w -]+))?"
)


class NotationError(ValueError):
    """A line is not in the notation; the message names the line and what was expected.

    What was found instead is in ``found`` and not in the message, which may reach a log: it can be a patient's words.
    """

    def __init__(self, message: str, found: str = "") -> None:
        super().__init__(message)
        self.found = found


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a quotation: how it is meant, in which section it stands, who wrote it (empty = not said)."""

    assertion: str = ""
    section: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the space around it, and its number in the text, from 1."""

    text: str = field(repr=False)
    number: int

    @property
    def verb(self) -> str:
        """The lower-case word that the line begins with."""
        return _VERB.match(self.text)[0]  # type: ignore[index]  # the pattern matches the empty string too

    @property
    def rest(self) -> str:
        """What follows the verb."""
        return self.text[len(self.verb) :].strip()

    def error(self, expected: str, found: str) -> NotationError:
        """Return the error that this line does not hold what was expected."""
        return NotationError(f"line {self.number}: expected {expected}", found)

    def marked(self) -> tuple[str, tuple[str, ...]]:
        """Part the line from the rules that its mark (``! rule/id rule/id``) names."""
        match = _MARKS.search(self.text)
        return (self.text[: match.start()], tuple(match[1].split())) if match else (self.text, ())

    def day(self, word: str) -> date:
        """Return a day written as 2025-11-03."""
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise self.error("a day such as 2025-11-03", word) from None

    def count(self, word: str, expected: str) -> int:
        """Return a number that is not negative."""
        if not (word.isascii() and word.isdecimal()):
            raise self.error(expected, word)
        return int(word)

    def quotations(self, body: str) -> tuple[str, tuple[tuple[str, Tail], ...]]:
        """Part a body into what stands before the first quotation, and the quotations with their tails."""
        start = body.find('"')
        if start < 0:
            return body, ()
        found, at = [], start
        while at < len(body):
            match = _QUOTATION.match(body, at)
            if match is None or not match[1].strip():
                raise self.error('words between two quotation marks (write \\" for one inside)', body[at:])
            found.append((_ESCAPED.sub(r"\1", match[1]), self._tail(match[2].strip())))
            at = match.end()
        return body[:start].strip(), tuple(found)

    def _tail(self, words: str) -> Tail:
        """Read ``negated in family history by nurse``."""
        match = _TAIL.fullmatch(words)
        if match is None:
            raise self.error(f"{', '.join(ASSERTIONS)}, then 'in SECTION', then 'by AUTHOR' after the words", words)
        return Tail(**{name: (value or "").strip() for name, value in match.groupdict().items()})


def quoted(words: str) -> str:
    """Return words between quotation marks, as ``Line.quotations`` reads them."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
