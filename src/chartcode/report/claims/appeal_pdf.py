"""An appeal packet as a PDF to be sent: letter paper, pages numbered, the same answer giving the same bytes.

reportlab lays it out. Its standard fonts know the letters of Western Europe; what else a record quotes is shown as its
plain letter, or as a question mark where it has none.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from html import escape
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from chartcode.report.claims.answers import Answer
from chartcode.report.claims.appeal import (
    ASIDE,
    CHIP,
    HEADING,
    ITEM,
    PART,
    PLAIN,
    QUOTE,
    REMARK,
    STRONG,
    Authorities,
    Block,
    blocks,
    title,
)

_MARGIN = 54.0
_PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=3)
_STYLES = {
    PLAIN: _PLAIN,
    PART: ParagraphStyle("part", _PLAIN, fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=12),
    HEADING: ParagraphStyle("heading", _PLAIN, fontName="Helvetica-Bold", textColor="#1f3a5f", spaceBefore=7),
    STRONG: ParagraphStyle("strong", _PLAIN, fontName="Helvetica-Bold", spaceBefore=3),
    ITEM: ParagraphStyle("item", _PLAIN, leftIndent=14, bulletIndent=4),
    QUOTE: ParagraphStyle("quote", _PLAIN, fontName="Times-Italic", fontSize=10.5, leftIndent=24, rightIndent=18),
    REMARK: ParagraphStyle("remark", _PLAIN, borderColor="#c98b2b", borderWidth=0.8, borderPadding=4, spaceBefore=6),
}
_TITLE = ParagraphStyle("title", _PLAIN, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=4)
_CHIPS = ParagraphStyle("chips", _PLAIN, textColor="#5c6b7a", spaceAfter=8)
_WHERE = '<font name="Helvetica" size="8" color="#5c6b7a"> ({})</font>'


def packet_pdf(answer: Answer, authorities: Authorities) -> bytes:
    """Return the packet of a claim of which something was refused; arguments as for ``appeal.blocks``."""
    out, name = io.BytesIO(), title(answer)
    document = SimpleDocTemplate(
        out, pagesize=letter, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=name, invariant=1,
    )  # fmt: skip

    def footed(canvas: Canvas, page: Any) -> None:  # noqa: ANN401 - reportlab's document
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, _MARGIN / 2, _latin(name))
        canvas.drawRightString(letter[0] - _MARGIN, _MARGIN / 2, f"page {page.page}")

    document.build(list(_story(list(blocks(answer, authorities)), name)), onFirstPage=footed, onLaterPages=footed)
    return out.getvalue()


def _story(several: list[Block], name: str) -> Iterator[Flowable]:
    yield Paragraph(_text(name), _TITLE)
    yield Paragraph(" &nbsp;&bull;&nbsp; ".join(_text(b.text) for b in several if b.kind == CHIP), _CHIPS)
    waiting: list[Flowable] = []
    for block in (b for b in several if b.kind not in (CHIP, ASIDE)):
        waiting.append(_drawn(block))
        if block.kind not in (PART, HEADING, STRONG):  # a heading never stands alone at the foot of a page
            yield KeepTogether(waiting) if len(waiting) > 1 else waiting[0]
            waiting = []
    yield from waiting
    yield Spacer(1, 26)
    yield Paragraph("Signature ______________________________ &nbsp;&nbsp; Date ________________", _PLAIN)


def _drawn(block: Block) -> Flowable:
    text = _text(block.text)
    if block.kind == QUOTE:
        return Paragraph(f"&ldquo;{text}&rdquo;{_WHERE.format(_text(block.after))}", _STYLES[QUOTE])
    after = f" <i>{_text(block.after)}</i>" if block.after else ""
    return Paragraph(text + after, _STYLES[block.kind], bulletText="\u2022" if block.kind == ITEM else None)


def _text(value: str) -> str:
    return escape(_latin(" ".join(value.split())))


def _latin(value: str) -> str:
    """Return a text in the letters that the standard fonts have (Windows 1252)."""
    try:
        value.encode("cp1252")
    except UnicodeEncodeError:
        return "".join(_letter(sign) for sign in value)
    return value


def _letter(sign: str) -> str:
    for plain in (sign, unicodedata.normalize("NFKD", sign)[:1]):
        try:
            plain.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return plain
    return "?"
