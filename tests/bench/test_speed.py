import sys

import pytest
from bench.processes import Spent, spent
from bench.sets.files import Missing

from bench import machine, speed


def test_a_command_is_measured():
    code = "import os, sys; sys.stderr.write(os.environ['MARK']); x = bytearray(60_000_000); sys.exit(3)"
    cost = spent([sys.executable, "-c", code], {"MARK": "here"})
    assert (cost.status, cost.errors) == (3, "here")
    assert cost.peak > 60
    assert cost.wall > 0


def test_a_failed_call_gives_no_figure():
    with pytest.raises(Missing, match="status 2: bad date"):
        speed._checked(Spent(1, 1, 1, 2, "bad date\n"))
    with pytest.raises(Missing, match="status 1"):
        speed._checked(Spent(1, 1, 1, 1, "empty"))
    assert speed._checked(Spent(1, 1, 1, 1, "empty"), some_refused=True).wall == 1
    with pytest.raises(Missing, match="ValueError"):
        speed._checked(Spent(1, 1, 1, 1, "Traceback ...\nValueError"), some_refused=True)


def test_the_row_holds_the_figures():
    starts = [Spent(0.9, 1, 210, 0), Spent(0.7, 1, 205, 0), Spent(0.8, 1, 200, 0)]
    row = speed._row(Spent(12.34, 1, 300, 0), starts, Spent(5.0, 1, 250, 0), [0.004] * 1000)
    cells = [cell.strip() for cell in row.splitlines()[2].strip("|").split("|")]
    assert cells[4:] == ["1000", "200", "250", "0.70 / 0.80", "210 / 250", "12.3"]


def test_the_machine_is_described():
    assert f"{machine.cores()} cores" in machine.describe()
    assert machine.peak_mb(1000) in (1.024, 0.001)


def test_notes_are_taken_evenly():
    notes = [(str(n), "x") for n in range(10)]
    assert [name for name, _ in speed.spread(notes, 4)] == ["0", "2", "5", "7"]
    assert speed.spread(notes, 20) == notes
