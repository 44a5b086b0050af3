"""The sample's figures, and what in the sample's plans they show."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "figures" / "samples"
INDICATORS = Path(__file__).resolve().parents[1] / "plan" / "samples" / "indicators"


def load_sample_figures() -> list[str]:
    """Load what is missing of each file of figures, and link the series; one sentence for each change."""
    from palermo.figures.series.actions.load_figures import load_figures
    from palermo.figures.series.figures_file import read
    from palermo.people.queries import command_line

    told = []
    for path in sorted(FOLDER.glob("*.json")):
        if load_figures(file=read(path.read_bytes()), by=command_line()).is_new:
            told.append(f"Loaded the sample figures {path.stem}.")
    return told + [done for path in sorted(INDICATORS.glob("*.json")) if (done := _link(path))]


def _link(path: Path) -> str:
    """Link the series of one plan. Empty where the plan is not there or has indicators of its own."""
    from django.db import transaction

    from palermo.figures.series.models import Series
    from palermo.people.queries import command_line
    from palermo.plan.indicators.actions.link import link_series
    from palermo.plan.indicators.queries import has_indicators
    from palermo.plan.register.models import Plan

    plan = Plan.objects.filter(code=path.stem).select_related("owner").first()
    if plan is None or has_indicators(plan):
        return ""
    wanted = json.loads(path.read_text())
    series = {one.code: one for one in Series.objects.filter(code__in=[each["series"] for each in wanted])}
    places = {one.code: one for one in plan.deliverables.select_related("plan__owner")}
    sections = {one.code: one for one in plan.sections.select_related("plan__owner")}
    with transaction.atomic():
        for each in wanted:
            to = places[each["deliverable"]] if "deliverable" in each else sections[each["section"]]
            note = each.get("note", {"en": "", "fr": ""})
            link_series(series=series[each["series"]], to=to, note_en=note["en"], note_fr=note["fr"], by=command_line())
    return f"Linked the figures that show {path.stem}."
