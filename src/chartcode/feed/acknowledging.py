"""The answer to an HL7 v2 message: ACK with MSA, and ERR where it was refused.

Codes of original mode (table 0008): AA taken, AE an error in the content, AR refused for its header, its version or its
size. Error codes: table 0357 (HL7 v2.8, chapter 2, sections 2.9.2 and 2.15).
"""

from __future__ import annotations

from datetime import datetime

from chartcode.wire.hl7v2 import Malformed, Message, Segment, Separators, escaped, joined

TAKEN, ERROR, REJECTED = "AA", "AE", "AR"

SEQUENCE = "100^Segment sequence error^HL70357"
MISSING = "101^Required field missing^HL70357"
VERSION = "203^Unsupported version id^HL70357"
INTERNAL = "207^Application internal error^HL70357"

_VERSION = "2.5.1"
"""The version of an answer to a message that does not tell its own."""


def acknowledgement(
    of: Message | Segment | None, code: str, now: datetime, control: str, error: str = "", why: str = ""
) -> bytes:
    """Return the answer to a message, without frame.

    Args:
        of: the message; its header alone, or None, where no more of it can be read.
        code: ``AA``, ``AE`` or ``AR``.
        now: when the answer is given.
        control: the answer's own control id.
        error: of table 0357, for AE and AR.
        why: one clause for the sender's operator, without a word of the message.
    """
    head = of.header if isinstance(of, Message) else of
    signs = head.signs if head is not None else Separators()
    shown = f"{signs.component}{signs.repetition}{signs.escape}{signs.subcomponent}".replace("\0", "")

    def raw(number: int) -> str:
        return head.raw(number) if head is not None else ""

    event = escaped(of.event, signs) if isinstance(of, Message) else ""
    kind = signs.component.join(("ACK", event, "ACK")) if event else "ACK"
    version = (head.get(12) if head is not None else "") or _VERSION
    sep = signs.field
    stamp = now.strftime("%Y%m%d%H%M%S%z")
    lines = [
        sep.join(("MSH", shown, raw(5), raw(6), raw(3), raw(4), stamp, "", kind, control, raw(11) or "P", version)),
        sep.join(("MSA", code, raw(10), escaped(why, signs))).rstrip(sep),
    ]
    if error:
        told = error.replace("^", signs.component)
        lines.append(sep.join(("ERR", "", "", told, "E", "", "", "", escaped(why, signs))).rstrip(sep))
    return joined(lines)


def header(data: bytes) -> Segment | None:
    """Return the header of a message of which no more can be read, None if not even that can."""
    line = data.decode("latin-1").replace("\n", "\r").split("\r", 1)[0]
    try:
        return Segment("MSH", line, Separators.of(line)) if line.startswith("MSH") else None
    except Malformed:
        return None
