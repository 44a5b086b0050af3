"""What a release stands on: rules, what is wanted, and the earlier releases that anybody can compare it with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import groupby

from palermo.figures.releases.engine import Earlier
from palermo.figures.releases.freezing import published_table
from palermo.figures.releases.models import RecordColumn, Release, ReleaseTable, TablePart
from palermo.figures.releases.vocabulary import State


def earlier_releases(release: Release) -> list[Release]:
    """What was published of the same population, the first first. What was corrected since is known all the same."""
    found = Release.objects.filter(population=release.population_id, state=State.PUBLISHED)
    return list(found.exclude(pk=release.pk).order_by("year", "number"))


def earlier_tables(earlier: Sequence[Release]) -> tuple[Earlier, ...]:
    """The tables of earlier releases as they were published."""
    parts = TablePart.objects.filter(table__release__in=earlier).select_related("table__release")
    ordered = parts.order_by("table__release__year", "table__release__number", "table__position", "number")
    grouped = ((key, list(of)) for key, of in groupby(ordered, key=lambda part: part.table_id))
    return tuple(Earlier(of[0].table.sums, published_table(of[0].table, of)) for _key, of in grouped)


def made_from(release: Release, wanted: Sequence[ReleaseTable], earlier: Sequence[Release]) -> str:
    """The hash of all that protected tables depend on. Where it changes, protecting and attacking begins anew."""
    columns = RecordColumn.objects.filter(file=release.records_id).order_by("position") if release.records_id else ()
    told = {
        "rules": release.rule_set_id,
        "population": release.population_id,
        "source": [release.source, release.source_code, release.records_id],
        "covers": [release.covers_from.isoformat(), release.covers_to.isoformat()],
        "columns": [[each.position, each.use, each.code, each.missing, each.codes] for each in columns],
        "labels": [[each.label_en, each.label_fr] for each in columns],
        "tables": [[each.position, each.wanted, each.sums, each.title_en, each.title_fr] for each in wanted],
        "earlier": [[each.pk, each.content_sha256] for each in earlier],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def is_stale(release: Release) -> bool:
    """Whether the rules, what is wanted or the earlier releases changed since the attack."""
    wanted = list(ReleaseTable.objects.filter(release=release).order_by("position"))
    return release.attacked_from != made_from(release, wanted, earlier_releases(release))
