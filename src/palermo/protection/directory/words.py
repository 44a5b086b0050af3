"""What is wrong with an entry, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import colon
from palermo.protection.directory.hsds.schema import Problem


def sentence(problem: Problem) -> str:
    """Where it stands, and what has to be otherwise."""
    place = ".".join(str(one + 1) if isinstance(one, int) else one for one in problem.path)
    said = _rule(problem)
    return f"{place}{colon()} {said}" if place else said


def _rule(problem: Problem) -> str:
    wanted = problem.wanted
    sentences = {
        "required": _("“%(wanted)s” is missing."),
        "type": _("This must be of the type “%(wanted)s”."),
        "enum": _("This must be one of these: %(wanted)s."),
        "format": _("This is not a right “%(wanted)s”."),
        "pattern": _("This is not written as it must be: %(wanted)s."),
        "missing": _("This belongs to %(wanted)s, which is neither here nor earlier in the file."),
        "unwritable": _("This holds a character that cannot be written."),
        "confidential": _("This tells where a confidential place is."),
    }
    return sentences.get(problem.rule, _("This breaks the rule “%(rule)s”.")) % {
        "wanted": wanted,
        "rule": problem.rule,
    }
