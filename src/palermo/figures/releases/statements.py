"""What the attack found, in plain words and both languages; and how the tables are protected."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from palermo.figures.protection.rules import Rules
from palermo.figures.releases.engine import Verdict
from palermo.foundation.bilingual import Language
from palermo.foundation.money import written_exactly, written_number


def statement(verdict: Verdict, rules: Rules, earlier: int, language: Language) -> str:
    """What an attack came to, as it is published."""
    with override(language):
        return " ".join(_sentences(verdict, rules, earlier, language))


def _sentences(verdict: Verdict, rules: Rules, earlier: int, language: Language) -> list[str]:
    if verdict.succeeded:
        told = {
            "exposed": written_number(verdict.exposed, language),
            "hidden": written_number(verdict.hidden, language),
        }
        return [
            _("The attack succeeded: of %(hidden)s numbers that are left out, %(exposed)s can be worked out.") % told,
            _("These tables must not be published."),
        ]
    if rules.method == "noise":
        return [
            _(
                "What anybody can learn of one person from these tables is limited by their noise, whatever else "
                "they know."
            )
        ]
    if rules.method == "synthetic":
        return [
            _("No record in this file is anybody’s: all of them are made up from counts with noise."),
            _(
                "What anybody can learn of one person from them is limited by that noise, whatever else they know; "
                "that somebody has one of the codes is not kept secret."
            ),
        ]
    if rules.method in ("round", "round_by_record"):
        return [_rounded(rules, language)]
    said = [_against(earlier, language)]
    if verdict.hidden:
        said.append(
            ngettext(
                "For the %(hidden)s number that is left out, we worked out by linear programming within which limits "
                "it must lie, as anybody could.",
                "For each of the %(hidden)s numbers that are left out, we worked out by linear programming within "
                "which limits it must lie, as anybody could.",
                verdict.hidden,
            )
            % {"hidden": written_number(verdict.hidden, language)}
        )
        said.append(_("None of them can be worked out."))
        if rules.hide_size and rules.threshold > 1:
            said.append(
                _("Of none can anybody even tell that it is below %(threshold)s.")
                % {"threshold": written_number(rules.threshold, language)}
            )
    else:
        said.append(_("No number is left out of them, and none that is shown tells of a group that is too small."))
    return said


def _rounded(rules: Rules, language: Language) -> str:
    """What is rounded is no equation, so that it is not put together in the attack."""
    reach = rules.base - 1 if rules.method == "round_by_record" else 2 * rules.base - 1
    return _(
        "Every number stands for others as well: the true one may lie up to %(reach)s away. Rounded numbers are not "
        "attacked by linear programming."
    ) % {"reach": written_number(reach, language)}


def _against(earlier: int, language: Language) -> str:
    if not earlier:
        return _(
            "We attacked these tables before we published them. Nothing else was published of the same population."
        )
    return ngettext(
        "We attacked these tables before we published them, together with %(earlier)s earlier release of the same "
        "population.",
        "We attacked these tables before we published them, together with %(earlier)s earlier releases of the same "
        "population.",
        earlier,
    ) % {"earlier": written_number(earlier, language)}


def protection_words(rules: Rules, language: Language) -> list[str]:
    """How a rule set protects tables, each rule as a sentence."""
    with override(language):
        return _rule_sentences(rules, language)


def _rule_sentences(rules: Rules, language: Language) -> list[str]:
    told = {
        "most": written_number(rules.threshold - 1, language),
        "base": written_number(rules.base, language),
        "epsilon": written_exactly(Decimal(str(rules.epsilon)), language),
        "delta": written_exactly(Decimal(str(rules.delta)), language),
    }
    said = [] if rules.method in ("noise", "synthetic") else _too_small_sentences(rules, told)
    said.append(
        {
            "suppress": _(
                "Their numbers are left out, and others besides, so that nobody can work them out from totals."
            ),
            "round": _("Every number is rounded to a multiple of %(base)s, so that totals still add up.") % told,
            "round_by_record": _(
                "Every number is rounded to a multiple of %(base)s, at random and always alike for the same group. "
                "Totals may differ from the sum of their parts."
            )
            % told,
            "synthetic": _(
                "Records are made up that stand for nobody and look like the real ones in tables of two or three "
                "columns (epsilon %(epsilon)s, delta %(delta)s). All tables are counted from them."
            )
            % told,
            "noise": _("Random noise is added to every number (epsilon %(epsilon)s, delta %(delta)s).") % told,
        }[rules.method]
    )
    return said


def _too_small_sentences(rules: Rules, told: dict[str, str]) -> list[str]:
    said = []
    if rules.threshold > 2:
        said.append(_("Groups of 1 to %(most)s are too small to show.") % told)
    if rules.hide_zeros:
        said.append(_("That a group is empty is not shown either."))
    if rules.dominance:
        said.append(
            _("A sum is not shown where the %(largest)s largest contributors give more than %(percent)s%% of it.")
            % {"largest": rules.dominance.largest, "percent": rules.dominance.percent}
        )
    return said
