"""`palermo audit verify`: whether the trail is whole."""

from __future__ import annotations

import argparse

from palermo import commands


def add_to(names: commands.Names) -> None:
    """`palermo audit verify`."""
    audit = names.add_parser("audit", help="check the trail of who did what")
    acts = audit.add_subparsers(metavar="ACT", required=True)
    verify = acts.add_parser(
        "verify", help="find every changed, missing or cut-off event; ends with 1 where there is one"
    )
    verify.add_argument(
        "--event", type=int, metavar="NUMBER", help="say the hash of this event as well, to check a row of a history"
    )
    verify.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every fault, or how many events stand unbroken."""
    commands.start_django()
    with commands.told_of_the_database():
        verdict = print_verdict()
        return verdict if arguments.event is None else max(verdict, print_event(arguments.event))


def print_event(number: int) -> int:
    """Say the hash of one event, worked out anew from what it holds."""
    from palermo.audit.chain import event_hash
    from palermo.audit.models import AuditEvent

    event = AuditEvent.objects.filter(number=number).first()
    if event is None:
        print(f"There is no event {number}.")
        return commands.FAILED
    print(f"Event {number}: {event.act} on {event.at.isoformat(timespec='seconds')}, {event_hash(event)}.")
    return commands.DONE


def print_verdict() -> int:
    """Verify the trail in the database at hand and say what was found."""
    from palermo.audit.models import AuditEvent
    from palermo.audit.queries import faults

    found = 0
    for fault in faults():
        print(fault)
        found += 1
    if found:
        print(f"The trail is broken: {found} faults.")
        return commands.FAILED
    last = AuditEvent.objects.order_by("number").last()
    print(f"The trail is whole. Its last event is {last.number}, {last.hash}." if last else "The trail is empty.")
    return commands.DONE
