"""Invented files in the publishers' forms, of a year whose real ones are not known yet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

YEAR = 2030
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def order_lines(more: Iterable[tuple[str, bool, str]] = ()) -> list[tuple[str, bool, str]]:
    """A heading and a code for each letter of the book, and others."""
    lines = [line for x in LETTERS for line in ((f"{x}10", False, f"Heading {x}"), (f"{x}109", True, f"Illness {x}"))]
    return sorted([*lines, *more])


def order_text(lines: Iterable[tuple[str, bool, str]] | None = None) -> str:
    """An order file as it is printed: short titles are cut after 60 characters."""
    rows = order_lines() if lines is None else lines
    return "".join(
        f"{n:05} {code:<7} {int(b)} {title[:60]:<60} {title}\n" for n, (code, b, title) in enumerate(rows, 1)
    )


def tabular_xml(year: int = YEAR, title: str = "Illness", more: str = "") -> str:
    """A tabular list with a section for each letter."""
    sections = "".join(
        f'<section id="{x}10-{x}10"><desc>Section {x}</desc><diag><name>{x}10</name><desc>Heading {x}</desc>'
        f"<diag><name>{x}10.9</name><desc>{title} {x}</desc>"
        f"<inclusionTerm><note>Sickness {x}</note></inclusionTerm></diag></diag>{more if x == 'Z' else ''}</section>"
        for x in LETTERS
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><ICD10CM.tabular><version>{year}</version><chapter><name>1</name>'
        f"<desc>Everything</desc>{sections}</chapter></ICD10CM.tabular>"
    )


def index_xml(terms: int = 200, year: int = YEAR, code: str = "A10.9", tail: str = "") -> str:
    """An index: main terms with one subterm each."""
    mains = "".join(
        f"<mainTerm><title>Term {n}<nemod>(slight)</nemod> NEC</title><code>{code}</code>"
        f'<term level="1"><title>with fever</title><code>{code}</code><manif>B10.9</manif></term></mainTerm>'
        for n in range(terms // 2)
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><ICD10CM.index><version>{year}</version>"
        f"<title>INDEX TO DISEASES</title><letter><title>T</title>{mains}{tail}</letter></ICD10CM.index>"
    )


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
