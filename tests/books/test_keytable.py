from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.keytable import KeyTable

KEYS = st.lists(st.integers(0, 2**64 - 1), max_size=50)


@given(KEYS, KEYS)
def test_a_key_is_found_where_it_stands_and_a_stranger_nowhere(known, asked):
    ordered = sorted(set(known))
    table = KeyTable(np.array(ordered, dtype=np.uint64))
    found = table.find(np.array([*asked, *ordered], dtype=np.uint64))
    assert found.tolist() == [ordered.index(k) if k in ordered else -1 for k in (*asked, *ordered)]
