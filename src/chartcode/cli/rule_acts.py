"""``chartcode rules test`` and ``rules try``: do rules do what their examples say, and what would they say of cases?"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today
from chartcode.cli.profiles import add_profile, chosen_profile, text_of

if TYPE_CHECKING:
    from chartcode.books import Shelf
    from chartcode.cli.cases import BadCases
    from chartcode.model.case import Case
    from chartcode.validate.rule import Rule

SHOWN = 10
"""Cases named for each rule, unless --all is given."""


def add_acts(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare what can be done."""
    test = acts.add_parser(
        "test",
        help="run the examples of all rules",
        description="Run the examples of all rules, those of a site's profile too. The exit status is 1 if one fails.",
    )
    add_profile(test)
    test.set_defaults(run=run_test)
    tried = acts.add_parser(
        "try",
        help="run a file of site rules on past cases",
        description="Run a file of site rules on past cases, before it is switched on: what each rule would have said.",
    )
    tried.add_argument("file", metavar="FILE", help="rules in TOML")
    tried.add_argument("--cases", required=True, metavar="DIR", help="a folder of cases, or one file of them")
    tried.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books serve cases without a date")
    tried.add_argument("--all", action="store_true", help=f"name every case, not the first {SHOWN} of each rule")
    tried.set_defaults(run=run_try)


def run_test(options: argparse.Namespace) -> int:
    """Run the examples, by the books installed and invented ones beside them."""
    from chartcode.books import Shelf, invented
    from chartcode.cli.shelf import open_shelf
    from chartcode.validate import catalogue
    from chartcode.validate.examples import disagreements

    rules = (*catalogue(), *chosen_profile(options.profile).own)
    with tempfile.TemporaryDirectory(prefix="chartcode-rules-") as home:
        shutil.copytree(open_shelf().folder, Path(home) / "books", copy_function=_linked)
        invented.install(Path(home) / "books")
        shelf = Shelf.open(Path(home))
        wrong = [told for rule in rules for told in disagreements(rule, shelf.at)]
    for told in wrong:
        print(told)
    bare = [rule.id for rule in rules if not rule.examples]
    if bare:
        print(f"without examples: {', '.join(bare)}")
    print(f"{len(rules)} rules, {len(wrong)} examples that fail")
    return DATA if wrong else OK


def _linked(source: str, target: str) -> None:
    """Link a file, or copy it where that cannot be done; releases are never written to, only replaced."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def run_try(options: argparse.Namespace) -> int:
    """Run the rules of a file on cases, and say how often each spoke, where, and what it said."""
    from chartcode.cli.cases import BadCases
    from chartcode.cli.shelf import open_shelf
    from chartcode.validate.examples import disagreements
    from chartcode.validate.site import site_rules
    from chartcode.validate.site.places import Unsound

    try:
        rules = site_rules(text_of(Path(options.file)), options.file)
    except Unsound as error:
        say(str(error))
        return DATA
    shelf = open_shelf()
    wrong = [told for rule in rules for told in disagreements(rule, shelf.at)]
    said: dict[str, list[str]] = {rule.id: [] for rule in rules}
    seen, status = 0, DATA if wrong else OK
    for case in _cases(options.cases):
        if isinstance(case, BadCases):
            say(str(case))
            status = DATA
            continue
        seen += 1
        try:
            found = _findings(case, rules, shelf, options)
        except LookupError as error:
            say(f"{case.chart.id}: {error.args[0]}")
            status = DATA
            continue
        for name, told in found:
            said[name].append(told)
    for told in wrong:
        print(told)
    for rule in rules:
        _show(rule, said[rule.id], seen, None if options.all else SHOWN)
    return status


def _findings(case: Case, rules: tuple[Rule, ...], shelf: Shelf, options: argparse.Namespace) -> list[tuple[str, str]]:
    """Return what each rule says of a case, as (rule, sentence)."""
    from chartcode.pipeline import Coder
    from chartcode.validate import validate

    books, _ = Coder(shelf).books(case.chart, options.date or today())
    return [(f.rule, f"{case.chart.id}: {f.message}") for f in validate(case, books, rules)]


def _cases(given: str) -> Iterator[Case | BadCases]:
    """Yield the cases of a file, or of all files of a folder in the order of their names."""
    from chartcode.cli.cases import BadCases, cases, contents

    place = Path(given)
    paths = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
    for path in paths:
        try:
            yield from cases(contents(str(path)), str(path))
        except BadCases as error:
            yield error


def _show(rule: Rule, said: list[str], seen: int, most: int | None) -> None:
    print(f"{rule.id}  {rule.severity}  {len(said)} findings in {seen} cases  {rule.title}")
    for told in said[:most]:
        print(f"  {told}")
    if most is not None and len(said) > most:
        print(f"  ... and {len(said) - most} more; --all names them")
