"""The API, put together from what each room says of itself."""

from __future__ import annotations

from palermo.figures.series.api import router as series
from palermo.foundation.api import API
from palermo.plan.register.api import router as register
from palermo.plan.report.api import router as report

api = API(
    title="Palermo",
    version="1",
    description=(
        "Action plans against human trafficking: what was promised, who answers for it, how far it is, the published "
        "reports, and the figures with their sources. Read-only and public. Texts come in English and French. Lists "
        "come in pages of at most 200 items. Every answer has an ETag: send it back as If-None-Match, and what has not "
        "changed comes as 304."
    ),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", register)
api.add_router("", report)
api.add_router("", series)
