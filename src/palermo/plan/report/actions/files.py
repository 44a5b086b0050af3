"""Making the files of an edition from what was frozen."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path
from secrets import token_hex

from django.core.files import File
from django.db import DatabaseError, transaction

from palermo.audit.actions import record
from palermo.foundation.addresses import site_address
from palermo.foundation.bilingual import LANGUAGES, Language
from palermo.people.models import User
from palermo.plan.report.formats.links import with_site
from palermo.plan.report.formats.registry import FORMATS, Format
from palermo.plan.report.frozen import published_document
from palermo.plan.report.models import Edition, EditionFile
from palermo.plan.report.models.edition import EditionState

logger = logging.getLogger(__name__)


def make_files(*, by: User, edition: Edition) -> Edition:
    """Make every file that the edition does not have yet, each stored as soon as it is whole.

    Where one cannot be made, the edition says so and keeps the others; a further call tries again. Two calls at once
    do no harm: of each file the first one made is kept. Nobody's right is asked for, because everybody may read the
    files of what is published.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="palermo-report-") as folder:
            for language in LANGUAGES:
                for each in FORMATS:
                    if not edition.files.filter(format=each.key, language=language).exists():
                        _make_file(edition, each, language, Path(folder))
    except Exception:
        logger.exception("The files of edition %s could not be made.", edition.pk)
        _settle(by, edition)
        raise
    return _settle(by, edition)


def _make_file(edition: Edition, each: Format, language: Language, folder: Path) -> None:
    made = folder / f"{language}.{each.extension}"
    each.render(with_site(published_document(edition, language), site_address()), made)
    with made.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        _keep(
            EditionFile(
                edition=edition,
                format=each.key,
                language=language,
                file=File(stream, name=f"{token_hex(16)}.{each.extension}"),
                size=made.stat().st_size,
                sha256=digest,
            )
        )


def _keep(file: EditionFile) -> None:
    """Store a file, unless another worker was quicker: its file stays, and ours leaves no trace."""
    try:
        with transaction.atomic():
            file.save()
    except DatabaseError:
        file.file.delete(save=False)
        same = EditionFile.objects.filter(edition=file.edition, format=file.format, language=file.language)
        if not same.exists():
            raise


@transaction.atomic
def _settle(by: User, edition: Edition) -> Edition:
    """Say whether the edition has all its files now."""
    # Asked anew: the edition may remember the files that it had when it was read.
    made = EditionFile.objects.filter(edition=edition).count()
    is_whole = made == len(LANGUAGES) * len(FORMATS)
    state = EditionState.READY if is_whole else EditionState.FAILED
    if Edition.objects.filter(pk=edition.pk).exclude(state=state).update(state=state):
        record(by=by, act="edition.files", about=edition, state=state, files=made)
    edition.state = state
    return edition
