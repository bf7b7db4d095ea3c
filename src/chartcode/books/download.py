"""Fetch a publisher's file. Proxies are taken from the environment, as urllib does; nothing is kept but the file."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.response import addinfourl

from chartcode.books.catalogue import Source
from chartcode.books.files import LARGEST, Unsuitable
from chartcode.books.release import Progress

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
"""The publishers' servers refuse what does not call itself a browser."""

_WAIT = 60
_TRIES = 3
_BLOCK = 1 << 18


class Absent(Exception):  # noqa: N818 - it is what a file is, named as one would say it
    """The publisher has no file of that name: the next candidate may be the one."""


class Unreachable(OSError):  # noqa: N818 - as above
    """A server cannot be reached; the message names the file to fetch by hand."""


def fetch(source: Source, into: Path, progress: Progress) -> Path:
    """Fetch the first of a source's candidates that is there into a folder, and return the file.

    Raises:
        Absent: none of the candidates is there.
        Unreachable: there is no network, or the server does not answer.
        Unsuitable: what came is not the publisher's file.
    """
    for url in source.urls:
        try:
            return _file(url, into, progress)
        except Absent:
            continue
    if source.listing:
        for url in _listed(source):
            return _file(url, into, progress)
    raise Absent(f"the publisher has no file for the {source.what}")


def _listed(source: Source) -> list[str]:
    """Return the URLs in a listing that match a pattern, the last by name first, as updates sort behind."""
    with _open(source.listing) as answer:
        page = answer.read(1 << 22).decode("utf-8", "replace")
    links = (urljoin(source.listing, href) for href in re.findall(r'href="([^"?#]+)"', page, re.IGNORECASE))
    wanted = re.compile(source.pattern, re.IGNORECASE)
    return sorted((link for link in set(links) if wanted.search(unquote(_name(link)))), reverse=True)


def _file(url: str, into: Path, progress: Progress) -> Path:
    path = into / (re.sub(r"[^\w.() +-]", "_", unquote(_name(url))).lstrip(".") or "file")
    for attempt in range(1, _TRIES + 1):
        try:
            _copied(url, path, progress)
        except (HTTPException, TimeoutError, ConnectionError) as fault:
            if attempt == _TRIES:
                raise Unreachable(f"{url} broke off ({fault or type(fault).__name__})") from None
            time.sleep(attempt)
        else:
            return path
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _copied(url: str, path: Path, progress: Progress) -> None:
    label = f"fetching {path.name}"
    with _open(url) as answer, path.open("wb") as file:
        if "html" in (answer.headers.get("Content-Type") or "").lower():
            raise Absent(f"{url} is a web page")
        length = answer.headers.get("Content-Length")
        total, done = int(length) if length and length.isdigit() else 0, 0
        while block := answer.read(_BLOCK):
            done += len(block)
            if done > LARGEST:
                raise Unsuitable(f"{url} is larger than any publisher's file; fetch it by hand and look at it")
            file.write(block)
            progress(label, done, max(total, done))
    if total and done != total:
        raise ConnectionError(f"{done:,} of {total:,} bytes came")


def _open(url: str) -> addinfourl:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unsuitable(f"{url} is not a web address")
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310 - checked above
    try:
        # An opener of our own: that of urllib keeps the proxies that it found when it was first used.
        answer: addinfourl = urllib.request.build_opener().open(request, timeout=_WAIT)
    except urllib.error.HTTPError as fault:
        fault.close()
        if fault.code in {403, 404, 410}:
            raise Absent(f"{url} is not there ({fault.code})") from None
        raise Unreachable(f"{urlsplit(url).netloc} answers {fault.code} for {url}") from None
    except (urllib.error.URLError, TimeoutError, ConnectionError, HTTPException) as fault:
        reason = getattr(fault, "reason", None) or fault
        raise Unreachable(f"{urlsplit(url).netloc} cannot be reached ({reason})") from None
    return answer


def _name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]
