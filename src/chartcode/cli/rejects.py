"""What could not be read, kept with its place and its reason, so that it can be mended and read again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import USAGE, say

if TYPE_CHECKING:
    from chartcode.collect import Unreadable
    from chartcode.model.chart import Chart


def keeping(found: Iterator[Chart | Unreadable], target: str | None) -> Iterator[Chart | Unreadable]:
    """Yield what is given, and write each ``Unreadable`` of it to a file, a JSON object a line.

    The file is there from the beginning, and empty where nothing was refused.
    """
    if target is None:
        yield from found
        return
    from chartcode.collect import Unreadable

    try:
        stream = Path(target).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed below, with the sources
    except OSError as error:
        say(f"argument --rejects: {target}: {(error.strerror or 'it cannot be written').lower()}")
        raise SystemExit(USAGE) from None
    with stream:
        for one in found:
            if isinstance(one, Unreadable):
                stream.write(json.dumps(_plain(one), ensure_ascii=False) + "\n")
                stream.flush()
            yield one


def _plain(one: Unreadable) -> dict[str, str]:
    """Return source, place and reason, and the record itself where it is not the whole source."""
    told = {"source": one.source, "place": one.place, "why": one.why}
    if not one.record:
        return told
    try:
        return {**told, "record": one.record.decode("utf-8")}
    except UnicodeDecodeError:
        return {**told, "record_base64": base64.b64encode(one.record).decode("ascii")}
