"""One process of a race: says that it is ready, waits for a line, acts, and says what came of it.

    python -m tests.plan.returns.racer ACT NUMBER VERSION PERSON

`DATABASE_URL` names the database of the test that started it, `MAIL_FOLDER` where its mails go.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must be ready

from palermo.people.models import User  # noqa: E402
from palermo.people.queries import command_line  # noqa: E402
from palermo.plan.reminders.actions.send import send_reminders  # noqa: E402
from palermo.plan.returns.actions import cycles, steps  # noqa: E402
from palermo.plan.returns.actions.drafting import ChangedMeanwhileError, Content, save_draft  # noqa: E402
from palermo.plan.returns.models import Return  # noqa: E402

TOLD = (ChangedMeanwhileError, steps.WrongStateError, cycles.CycleStateError)


def act_of(name: str, number: int, version: int, person: int) -> Callable[[], object]:
    """What this process does, with everything read that can be read before."""
    if name == "remind":
        by = command_line()
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
        return lambda: send_reminders(by=by)
    one, user = Return.objects.get(pk=number), User.objects.get(pk=person)
    if name == "save":
        return lambda: save_draft(of=one, version=version, content=Content(narrative_en=f"By {person}."), by=user)
    if name == "accept":
        return lambda: steps.accept(of=one, version=version, by=user)
    raise SystemExit(f"There is no act {name}.")


def say(word: str) -> None:
    """A line for whoever started this process."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(name: str, *numbers: str) -> None:
    """Wait for the start, act once, and print "done" or the name of the refusal."""
    act = act_of(name, *(int(number) for number in numbers))
    say("ready")
    sys.stdin.readline()
    try:
        act()
    except TOLD as told:
        say(type(told).__name__)
    else:
        say("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
