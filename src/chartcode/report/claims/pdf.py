"""Data sheets -> PDF: boxes in rows, lines in a grid, gaps and remarks below; nothing is cut without a sign.

reportlab draws; its document carries no time of making, so the same claim gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from chartcode.report.claims.sheets import Box, Grid, Sheet

_MARGIN = 36.0
_ROW, _LABEL, _TEXT = 30.0, 5.8, 8.6
_GRID = 14.0
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"


def pages(sheets: Sequence[Sheet]) -> bytes:
    """Return a PDF with a page for each sheet (more where the notes need them)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1, pageCompression=1)
    canvas.setTitle("Chartcode claim data sheets")
    for sheet in sheets:
        _Page(canvas).draw(sheet)
    canvas.save()
    return out.getvalue()


class _Page:
    """A page in the making; ``_y`` is where the next part begins, from the bottom, in points."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._width = letter[0] - 2 * _MARGIN
        self._y = letter[1] - _MARGIN

    def draw(self, sheet: Sheet) -> None:
        self._canvas.setFont(_BOLD, 11)
        self._canvas.drawString(_MARGIN, self._y - 8, sheet.title)
        self._y -= 18
        for part in sheet.parts:
            if isinstance(part, Grid):
                self._grid(part)
            else:
                self._boxes(part)
        self._notes(sheet.notes)
        self._canvas.showPage()

    def _boxes(self, boxes: tuple[Box, ...]) -> None:
        whole = sum(box.width for box in boxes)
        widths = [self._width * box.width / whole for box in boxes]
        texts = [_wrapped(box.value, width - 6, _TEXT) for box, width in zip(boxes, widths, strict=True)]
        height = max(_ROW, 12 + 10 * max(len(text) for text in texts))
        self._room(height)
        x = _MARGIN
        for box, width, text in zip(boxes, widths, texts, strict=True):
            self._canvas.setLineWidth(0.4)
            self._canvas.rect(x, self._y - height, width, height)
            self._canvas.setFont(_FONT, _LABEL)
            self._canvas.drawString(x + 3, self._y - 7, f"{box.number} {box.label}".strip())
            self._canvas.setFont(_FONT, _TEXT)
            for n, line in enumerate(text):
                self._canvas.drawString(x + 3, self._y - 18 - 10 * n, line)
            x += width
        self._y -= height

    def _grid(self, grid: Grid) -> None:
        whole = sum(share for _, share in grid.heads)
        widths = [self._width * share / whole for _, share in grid.heads]
        self._y -= 4
        self._line([head for head, _ in grid.heads], widths, _LABEL + 1, _BOLD)
        for row in grid.rows:
            self._line(list(row), widths, _TEXT, _FONT)
        self._y -= 4

    def _line(self, values: list[str], widths: list[float], size: float, font: str) -> None:
        self._room(_GRID)
        x = _MARGIN
        self._canvas.setFont(font, size)
        for value, width in zip(values, widths, strict=True):
            self._canvas.rect(x, self._y - _GRID, width, _GRID)
            self._canvas.drawString(x + 3, self._y - 10, _wrapped(value, width - 6, size, most=1)[0])
            x += width
        self._y -= _GRID

    def _notes(self, notes: tuple[str, ...]) -> None:
        self._y -= 8
        for note in notes:
            lines = _wrapped(note, self._width, 7.5, most=20)
            self._room(10 * len(lines))
            self._canvas.setFont(_FONT, 7.5)
            for line in lines:
                self._canvas.drawString(_MARGIN, self._y - 8, line)
                self._y -= 10

    def _room(self, height: float) -> None:
        """Begin another page if what comes does not fit on this one."""
        if self._y - height < _MARGIN:
            self._canvas.showPage()
            self._y = letter[1] - _MARGIN


def _wrapped(text: str, width: float, size: float, most: int = 3) -> list[str]:
    """Return a text in lines that fit; where they are too many, the last ends with dots."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, _FONT, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [line for line in lines if line] or [""]
    kept = lines[:most]
    if len(lines) > most or stringWidth(kept[-1], _FONT, size) > width:
        while kept[-1] and stringWidth(kept[-1] + "...", _FONT, size) > width:
            kept[-1] = kept[-1][:-1]
        kept[-1] += "..."
    return kept
