from bench.notes import Item, cut, item


def test_a_code_is_written_as_printed():
    assert item("n44.8").code == item("N448").code == "N44.8"


def test_items_that_become_the_same_are_one():
    items = (Item(("E11.42",), evidence=("a",)), Item(("E11.9",), evidence=("b",)), Item(("I10",), required=False))
    assert cut(items, 3) == (Item(("E11",)), Item(("I10",), required=False))


def test_alternatives_are_cut_too():
    assert cut((Item(("J44.9", "J44.1", "J45.909")),), 3) == (Item(("J44", "J45")),)
