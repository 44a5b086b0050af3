"""Who may give which role in which organisation.

Nobody gives a role that they do not hold over the organisation. Each role holds others within it: a clearing officer's
holds the focal point's, that one the alternate's, and so on. A coordinator holds every role over the organisation that
owns the plan, and the roles of a department over the departments that have a part in it today, until such a department
has a clearing officer of its own. Analysts read records of people, so that only the organisation whose records
these are names them.
"""

from __future__ import annotations

from palermo.people.models import Membership, Organisation, Role, User
from palermo.people.oversight import coordinated, coordinates
from palermo.people.policies import Viewer, held_today, holding, holds, is_command_line

CONTAINS: dict[Role, tuple[Role, ...]] = {
    Role.COORDINATOR: tuple(Role),
    Role.CLEARING_OFFICER: (
        Role.CLEARING_OFFICER,
        Role.FOCAL_POINT,
        Role.ALTERNATE,
        Role.ANALYST,
        Role.WORKER,
        Role.DESK_MEMBER,
        Role.READER,
    ),
    Role.FOCAL_POINT: (Role.FOCAL_POINT, Role.ALTERNATE, Role.READER),
    Role.ALTERNATE: (Role.ALTERNATE, Role.READER),
    Role.ASSESSOR: (),
    # Or one person could name the second one who approves what they prepared.
    Role.ANALYST: (),
    Role.WORKER: (),
    # Or one person could bring in the second one who confirms their key.
    Role.DESK_MEMBER: (),
    Role.READER: (),
}
"""The roles that each role can give in its own organisation."""

OF_A_DEPARTMENT = (
    Role.CLEARING_OFFICER,
    Role.FOCAL_POINT,
    Role.ALTERNATE,
    Role.WORKER,
    Role.DESK_MEMBER,
    Role.READER,
)
"""What a coordinator can give in an organisation that has a part in the plan."""

NOT_BESIDE_ASSESSOR = (Role.COORDINATOR, Role.CLEARING_OFFICER, Role.FOCAL_POINT, Role.ALTERNATE, Role.ANALYST)
"""Who assesses a plan has no other hand in the organisation that owns it."""


def may_give(viewer: Viewer, role: Role, organisation: Organisation) -> bool:
    """Whether the viewer can give this role there, to anybody but themselves."""
    if is_command_line(viewer):
        return True
    if not isinstance(viewer, User):
        return False
    giving = [held for held, given in CONTAINS.items() if role in given]
    if giving and holds(viewer, organisation, *giving):
        return True
    return role in OF_A_DEPARTMENT and coordinates(viewer, organisation) and not staffs_itself(organisation)


def staffs_itself(organisation: Organisation) -> bool:
    """Whether somebody clears for the organisation today: then it gives its own roles, and no coordinator does."""
    return held_today(Membership.objects.filter(organisation=organisation, role=Role.CLEARING_OFFICER)).exists()


def organisations_to_staff(viewer: User) -> list[Organisation]:
    """The organisations in which the viewer can give some role, or sees who has them as a coordinator, by code."""
    own = holding(viewer, *(role for role, given in CONTAINS.items() if given)).values("organisation")
    found = Organisation.objects.filter(pk__in=own) | Organisation.objects.filter(
        pk__in=coordinated(viewer).order_by().values("pk")
    )
    return list(found.prefetch_related("names").order_by("code"))


def roles_to_give(viewer: User, organisation: Organisation) -> list[Role]:
    """The roles that the viewer can give there."""
    return [role for role in Role if may_give(viewer, role, organisation)]


def would_judge_themselves(user: User, role: Role, organisation: Organisation) -> bool:
    """Whether this role would make somebody assess what they have a hand in."""
    if role == Role.ASSESSOR:
        return holds(user, organisation, *NOT_BESIDE_ASSESSOR)
    return role in NOT_BESIDE_ASSESSOR and holds(user, organisation, Role.ASSESSOR)
