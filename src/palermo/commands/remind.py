"""`palermo remind`: sends the reminders that are due."""

from __future__ import annotations

import argparse

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo remind`."""
    remind = names.add_parser(
        "remind",
        help="send the reminders that are due today, and erase what is due",
        description="Sends everybody one mail with what is due, and members of a tip desk one with how much waits "
        "there. Run it every hour: who has theirs gets no second one, and what could not be sent is tried again. Also "
        "deletes uploaded spreadsheets and files of figures that nobody decided about for a day, erases records of "
        "releases and closed tips on their day, and tells in the trail how many tips came in each hour that is over.",
    )
    remind.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Erase and send what is due, and say how much that was."""
    commands.start_django()
    from palermo.figures.releases.actions.records import erase_due
    from palermo.figures.series.actions.taking_in import forget_old_figures
    from palermo.people.invitations import forget_old_invitations
    from palermo.people.queries import command_line
    from palermo.plan.reminders.actions.send import NoMailServerError, send_reminders
    from palermo.plan.returns.actions.spreadsheet import forget_old_uploads
    from palermo.prosecution.tips.actions.hours import tell_hours
    from palermo.prosecution.tips.actions.keeping import keep
    from palermo.prosecution.tips.actions.reminding import remind_desks

    with commands.told_of_the_database():
        forget_old_uploads()
        forget_old_figures()
        forget_old_invitations(by=command_line())
        erase_due(by=command_line())
        tell_hours(by=command_line())
        kept = keep(by=command_line())
        desks = remind_desks(by=command_line())
        try:
            outcome = send_reminders(by=command_line())
        except NoMailServerError as error:
            raise commands.RefusedError("No mail server is set. Set PALERMO_MAIL_URL.", commands.WRONG_USE) from error
    failed = outcome.failed + desks.failed
    sent, left = outcome.sent + desks.sent, outcome.left + desks.left
    print(f"Sent: {sent}. Not sent, to be tried again: {failed}. Left for later: {left}.")
    if kept.warned or kept.erased or kept.failed:
        print(f"Tips that are soon erased: {kept.warned}. Tips erased: {kept.erased}. Not erased: {kept.failed}.")
    return commands.FAILED if failed or kept.failed else commands.DONE
