from __future__ import annotations

import argparse

import pytest
from bench.sets.files import Missing

from bench import claims


def test_every_claim_comes_back_the_same(capsys):
    pytest.importorskip("pyx12")
    assert claims.main(argparse.Namespace(claims=8, judged=4, data=None)) == 0
    out = capsys.readouterr().out
    assert out.count("8 of 8 the same; pyx12 reads 4 with 0 errors") == 2


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Missing, match="no such folder"):
        claims._samples(tmp_path / "gone")
