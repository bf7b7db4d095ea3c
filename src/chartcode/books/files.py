"""What a user gave to install from: a zip, a folder or one file, opened so that no file can do harm.

Publishers rename their files every year and put zips into zips, so a builder asks by pattern and looks at the content.
Nothing is ever unpacked to the disk: a member that names a path outside of its zip has nowhere to go, and is refused
nonetheless, because such a zip is not the publisher's.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

LARGEST = 2 << 30
"""Bytes of one member, unpacked. The largest of the publishers' files is a tenth of it."""

TOGETHER = 4 << 30
"""Bytes of all members of what was given, unpacked."""

MEMBERS = 10_000
DEPTH = 4
"""Zips inside zips, and inside a folder, that are opened; the publishers need two."""

RATIO = 300
"""Times that a large member may be larger than packed. Text of code lists packs 5 to 30 times; a bomb 1000 times."""

_SMALL = 32 << 20
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins, and how an empty one does."""

_GZIP = b"\x1f\x8b"
_AGAIN = "fetch it again from the publisher"


class Unsuitable(ValueError):  # noqa: N818 - it is what a file is, named as one would say it
    """A file cannot be installed; one sentence names the file, what was expected, and what to do."""


class Unrecognised(Unsuitable):
    """Nothing of the kind that a builder installs is among the files: they may still hold something of another kind."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user said beside the file: nothing of it is needed where the file says it itself.

    ``year`` is the fiscal or calendar year, ``release`` a version such as ``FY2026-10-01`` or ``2024Q3``, ``first``
    the first day on which the file is in force; ``options`` are the ``--set NAME=VALUE`` of the command line.
    """

    year: int | None = None
    release: str | None = None
    first: date | None = None
    options: Mapping[str, str] = field(default_factory=dict)


class Files:
    """The files that a user gave, by name; names of members are paths with ``/``, those inside a zip begin with its."""

    def __init__(self, origin: str, digest: str, members: Mapping[str, Callable[[], bytes]]) -> None:
        """Take the name and hash of what was given and, by name, how each file is read."""
        self.origin = origin
        self.sha256 = digest
        self.names = tuple(sorted(members))
        self._members = members
        self._whole = False

    @classmethod
    def of(cls, path: Path) -> Files:
        """Open a zip or a folder, with the zips inside it, or one file, packed with gzip or not.

        Raises:
            Unsuitable: it is absent, damaged, encrypted, dangerous or too large.
        """
        try:
            if path.is_dir():
                return _folder(path)
            digest = _digest(path)
        except OSError as fault:
            raise Unsuitable(
                f"{path} cannot be read ({fault.strerror or fault}); name a zip, a folder or a file"
            ) from None
        room = _Room()
        members = dict(_opened(path.name, path.name, path.read_bytes, path, room, 0))
        if not members:
            raise Unsuitable(f"{path.name} is an empty zip; {_AGAIN}")
        return cls(path.name, digest, members)

    @classmethod
    def together(cls, given: Sequence[Files]) -> Files:
        """Return the files of several things given as one; each name begins with what it came from."""
        members = {files.full(name): partial(files.read, name) for files in given for name in files.names}
        digest = sha256(" ".join(files.sha256 for files in given).encode()).hexdigest()
        one = cls(" and ".join(files.origin for files in given), digest, members)
        one._whole = True
        return one

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Return the names of files whose last part holds a regular expression, whatever the case."""
        wanted = re.compile(pattern, re.IGNORECASE)
        return tuple(name for name in self.names if wanted.search(name.rpartition("/")[2]))

    def full(self, name: str) -> str:
        """Return a name with that of what was given, for a sentence or to look for a year in it."""
        return name if self._whole or name == self.origin else f"{self.origin}/{name}"

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            Unsuitable: it is damaged.
            KeyError: there is no such file.
        """
        return self._members[name]()

    def text(self, name: str) -> str:
        r"""Return a text file with ``\n`` line ends, from UTF-8 or UTF-16 with or without its mark, else from cp1252.

        Raises:
            Unsuitable: it is damaged, or is no text.
        """
        content = self.read(name)
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16", "replace")
        else:
            if b"\0" in content:
                raise Unsuitable(f"{name} is not a text file; {_AGAIN}")
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")


class _Room:
    """Counts what has been opened, and refuses what is too much."""

    def __init__(self) -> None:
        self.members = self.bytes = 0

    def take(self, name: str, size: int, packed: int) -> None:
        self.members += 1
        self.bytes += size
        if self.members > MEMBERS or self.bytes > TOGETHER or size > LARGEST:
            raise Unsuitable(f"{name} unpacks to more than a publisher's file ever does; {_AGAIN}")
        if size > _SMALL and size > RATIO * max(packed, 1):
            raise Unsuitable(
                f"{name} unpacks to {size // max(packed, 1)} times its size, as no code list does; {_AGAIN}"
            )


def _folder(path: Path) -> Files:
    digest, room = sha256(), _Room()
    members: dict[str, Callable[[], bytes]] = {}
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        name = file.relative_to(path).as_posix()
        if _hidden(name):
            continue
        digest.update(f"{name} {_digest(file)}\n".encode())
        members.update(_opened(name, name, file.read_bytes, file, room, 1))
    if not members:
        raise Unsuitable(f"{path} holds no files; name the folder that holds the publisher's files")
    return Files(path.name, digest.hexdigest(), members)


def _opened(
    name: str, shown: str, read: Callable[[], bytes], source: Path | io.BytesIO, room: _Room, depth: int
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield a file, or what is in it if it is packed."""
    start = source.getvalue()[:4] if isinstance(source, io.BytesIO) else _start(source)
    if start in _PACKED and not _is_office(source):
        yield from _unzipped(name, source, room, depth)
    elif start[:2] == _GZIP:
        plain = name.removesuffix(".gz")
        room.take(shown, 0, 0)
        yield plain, lambda: _gunzipped(shown, read())
    elif name.lower().endswith(".zip"):
        page = ", but a web page" if start.lstrip()[:1] == b"<" else ""
        raise Unsuitable(f"{shown} is not a zip{page}; {_AGAIN}")
    else:
        yield name, read


def _unzipped(
    name: str, source: Path | io.BytesIO, room: _Room, depth: int
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if depth >= DEPTH:
        raise Unsuitable(f"{name} is a zip inside too many zips; {_AGAIN}")
    try:
        packed = zipfile.ZipFile(source)
        infos = [i for i in packed.infolist() if not i.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Unsuitable(f"{name} is cut short or damaged; {_AGAIN}") from None
    for info in infos:
        inner = info.filename.replace("\\", "/")
        if inner.startswith("/") or ".." in inner.split("/") or re.match(r"[A-Za-z]:", inner):
            raise Unsuitable(f"{name} names the path {inner!r} outside of itself, which no publisher's does; {_AGAIN}")
        if info.flag_bits & 1:
            raise Unsuitable(f"{name} is encrypted; unpack it yourself and name the folder")
        room.take(f"{name}/{inner}", info.file_size, info.compress_size)
        if _hidden(inner):
            continue
        full = inner if depth == 0 else f"{name}/{inner}"
        read = _reader(packed, info, name)
        if inner.lower().endswith(".zip"):
            yield from _opened(full, full, read, io.BytesIO(read()), room, depth + 1)
        else:
            yield full, read


def _reader(packed: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return packed.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            raise Unsuitable(f"{name} is cut short or damaged at {info.filename}; {_AGAIN}") from None

    return read


def _gunzipped(name: str, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            plain = file.read(min(LARGEST, max(_SMALL, RATIO * len(content))) + 1)
    except (OSError, EOFError, zlib.error):
        raise Unsuitable(f"{name} is cut short or damaged; {_AGAIN}") from None
    _Room().take(name, len(plain), len(content))
    return plain


def _is_office(source: Path | io.BytesIO) -> bool:
    """Tell whether a zip is a workbook (xlsx) and so one file to us."""
    try:
        with zipfile.ZipFile(source) as packed:
            return "[Content_Types].xml" in packed.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in name.split("/"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
