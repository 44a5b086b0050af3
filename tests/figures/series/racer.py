"""One process of a race to take in one file: says that it is ready, waits for a line, and says what came of it.

python -m tests.figures.series.racer UPLOAD SEEN
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
django.setup()

from palermo.figures.exchange.cube import CubeText  # noqa: E402 - Django must be ready
from palermo.figures.series.actions.taking_in import OtherPreviewError, take_in_figures  # noqa: E402
from palermo.figures.series.models import FiguresUpload  # noqa: E402


def say(word: str) -> None:
    """A line for whoever started this process."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


upload = FiguresUpload.objects.select_related("person").get(pk=int(sys.argv[1]))
say("ready")
sys.stdin.readline()
try:
    take_in_figures(upload=upload, seen=sys.argv[2], reason=CubeText("Late files."), by=upload.person)
    say("done")
except OtherPreviewError:
    say("OtherPreviewError")
