"""`palermo tips`: the desks that receive tips."""

from __future__ import annotations

import argparse

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo tips desk ORGANISATION`."""
    tips = names.add_parser("tips", help="say which organizations receive tips, and where the public tells")
    acts = tips.add_subparsers(metavar="ACT", required=True)
    desk = acts.add_parser(
        "desk",
        help="give an organization a desk for tips",
        description="Its members, whom its coordinator or clearing officer names, each make a key in their browser. "
        "What comes is sealed to these: whoever runs this command cannot read it.",
    )
    desk.add_argument("organisation", metavar="ORGANISATION", help="its code, such as public-safety")
    desk.add_argument("--public", action="store_true", help="the public tells this desk, and no other")
    desk.set_defaults(run=run_desk)
    scripts = acts.add_parser(
        "scripts",
        help="print the hashes of the scripts that seal and open",
        description="Prints the SHA-256 of each script, as docs/tips-scripts.sha256 holds them and `sha256sum` does.",
    )
    scripts.set_defaults(run=run_scripts)


def run_scripts(_arguments: argparse.Namespace) -> int:
    """Print a line for each script."""
    from palermo.prosecution.tips.scripts import every_script

    for one in every_script():
        print(f"{one.sha256}  {one.path}")
    return commands.DONE


def run_desk(arguments: argparse.Namespace) -> int:
    """Set the desk up, or say of one that is there whether the public tells it."""
    commands.start_django()
    from palermo.people.queries import command_line, organisations
    from palermo.prosecution.tips.actions.desks import set_up_desk

    with commands.told_of_the_database():
        by = command_line()
        organisation = organisations(by).filter(code=arguments.organisation).first()
        if organisation is None:
            raise commands.RefusedError(
                f"There is no organization with the code “{arguments.organisation}”.", commands.WRONG_USE
            )
        desk = set_up_desk(by=by, organisation=organisation, is_public=arguments.public)
        print(f"The desk of {desk.code} is there.", "The public tells it." if desk.is_public else "")
    return commands.DONE
