"""The whole report in the reader's language, put together from the register and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import choose, shown
from palermo.plan.register.vocabulary import P, Status
from palermo.plan.report.build.chart import ChartSource, TAGS, chart_table, reader_tag
from palermo.plan.report.build.parts import changes_part, figures_part, narrative_blocks
from palermo.plan.report.formats.document import Part, ReportDocument, StatusMeaning, paragraph
from palermo.plan.report.formats.labels import labels_for
from palermo.plan.report.models import Narrative, NarrativePart
from palermo.plan.report.queries import narratives
