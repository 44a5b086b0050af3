"""Who may see, define and enter numbers."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from palermo.figures.series.models import CodeList, FiguresUpload, Series
from palermo.people.models import Organisation, Role, User
from palermo.people.policies import Viewer, holding, is_command_line

DEFINING = tuple(role for role in Role if role.value in {"coordinator", "analyst"})
"""Roles that define series in the name of their organisation."""

ENTERING = tuple(role for role in Role if role.value in {"coordinator", "analyst", "focal_point", "alternate"})
"""Roles that enter the numbers of the series that their organisation owns."""

UPLOADS_KEPT = timedelta(days=1)
"""How long an uploaded file waits for its uploader's decision."""


def sees_all(viewer: Viewer) -> bool:
    """Whether the viewer sees series that are not public: everybody who has a role today."""
    return is_command_line(viewer) or holding(viewer).exists()


def visible(viewer: Viewer, found: QuerySet[Series]) -> QuerySet[Series]:
    """Those of some series that the viewer may see."""
    return found if sees_all(viewer) else found.filter(is_public=True)


def may_define_for(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer may define series in the name of an organisation."""
    return is_command_line(viewer) or holding(viewer, *DEFINING).filter(organisation=organisation).exists()


def may_define_any(viewer: Viewer) -> bool:
    """Whether the viewer may define series in the name of some organisation."""
    return is_command_line(viewer) or holding(viewer, *DEFINING).exists()


def may_change(viewer: Viewer, series: Series) -> bool:
    """Whether the viewer may change what a series means, retire it, and declare what it adds up to."""
    if is_command_line(viewer):
        return True
    return holding(viewer, *DEFINING).filter(organisation__in=[series.owner_id, series.keeper_id]).exists()


def may_keep_list(viewer: Viewer, code_list: CodeList) -> bool:
    """Whether the viewer may change a list of codes: who may change every series that uses it."""
    if not may_define_any(viewer):
        return False
    return all(may_change(viewer, one) for one in Series.objects.filter(dimensions__code_list=code_list).distinct())


def may_enter(viewer: Viewer, series: Series) -> bool:
    """Whether the viewer may enter and revise the numbers of a series."""
    return entering_for(viewer, series) is not None


def may_enter_any(viewer: Viewer) -> bool:
    """Whether the viewer enters numbers for some organisation."""
    return is_command_line(viewer) or holding(viewer, *ENTERING).exists()


def entering_for(viewer: Viewer, series: Series) -> int | None:
    """The key of the organisation in whose name the viewer enters numbers of a series; None where they may not."""
    if is_command_line(viewer):
        return series.owner_id
    if holding(viewer, *ENTERING).filter(organisation=series.owner_id).exists():
        return series.owner_id
    keeps = holding(viewer, *DEFINING).filter(organisation=series.keeper_id).exists()
    return series.keeper_id if keeps else None


def worked_on(viewer: Viewer, found: QuerySet[Series]) -> QuerySet[Series]:
    """Those of some series whose numbers the viewer may enter."""
    if is_command_line(viewer):
        return found
    entering = holding(viewer, *ENTERING).values("organisation")
    defining = holding(viewer, *DEFINING).values("organisation")
    return found.filter(Q(owner__in=entering) | Q(keeper__in=defining))


def own_uploads(viewer: Viewer) -> QuerySet[FiguresUpload]:
    """The files of figures that the viewer uploaded and has not decided about. Nobody else sees them."""
    if not isinstance(viewer, User) or not (viewer.is_active or is_command_line(viewer)):
        return FiguresUpload.objects.none()
    return FiguresUpload.objects.filter(person=viewer, created_at__gt=timezone.now() - UPLOADS_KEPT)
