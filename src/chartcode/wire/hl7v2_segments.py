r"""The segments of an HL7 v2 message: separators, fields, components, and the escape sequences in them.

A field is split when it is asked for: most never are. Encoding rules: HL7 v2.8, chapter 2, sections 2.5 to 2.7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPES = {"F": "field", "S": "component", "T": "subcomponent", "R": "repetition", "E": "escape", "P": "truncation"}
_LAYOUT = re.compile(r"\.(br|sp|in|ti|sk|ce|fi|nf)([+-]?\d*)$")
_MANY_LINES = 200
"""The most lines that one layout command may ask for; more is no text."""


class Malformed(ValueError):  # noqa: N818 - named as one would say it
    """Bytes that are no HL7 v2 message; the message is one clause without a word of the content."""


@dataclass(frozen=True, slots=True)
class Separators:
    r"""The signs of one message, as MSH-1 and MSH-2 declare them; usually ``|^~\&`` and, since v2.7, ``#``."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"
    truncation: str = "#"

    @classmethod
    def of(cls, line: str) -> Separators:
        """Return the separators of a header line (MSH, BHS, FHS)."""
        sign = line[3:4]
        given = line[4:].split(sign, 1)[0].strip() if sign else ""
        if given.startswith("^~\\\\&"):  # an escape sign that some tool has doubled
            given = "^~\\&" + given[5:]
        signs = sign + given
        if len(given) > 5 or len(set(signs)) != len(signs) or any(s.isalnum() or s.isspace() for s in signs):
            raise Malformed("MSH-1 and MSH-2 do not declare the separators; they should read MSH|^~\\&|")
        if not given:
            raise Malformed("MSH-2 is empty; it should declare the separators, as in MSH|^~\\&|")
        # Later signs may be missing; what is then in their place must not split anything.
        return cls(sign, given[0], *(given[n : n + 1] or "\0" for n in range(1, 5)))


@dataclass(slots=True)
class Segment:
    """One segment: its name, and fields numbered as the standard numbers them (MSH-1 is the field separator)."""

    name: str
    line: str = field(repr=False)
    signs: Separators = field(repr=False)
    codec: str = field(default="utf-8", repr=False)
    place: int = 1
    _fields: list[str] | None = field(default=None, repr=False)

    @property
    def at(self) -> str:
        """The place within the message: ``OBX[3]``."""
        return f"{self.name}[{self.place}]"

    def raw(self, number: int) -> str:
        """Return a field as it stands between its separators, empty if it is not there."""
        fields = self._fields
        if fields is None:
            fields = self._fields = self.line.split(self.signs.field)
            if self.name in ("MSH", "BHS", "FHS"):
                fields.insert(1, self.signs.field)
        return fields[number] if number < len(fields) else ""

    def repetitions(self, number: int) -> list[str]:
        """Return the repetitions of a field, raw; none for an empty field."""
        found = self.raw(number)
        return found.split(self.signs.repetition) if found else []

    def get(self, number: int, component: int = 1, subcomponent: int = 1) -> str:
        """Return one value of the first repetition, unescaped and stripped; the HL7 null ``""`` is empty."""
        found = self.raw(number)
        return self.part(found.split(self.signs.repetition, 1)[0], component, subcomponent) if found else ""

    def part(self, repetition: str, component: int = 1, subcomponent: int = 1) -> str:
        """Return one value of a repetition, unescaped and stripped; the HL7 null ``""`` is empty."""
        signs, found = self.signs, repetition
        if signs.component in found:
            parts = found.split(signs.component, component)
            found = parts[component - 1] if component <= len(parts) else ""
        elif component > 1:
            return ""
        if signs.subcomponent in found:
            parts = found.split(signs.subcomponent, subcomponent)
            found = parts[subcomponent - 1] if subcomponent <= len(parts) else ""
        elif subcomponent > 1:
            return ""
        found = found.strip()
        if found == '""':
            return ""
        return self.unescaped(found) if signs.escape in found else found

    def components(self, repetition: str) -> list[str]:
        """Return the components of a repetition, unescaped and stripped; sub-components are joined by blanks."""
        whole = repetition.replace(self.signs.subcomponent, " ")
        return [self.unescaped(part).strip() for part in whole.split(self.signs.component)]

    def text(self, number: int) -> str:
        """Return a field of text (ST, TX, FT): unescaped, its repetitions as lines.

        Senders forget to escape their text, so component signs are left standing.
        """
        return "\n".join(self.unescaped(part) for part in self.repetitions(number) if part != '""')

    def unescaped(self, value: str) -> str:
        r"""Replace the escape sequences; what is no sequence stays as it is, a backslash in a path for one."""
        sign = self.signs.escape
        if sign not in value:
            return value
        head, *rest = value.split(sign)
        done, open_ = [head], True
        while rest:
            body = rest.pop(0)
            meant = self._meant(body) if open_ and rest else None
            if meant is None:
                done += [sign, body]
                open_ = True
            else:
                done += [meant, rest.pop(0)]
        return "".join(done)

    def _from_hex(self, digits: str) -> str | None:
        """Return the characters of a hexadecimal escape, by the message's character set, else Windows-1252."""
        try:
            data = bytes.fromhex(digits)
        except ValueError:
            return None
        try:
            return data.decode(self.codec)
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")

    def _meant(self, body: str) -> str | None:
        """Return what an escape sequence stands for, or None if it is none."""
        if body in _ESCAPES:
            return str(getattr(self.signs, _ESCAPES[body]))
        if body in ("H", "N"):  # highlighting begins and ends
            return ""
        if body[:1] == "X" and len(body) % 2 and len(body) > 1:
            return self._from_hex(body[1:])
        if body[:1] in ("C", "M", "Z") and re.fullmatch(r"[CM][0-9A-F]{4,6}|Z\w*", body):
            return ""  # a change of the character set, or a sign of the sender's own
        layout = _LAYOUT.match(body)
        if layout is None:
            return None
        what, count = layout.groups()
        times = min(int(count), _MANY_LINES) if count.isdigit() else 1
        return {"br": "\n", "ce": "\n", "sp": "\n" * max(times, 1), "sk": " " * times}.get(what, "")


def escaped(value: str, signs: Separators) -> str:
    """Return a value with the separators in it escaped, so that it can stand in a field."""
    letters = {getattr(signs, what): letter for letter, what in _ESCAPES.items() if letter != "P"}
    return "".join(f"{signs.escape}{letters[c]}{signs.escape}" if c in letters else c for c in value if c not in "\r\n")
