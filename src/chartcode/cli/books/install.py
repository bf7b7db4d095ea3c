"""``chartcode books install``: a release from the publisher, fetched or from a file at hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from chartcode.cli.options import DATA, OK, USAGE, between, day, say


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "install",
        help="install a release of a book",
        description="Install a release of a book from its publisher: fetched by year or release, or from files at hand "
        "(zip, folder or single file). It is compiled beside the shelf, checked, and put in its place in one step: "
        "whatever goes wrong leaves the shelf as it was.",
    )
    verb.add_argument(
        "system", metavar="SYSTEM", help="icd10cm, icd10pcs, hcpcs, cpt, ...; without more, they are listed"
    )
    verb.add_argument("--year", type=between(2015, 2099), metavar="N", help="the fiscal or calendar year, such as 2026")
    verb.add_argument("--release", metavar="NAME", help="a release by its name, such as FY2026-04-01 or 2026Q3")
    verb.add_argument("--first", type=day, metavar="YYYY-MM-DD", help="the first day on which a file is in force")
    verb.add_argument(
        "--from", dest="files", nargs="+", type=Path, metavar="FILE", help="the publisher's zips, folders or files"
    )
    verb.add_argument(
        "--set",
        dest="options",
        action="append",
        type=_setting,
        default=[],
        metavar="NAME=VALUE",
        help="what else the builder of a book wants to know, such as a column; may be given several times",
    )
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Install, and print what was put in place."""
    from chartcode.books.catalogue import systems
    from chartcode.books.files import Unsuitable, Wish
    from chartcode.books.home import home_folder
    from chartcode.books.install import install, install_release
    from chartcode.cli.shelf import bar

    if options.system not in systems():
        say(f"argument SYSTEM: {options.system!r} cannot be installed; choose one of {', '.join(systems())}")
        return USAGE
    if not (options.files or options.year or options.release):
        say("say what to install: --year N, --release NAME, or --from FILE")
        return USAGE
    wish = Wish(options.year, options.release, options.first, dict(options.options))
    folder = home_folder() / "books"
    try:
        with bar() as progress:
            if options.files:
                outcomes = install(folder, options.system, options.files, wish, progress)
            else:
                outcomes = install_release(folder, options.system, wish, progress)
    except Unsuitable as fault:
        say(f"{fault}; nothing was installed")
        return DATA
    except LookupError as fault:
        say(f"{fault.args[0]}; nothing was installed")
        return DATA
    for outcome in outcomes:
        release = outcome.release
        verb = "replaced" if outcome.replaced else "installed"
        print(f"{verb} {release.system} {release.version} ({release.first} to {release.last or 'now'})")
        print(f"  from {release.source}; sha256 {release.sha256[:12]}")
        for remark in outcome.remarks:
            say(remark)
    return OK


def _setting(value: str) -> tuple[str, str]:
    name, mark, setting = value.partition("=")
    if not name or not mark:
        raise argparse.ArgumentTypeError(f"{value!r} is not NAME=VALUE")
    return name.strip(), setting.strip()
