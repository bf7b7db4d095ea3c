"""An appeal packet as a page that asks for nothing from anywhere and prints. All that came from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from chartcode.report.claims.answers import Answer
from chartcode.report.claims.appeal import (
    CHIP,
    HEADING,
    ITEM,
    PART,
    QUOTE,
    REMARK,
    STRONG,
    Authorities,
    Block,
    blocks,
    title,
)
from chartcode.report.frame import closing, opening

_LISTED = (ITEM, QUOTE)


def packet(answer: Answer, authorities: Authorities) -> str:
    """Return the page of a claim of which something was refused; arguments as for ``appeal.blocks``."""
    name = title(answer)
    return opening(name, "parts", "page.css") + "".join(_article(answer, name, authorities)) + closing()


def _article(answer: Answer, name: str, authorities: Authorities) -> Iterator[str]:
    yield f"<article id=claim data-title='{escape(name, quote=True)}'><h1>{escape(name)}</h1>"
    begun = False
    for kind, run in groupby(blocks(answer, authorities), key=lambda b: ITEM if b.kind in _LISTED else b.kind):
        several = list(run)
        if kind in (CHIP, ITEM):
            lines = "".join(f"<li>{_line(block)}</li>" for block in several)
            yield f"<ul{' class=chips' if kind == CHIP else ''}>{lines}</ul>"
            continue
        for block in several:
            if kind == PART:
                yield f"{'</section>' if begun else ''}<section><h2>{escape(block.text)}</h2>"
                begun = True
            else:
                yield _standing(block)
    yield "</section></article>"


def _standing(block: Block) -> str:
    text = escape(block.text)
    if block.kind == HEADING:
        return f"<h3>{text}</h3>"
    if block.kind == STRONG:
        return f"<p><b>{text}</b></p>"
    return f"<p{' class=remark' if block.kind == REMARK else ''}>{text}</p>"


def _line(block: Block) -> str:
    if block.kind == QUOTE:
        return f"<q>{escape(block.text)}</q> ({escape(block.after)})"
    return escape(block.text) + (f" <i>{escape(block.after)}</i>" if block.after else "")
