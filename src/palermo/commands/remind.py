"""`palermo remind`: sends the reminders that are due."""

from __future__ import annotations

import argparse

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo remind`."""
    remind = names.add_parser(
        "remind",
        help="send the reminders of returns that are due today",
        description="Sends everybody one mail with what is due. Run it every hour: who has theirs gets no second one, "
        "and what could not be sent is tried again. Also deletes uploaded spreadsheets and files of figures that "
        "nobody decided about for a day, and erases records of releases and closed tips on their day.",
    )
    remind.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Send what is due, and say how many mails that were."""
    commands.start_django()
    from palermo.figures.releases.actions.records import erase_due
    from palermo.figures.series.actions.taking_in import forget_old_figures
    from palermo.people.invitations import forget_old_invitations
    from palermo.people.queries import command_line
    from palermo.plan.reminders.actions.send import NoMailServerError, send_reminders
    from palermo.plan.returns.actions.spreadsheet import forget_old_uploads
    from palermo.prosecution.tips.actions.keeping import keep

    with commands.told_of_the_database():
        forget_old_uploads()
        forget_old_figures()
        forget_old_invitations(by=command_line())
        erase_due(by=command_line())
        kept = keep(by=command_line())
        try:
            outcome = send_reminders(by=command_line())
        except NoMailServerError as error:
            raise commands.RefusedError("No mail server is set. Set PALERMO_MAIL_URL.", commands.WRONG_USE) from error
    print(f"Sent: {outcome.sent}. Not sent, to be tried again: {outcome.failed}. Left for later: {outcome.left}.")
    if kept.warned or kept.erased:
        print(f"Tips that are soon erased: {kept.warned}. Tips erased: {kept.erased}.")
    return commands.FAILED if outcome.failed else commands.DONE
