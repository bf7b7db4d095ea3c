from __future__ import annotations

import io
import pickle

import pytest

from chartcode.collect.source import HEAD, Source, Unreadable, plain


class OneWay(io.BytesIO):
    """A stream that cannot seek, as a pipe."""

    def seekable(self) -> bool:
        return False


def sources(tmp_path, data):
    path = tmp_path / "a"
    path.write_bytes(data)
    yield Source("a", "a", path)
    yield Source("a", "a", held=data)
    yield Source("a", "a", held=data[:HEAD], stream=OneWay(data[HEAD:]))


@pytest.mark.parametrize("size", [0, 10, HEAD, HEAD + 1, 100_000])
def test_the_same_from_a_file_from_memory_and_from_a_pipe(tmp_path, size):
    data = bytes(n % 251 for n in range(size))
    for source in sources(tmp_path, data):
        assert source.head() == data[:HEAD]
        assert source.whole(1_000_000) == data
    for source in sources(tmp_path, data):
        with source.seekable() as stream:
            stream.seek(size // 2)
            assert stream.read() == data[size // 2 :]


def test_what_is_too_large(tmp_path):
    for source in sources(tmp_path, b"x" * 2_000_000):
        with pytest.raises(Unreadable, match="more than the 1 MB that one note may have"):
            source.whole(1_000_000, "one note")


def test_a_missing_file(tmp_path):
    source = Source("a", "a.txt", tmp_path / "none")
    for ask in (source.head, lambda: source.whole(10)):
        with pytest.raises(Unreadable, match=r"a\.txt: there is no such file"):
            ask()


def test_the_complaint_names_the_place_and_hides_the_record():
    unreadable = Source("a", "a.ndjson").unreadable("it is broken", "line 3", b"secret words")
    assert str(unreadable) == "a.ndjson, line 3: it is broken"
    assert "secret" not in repr(unreadable)
    again = pickle.loads(pickle.dumps(unreadable))  # noqa: S301 - our own
    assert (str(again), again.record, again.place) == (str(unreadable), b"secret words", "line 3")


@pytest.mark.parametrize(
    ("head", "bare"),
    [
        (b"\xef\xbb\xbf {", b"{"),
        ("\ufeff<a>".encode("utf-16-le"), b"<a>"),
        ("\ufeff<a>".encode("utf-16-be"), b"<a>"),
        (b"\r\n x", b"x"),
        (b"", b""),
    ],
)
def test_the_head_of_a_text_without_its_marks(head, bare):
    assert plain(head) == bare
