"""Sorted keys, with a small table in front that turns most strangers away before the search."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BITS = 22


class KeyTable:
    """Finds keys of 64 bits among sorted ones; nearly all that are not there cost one look into four megabytes."""

    def __init__(self, keys: npt.NDArray[np.uint64]) -> None:
        """Take the sorted keys."""
        self._keys = keys
        self._mask = np.uint64((1 << _BITS) - 1)
        self._perhaps = np.zeros(1 << _BITS, dtype=bool)
        self._perhaps[keys & self._mask] = True

    def find(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Return for each key its place among the sorted ones, or -1."""
        found = np.full(len(keys), -1, dtype=np.int64)
        if not len(self._keys):
            return found
        asked = np.flatnonzero(self._perhaps[keys & self._mask])
        at = np.searchsorted(self._keys, keys[asked])
        at[at == len(self._keys)] = 0
        hit = self._keys[at] == keys[asked]
        found[asked[hit]] = at[hit]
        return found

    def place(self, key: int) -> int:
        """Return one key's place among the sorted ones, or -1."""
        at = int(self._keys.searchsorted(np.uint64(key)))
        return at if at < len(self._keys) and int(self._keys[at]) == key else -1
