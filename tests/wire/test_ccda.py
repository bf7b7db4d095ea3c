"""XML that may harm or is cut off is refused; undeclared prefixes alone are forgiven."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.wire import ccda


def test_namespaces_or_none():
    for space in ('xmlns="urn:hl7-org:v3"', ""):
        root = ccda.parse(f'<section {space}><code code="1"/><text>a <b>b</b>\n c</text></section>'.encode())
        assert ccda.local(root) == "section"
        assert ccda.attribute(root, "code", "code") == "1"
        assert ccda.words(ccda.child(root, "text")) == "a b c"


def test_undeclared_prefixes_are_forgiven():
    root = ccda.parse(b'<value xsi:type="CD" code="1"><sdtc:valueSet code="2"/></value>')
    assert ccda.kind(root) == "CD"
    assert ccda.attribute(ccda.extension(root, "valueSet"), "code") == "2"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "XML"),
        (b"no xml", "XML"),
        (b"<section><text>cut", "too early"),
        (b"<section><text></section>", "XML"),
        (b"<a/><b/>", "XML"),
        (b"<section>&nbsp;</section>", "entity"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "document type"),
        (b'<?xml version="1.0" encoding="UTF-8"?><a>\xf3</a>', "encoding"),
        (b"<a>" * 5000 + b"</a>" * 5000, "deep"),
        (b"<a>\0</a>", "encoding"),
    ],
)
def test_what_is_refused(data, says):
    with pytest.raises(ccda.NotCda, match=says):
        ccda.parse(data)


def test_no_entity_is_expanded_and_no_file_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}">' * 1 for n in range(30))
    for inside in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', laughs):
        with pytest.raises(ccda.NotCda) as refused:
            ccda.parse(f"<!DOCTYPE a [{inside}]><a>&x;&l29;</a>".encode())
        assert "secret" not in str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tree_or_refused(data):
    with suppress(ccda.NotCda):
        assert ccda.local(ccda.parse(data)) is not None
