"""Evidence of a return: adding it, taking it out, clearing it for publication."""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from palermo.people.models import User
from palermo.plan.register.models import Evidence
from palermo.plan.returns import policies
from palermo.plan.returns.actions.drafting import locked, tell
from palermo.plan.returns.evidence_types import ActiveContentError, UnknownTypeError, type_of
from palermo.plan.returns.models import Proof, Return
from palermo.plan.returns.vocabulary import State

ANTIVIRUS_SECONDS = 60


class NotTakenError(Exception):
    """The file is not taken. `code` is stable; pages say it in the reader's language.

    `too_large`, `unknown_type`, `macros`, `refused_by_antivirus`, `antivirus_failed`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def add_link(*, of: Return, title_en: str, title_fr: str, url: str, seen_on: date | None = None, by: User) -> Proof:
    """Point to something that shows what the return says, as it was seen on a day, today unless another is given.

    Raises:
        PermissionDenied: `by` may not write the return.
        ValueError: it has no title, or the address does not begin with https.
    """
    one = _writable(of, by)
    if not url.startswith("https://") or not (title_en or title_fr):
        raise ValueError("A link has a title and begins with https.")
    seen = seen_on or timezone.localdate()
    made = Proof.objects.create(of=one, title_en=title_en, title_fr=title_fr, url=url, seen_on=seen, added_by=by)
    tell(one, "evidence.add", by, evidence=made.pk)
    return made


def add_file(*, of: Return, upload: File[bytes], title_en: str, title_fr: str, by: User) -> Proof:
    """Keep a file under a random name, once its content was looked at. Nothing of a refused file stays.

    Raises:
        PermissionDenied: `by` may not write the return.
        NotTakenError: see there.
        ValueError: it has no title.
    """
    if not policies.may_write(by, of):
        raise PermissionDenied
    if not (title_en or title_fr):
        raise ValueError("A file has a title.")
    if (upload.size or 0) > settings.UPLOAD_LIMIT:
        raise NotTakenError("too_large")
    content = upload.read()
    kind = _type(content)
    scan(content)
    name = f"{uuid.uuid4().hex}.bin"
    proof = Proof(
        title_en=title_en,
        title_fr=title_fr,
        file_name=(upload.name or "")[:200],
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    proof.file.save(name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            proof.of = _writable(of, by)
            proof.save()
            tell(proof.of, "evidence.add", by, evidence=proof.pk)
    except BaseException:
        # What no row speaks of would lie about for ever.
        proof.file.delete(save=False)
        raise
    return proof


def _type(content: bytes) -> str:
    try:
        return type_of(content)
    except UnknownTypeError as error:
        raise NotTakenError("unknown_type") from error
    except ActiveContentError as error:
        raise NotTakenError("macros") from error


def scan(content: bytes) -> None:
    """Hand a file to the antivirus command, if one is set. A command that cannot be run refuses everything.

    Raises:
        NotTakenError: `refused_by_antivirus` where it fails on the file, `antivirus_failed` where it does not run.
    """
    if not settings.ANTIVIRUS:
        return
    command = shlex.split(settings.ANTIVIRUS)
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=ANTIVIRUS_SECONDS, check=False)  # noqa: S603 - the operator's own words
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotTakenError("antivirus_failed") from error
    if done.returncode != 0:
        raise NotTakenError("refused_by_antivirus")


@transaction.atomic
def remove_proof(*, proof: Proof, by: User) -> None:
    """Take evidence out of a return. It is kept, and can be put back while the return is being written.

    Raises:
        PermissionDenied: `by` may not write the return.
    """
    one = _writable(proof.of, by)
    here = Proof.objects.filter(pk=proof.pk, removed_at__isnull=True)
    if here.update(removed_by=by, removed_at=timezone.now(), is_public=False, names_nobody=False):
        tell(one, "evidence.remove", by, evidence=proof.pk)


@transaction.atomic
def restore_proof(*, proof: Proof, by: User) -> None:
    """Put evidence back that was taken out.

    Raises:
        PermissionDenied: `by` may not write the return.
    """
    one = _writable(proof.of, by)
    gone = Proof.objects.filter(pk=proof.pk, removed_at__isnull=False, destroyed_at__isnull=True)
    if gone.update(removed_by=None, removed_at=None):
        tell(one, "evidence.restore", by, evidence=proof.pk)


@transaction.atomic
def clear_for_publication(*, proof: Proof, names_nobody: bool, by: User) -> None:
    """Let the public see a piece of evidence once the period is closed.

    Args:
        proof: the evidence.
        names_nobody: that `by` looked at it, and that it names or shows no person.
        by: a clearing officer of the organisation, or a coordinator of the plan once it was cleared.

    Raises:
        PermissionDenied: `by` may not, or the period is not open.
        ValueError: nobody looked, or it names somebody.
    """
    one = locked(proof.of)
    if not policies.may_publish_evidence(by, one):
        raise PermissionDenied
    if not names_nobody:
        raise ValueError("What names or shows a person is not published.")
    here = Proof.objects.filter(pk=proof.pk, removed_at__isnull=True, is_public=False)
    if here.update(is_public=True, names_nobody=True):
        tell(one, "evidence.clear", by, evidence=proof.pk)


@transaction.atomic
def keep_internal(*, proof: Proof, by: User) -> None:
    """Take back that evidence was cleared for publication. What is published already goes at once.

    Raises:
        PermissionDenied: `by` is no clearing officer of the organisation, and does not coordinate the plan.
    """
    one = locked(proof.of)
    if not policies.may_withdraw_evidence(by, one):
        raise PermissionDenied
    if Proof.objects.filter(pk=proof.pk, is_public=True).update(is_public=False, names_nobody=False):
        _unpublish(one, proof)
        tell(one, "evidence.keep_internal", by, evidence=proof.pk)


@transaction.atomic
def destroy_file(*, proof: Proof, by: User) -> None:
    """Destroy a file that names or shows somebody, for good. That it was there stays known, with its hash.

    Raises:
        PermissionDenied: as for keeping it internal.
        ValueError: it is no file.
    """
    one = locked(proof.of)
    if not policies.may_withdraw_evidence(by, one):
        raise PermissionDenied
    if not proof.file:
        raise ValueError("A link has no content here that could be destroyed.")
    now = timezone.now()
    gone = {"is_public": False, "names_nobody": False, "destroyed_at": now, "removed_by": by, "removed_at": now}
    if Proof.objects.filter(pk=proof.pk, destroyed_at__isnull=True).update(**gone):
        _unpublish(one, proof)
        tell(one, "evidence.destroy", by, evidence=proof.pk)
        name, storage = str(proof.file.name), proof.file.storage
        transaction.on_commit(lambda: storage.delete(name))


def _unpublish(one: Return, proof: Proof) -> None:
    """Take it from where the public reads it, unless another return shows the same link there."""
    same = Proof.objects.filter(of__deliverable=one.deliverable, of__cycle=one.cycle, of__state=State.ACCEPTED)
    if proof.url and same.filter(url=proof.url, is_public=True, removed_at__isnull=True).exclude(pk=proof.pk).exists():
        return
    its = {"file_code": proof.code} if proof.file else {"url": proof.url}
    Evidence.objects.filter(deliverable=one.deliverable, period=one.cycle.period, **its).delete()


def _writable(of: Return, by: User) -> Return:
    one = locked(of)
    if not policies.may_write(by, one):
        raise PermissionDenied
    return one
