"""Making the files of an edition from what was frozen."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path
from secrets import token_hex

from django.core.files import File
from django.db import transaction

from palermo.audit.actions import record
from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import User
from palermo.plan.report.formats.registry import FORMATS, Format
from palermo.plan.report.frozen import published_document
from palermo.plan.report.models import Edition, EditionFile
from palermo.plan.report.models.edition import EditionState

logger = logging.getLogger(__name__)


def make_files(*, by: User, edition: Edition) -> Edition:
    """Make every file that the edition does not have yet, each stored as soon as it is whole.

    Where one cannot be made, the edition says so and keeps the others; a further call tries again.
    """
    known = set(edition.files.values_list("format", "language"))
    wanted = [(each, language) for language in LANGUAGES for each in FORMATS if (each.key, language) not in known]
    try:
        with tempfile.TemporaryDirectory(prefix="palermo-report-") as folder:
            for each, language in wanted:
                _make_file(edition, each, language, Path(folder))
    except Exception:
        logger.exception("The files of edition %s could not be made.", edition.pk)
        _set_state(by, edition, EditionState.FAILED)
        raise
    return _set_state(by, edition, EditionState.READY)


def _make_file(edition: Edition, each: Format, language: Language, folder: Path) -> None:
    made = folder / f"{language}.{each.extension}"
    each.render(published_document(edition, language), made)
    with made.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        EditionFile.objects.create(
            edition=edition,
            format=each.key,
            language=language,
            file=File(stream, name=f"{token_hex(16)}.{each.extension}"),
            size=made.stat().st_size,
            sha256=digest,
        )


@transaction.atomic
def _set_state(by: User, edition: Edition, state: EditionState) -> Edition:
    edition.state = state
    edition.save(update_fields=["state"])
    record(by=by, act="edition.files", about=edition, state=state, files=edition.files.count())
    return edition
