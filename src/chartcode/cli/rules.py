"""``chartcode rules``: the catalogue of rules."""

from __future__ import annotations

import argparse
from pathlib import Path

from chartcode.cli.options import DATA, OK, say
from chartcode.cli.profiles import add_profile, chosen_profile
from chartcode.cli.rule_acts import add_acts


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb and what can be done with rules."""
    verb = verbs.add_parser(
        "rules", help="list the rules, or show one", description="The rules that cases are checked by."
    )
    acts = verb.add_subparsers(metavar="ACT", dest="act", required=True)
    listed = acts.add_parser(
        "list", help="list all rules", description="List all rules, with those of a site's profile."
    )
    add_profile(listed)
    listed.set_defaults(run=run_list)
    show = acts.add_parser(
        "show", help="show one rule", description="Show a rule: what it says, by whom, with examples."
    )
    show.add_argument("rule", metavar="RULE", help="the id of a rule, such as icd10cm/excludes1")
    show.set_defaults(run=run_show)
    docs = acts.add_parser(
        "docs", help="write the page of all rules", description="Write the reference page of all rules."
    )
    docs.add_argument("file", metavar="FILE", help="where to write, or what to compare with")
    docs.add_argument("--check", action="store_true", help="only tell whether the file is up to date")
    docs.set_defaults(run=run_docs)
    add_acts(acts)


def run_list(options: argparse.Namespace) -> int:
    """Print one line a rule."""
    from chartcode.validate import catalogue

    for rule in (*catalogue(), *chosen_profile(options.profile).own):
        print(f"{rule.id:<44} {rule.severity:<8} {rule.title}")
    return OK


def run_show(options: argparse.Namespace) -> int:
    """Print one rule."""
    from chartcode.validate import chosen

    try:
        found = chosen([options.rule])
    except LookupError as error:
        say(str(error.args[0]))
        return DATA
    for rule in found:
        until = f" to {rule.until}" if rule.until else ""
        print(f"{rule.id}: {rule.title}\n{rule.severity}, from {rule.since}{until}\n{rule.authority}\n{rule.url}\n")
        print(f"{rule.essay}\n\nExamples:\n\n{rule.examples}\n")
    return OK


def run_docs(options: argparse.Namespace) -> int:
    """Write or compare the page."""
    from chartcode.validate.catalogue import page

    path = Path(options.file)
    if not options.check:
        path.write_text(page(), encoding="utf-8")
        return OK
    if path.is_file() and path.read_text(encoding="utf-8") == page():
        return OK
    say(f"{path} is stale; write it with 'chartcode rules docs {path}'")
    return DATA
