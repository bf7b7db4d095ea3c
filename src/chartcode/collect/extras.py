"""Libraries that only some formats need: imported when a record asks for them, and asked for plainly when missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from chartcode.collect.source import Source


def library(module: str, extra: str, source: Source) -> Any:  # noqa: ANN401 - whatever the module holds
    """Return a module.

    Raises:
        Unreadable: it is not installed; the message names the extra that brings it.
    """
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        why = f"to read it, {name} is needed; install it with pip install 'chartcode[{extra}]'"
        raise source.unreadable(why) from None
