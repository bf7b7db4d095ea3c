"""What every page has: a head, the house's style, one script, and a policy under which nothing else can act."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

SCRIPT = "page.js"


def opening(title: str, things: str, *styles: str) -> str:
    """Return a page up to its first article.

    Args:
        title: of the page.
        things: what the keys walk through: ``codes``.
        styles: the names of the style sheets in this room, in order.
    """
    style, script = "".join(_asset(name) for name in styles), _asset(SCRIPT)
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<header><b>Chartcode</b><select aria-label="Chart"></select>'
        f'<span class="keys"><kbd>j</kbd> <kbd>k</kbd> walk the {things} · <kbd>Esc</kbd> let go</span></header>\n'
    )


def closing() -> str:
    """Return the end of a page."""
    return f"<script>{_asset(SCRIPT)}</script>\n</body>\n</html>\n"


@cache
def _asset(name: str) -> str:
    return "\n" + files("chartcode.report").joinpath(name).read_text(encoding="utf-8")


def _hash(asset: str) -> str:
    return "sha256-" + b64encode(sha256(asset.encode()).digest()).decode()
