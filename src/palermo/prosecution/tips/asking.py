"""The form by which the public tells: its questions, and what a browser without scripts sends of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.files.uploadedfile import UploadedFile

from palermo.prosecution.tips.envelopes.bundle import File, Told

LONGEST = 20_000
"""Characters of an answer."""
GROUPS = (("what",), ("who",), ("where", "when"), ("know",))
"""The questions that are answered in words, those together that are asked at once."""
TEXTS = tuple(code for group in GROUPS for code in group)
AT_LENGTH = ("what", "who", "know")
"""Those that take more than a line."""
DANGER = ("yes", "no", "unsure")
CONTACT_BOX, CONTACT_NAME = "box", "name"


class EmptyError(ValueError):
    """Nothing was told."""


class LongError(ValueError):
    """An answer is longer than it may be."""


def told_in(said: Mapping[str, str], files: Sequence[UploadedFile[bytes]]) -> Told:
    """What somebody told in the form. Whether they may be asked back is not part of it, but how they are reached is.

    Raises:
        EmptyError: no question was answered in words, and there is no file.
        LongError: an answer is too long.
    """
    texts = {code: text for code in TEXTS if (text := _text(said.get(code, "")))}
    if not texts and not files:
        raise EmptyError
    if said.get("danger") in DANGER:
        texts["danger"] = said["danger"]
    if said.get("contact") == CONTACT_NAME and (name := _text(said.get("name", ""))):
        texts["name"] = name
    return Told(texts, tuple(map(_file, files)))


def answer_in(said: Mapping[str, str], files: Sequence[UploadedFile[bytes]]) -> Told:
    """What somebody wrote by their box.

    Raises:
        EmptyError: nothing was written, and there is no file.
        LongError: it is too long.
    """
    text = _text(said.get("answer", ""))
    if not text and not files:
        raise EmptyError
    return Told({"answer": text} if text else {}, tuple(map(_file, files)))


def _text(said: str) -> str:
    # Browsers send line breaks as two signs, and count them as one.
    text = said.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise LongError
    return text


def _file(one: UploadedFile[bytes]) -> File:
    return File((one.name or "")[:200], (one.content_type or "")[:100], one.read())
