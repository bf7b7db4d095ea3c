"""Which files make one chart: those that lie in one folder, for records that are kept a folder an encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from chartcode.collect.source import Source, Unreadable
from chartcode.collect.together import together
from chartcode.model.chart import Chart


def by_folder(
    sources: Iterable[Source | Unreadable], charts: Callable[[Source], Iterator[Chart | Unreadable]], top: str
) -> Iterator[Chart | Unreadable]:
    """Yield one chart for each folder's documents, named after the folder; what cannot be read comes first.

    A file that holds several charts (an export, a feed) knows its encounters itself: its charts stay apart.

    Args:
        sources: the files.
        charts: reads one of them.
        top: the name of a chart whose files lie in no folder below the one given.
    """
    known = sorted(sources, key=_folder)
    for folder, members in groupby(known, key=_folder):
        alone: list[Chart] = []
        for member in members:
            found = [member] if isinstance(member, Unreadable) else list(charts(member))
            read = [chart for chart in found if isinstance(chart, Chart)]
            yield from (result for result in found if isinstance(result, Unreadable))
            if len(read) > 1:
                yield from read
            else:
                alone += read
        if alone:
            yield together(folder or top, alone)


def _folder(source: Source | Unreadable) -> str:
    """Return the folder of a source, as its id tells it; a complaint stands with the files at the top."""
    if isinstance(source, Unreadable):
        return ""
    way = Path(source.id).parent.as_posix()
    return "" if way == "." else way
