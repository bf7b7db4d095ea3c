from bench.clock import Clock

from chartcode.model.case import Case, Mention
from chartcode.model.chart import Chart, Span


def slow(case, _books):
    yield Mention(Span(case.chart.id, 0, sum(range(200_000)) * 0))


def test_a_timed_step_gives_the_same_entries():
    clock = Clock()
    step = clock.step(slow)
    assert step.__name__ == "slow"
    assert list(step(Case(Chart("c")), None)) == list(slow(Case(Chart("c")), None))
    assert clock.seconds["slow"] > 0
    clock.reset()
    assert clock.seconds == {}


def test_the_table_adds_up():
    clock = Clock()
    clock.seconds.update({"mentions": 0.3, "settle": 0.1})
    lines = clock.report(notes=10, whole=0.5).splitlines()
    assert [line.split("|")[1:4] for line in lines[2:]] == [
        [" mentions                 ", "     30.00 ", "  .600 "],
        [" settle                   ", "     10.00 ", "  .200 "],
        [" reading the text, output ", "     10.00 ", "  .200 "],
    ]
