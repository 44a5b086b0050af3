"""A box that is opened here, in memory: for browsers that cannot do so themselves."""

from __future__ import annotations

from palermo.people.policies import Viewer
from palermo.prosecution.tips.envelopes.bundle import BundleError, unpacked
from palermo.prosecution.tips.envelopes.receipts import BoxKeys, unlock
from palermo.prosecution.tips.envelopes.sealing import OpeningError, opened, unwrapped
from palermo.prosecution.tips.models import Box
from palermo.prosecution.tips.queries.sealed import for_the_box


def letters_of(viewer: Viewer, box: Box, keys: BoxKeys) -> list[str]:
    """What the desk wrote, the oldest first; an empty text for what does not open.

    Raises:
        DestroyedError: the tip was erased.
    """
    letters = []
    try:
        private = unlock(bytes(box.locked), keys)
    except OpeningError:
        return [""]
    for one in for_the_box(viewer, box):
        try:
            told = unpacked(opened(one.bundle, unwrapped(one.key, one.bound, private), one.bound))
            letters.append(told.texts.get("text", ""))
        except (OpeningError, BundleError):
            letters.append("")
    return letters
