"""What is wrong with an entry, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from palermo.foundation.bilingual import colon
from palermo.protection.directory.hsds.files import HELD_BACK
from palermo.protection.directory.hsds.reading import UnreadableError
from palermo.protection.directory.hsds.schema import Problem


def sentence(problem: Problem) -> str:
    """Where it stands, and what has to be otherwise."""
    place, said = _place(problem), _rule(problem)
    return f"{place}{colon()} {said}" if place else said


def _place(problem: Problem) -> str:
    """Where it stands: in the row of a sheet, on the line of a file, or within an entry."""
    if problem.rule in HELD_BACK and len(problem.path) > 1:
        *sheet, row, heading = problem.path
        said = {"sheet": "".join(f"{one}, " for one in sheet), "row": row, "heading": heading}
        return (_("%(sheet)srow %(row)s, “%(heading)s”") if heading else _("%(sheet)srow %(row)s")) % said
    if problem.rule in _of_files() and len(problem.path) == 2:
        file, line = problem.path
        return _("%(file)s, line %(line)s") % {"file": file, "line": line} if line else str(file)
    if problem.rule in _of_lines():
        return _("line %(line)s") % {"line": problem.path[-1]}
    return ".".join(str(one + 1) if isinstance(one, int) else one for one in problem.path)


def unreadable(error: UnreadableError) -> str:
    """Why a file makes no sense, and where."""
    sentences = {
        "it is not JSON in UTF-8": _("it is not JSON in UTF-8"),
        "it is no entry": _("it is no entry"),
        "it is too long": _("it is too long"),
        "it is nested too deeply": _("it is nested too deeply"),
        "it is one page of several; all of them have to be in one file": _(
            "it is one page of several; all of them have to be in one file"
        ),
        "it is too large for JSON; as NDJSON, with an entry a line, it may be larger": _(
            "it is too large for JSON; as NDJSON, with an entry a line, it may be larger"
        ),
        "an earlier entry has the same id and says something else": _(
            "an earlier entry has the same id and says something else"
        ),
        "it has no headings that are known": _("it has no headings that are known"),
        "it cannot be read": _("it cannot be read"),
        "it holds no table of the standard": _("it holds no table of the standard"),
        "it is neither a folder nor a ZIP archive": _("it is neither a folder nor a ZIP archive"),
        "the ZIP archive is damaged or locked": _("the ZIP archive is damaged or locked"),
        "an earlier row has the same id and says something else": _(
            "an earlier row has the same id and says something else"
        ),
    }
    file, _space, rest = error.reason.partition(": ")
    known = sentences.get(error.reason) or sentences.get(rest)
    where = f"{file}, " if known and error.reason not in sentences else ""
    said = {"where": where, "line": error.line, "reason": known or _("it is not built as such a file has to be")}
    return _("%(where)sline %(line)s: %(reason)s. Nothing came in.") % said


def sealed() -> str:
    """Why nothing can be done with confidential places."""
    return _("The site’s secret is another one than before, so that confidential places cannot be read.")


def remark(said: str) -> str:
    """What was left out of a sheet, from a code and the heading that it is about."""
    code, _space, heading = said.partition(" ")
    sentences = {
        "above_headings": _("Words above the headings were left out."),
        "area_missing": _("A confidential place says no area; nobody will know whether it is near."),
        "day_unclear": _("A date in “%(heading)s” can be read in two ways and was left out."),
        "email_wrong": _("Something in “%(heading)s” is no e-mail address and was left out."),
        "describes_tables": _("The table “%(heading)s” describes the tables themselves and was left out."),
        "hidden_too": _("Another place at the address of a confidential one is confidential now too."),
        "heading_unknown": _("The heading “%(heading)s” is not known; what stands under it was left out."),
        "hours_only_words": _("Hours in “%(heading)s” were kept as words: whether it is open cannot be told."),
        "language_unknown": _("A language in “%(heading)s” is not known and was kept as it is written."),
        "more_than_one": _("Where “%(heading)s” says several things, only the first one was kept."),
        "named_by_organization": _("Services without a name were given that of their organization."),
        "need_guessed": _("A need in “%(heading)s” was taken for the one that it is most like."),
        "need_unknown": _("A need in “%(heading)s” is not known and was left out."),
        "no_headings": _("The sheet “%(heading)s” has no headings that are known and was left out."),
        "no_organization": _("A row names no organization."),
        "postal_code_wrong": _("Something in “%(heading)s” is no Canadian postal code."),
        "province_unknown": _("Something in “%(heading)s” is no province or territory."),
        "sheet_hidden": _("The hidden sheet “%(heading)s” was left out."),
        "yes_or_no": _("A yes or no in “%(heading)s” says nothing there and was left out."),
        "withheld": _(
            "Something was taken out of what was kept, since it told where a confidential place is. “Services and "
            "help” shows such services under “Which ones”; write it anew there, without the address."
        ),
        "website_wrong": _("Something in “%(heading)s” is no address of a website and was left out."),
    }
    return sentences.get(code, said) % {"heading": heading}


def _rule(problem: Problem) -> str:
    sentences = _of_standard() | _of_files() | _of_lines()
    if problem.rule == "same_id" and problem.path == ("id",):
        return _("An earlier entry has the same id and says something else.")
    return sentences.get(problem.rule, _("This breaks the rule “%(rule)s”.")) % {
        "wanted": problem.wanted,
        "rule": problem.rule,
    }


def _of_standard() -> dict[str, str]:
    return {
        "required": _("“%(wanted)s” is missing."),
        "type": _("This must be of the type “%(wanted)s”."),
        "enum": _("This must be one of these: %(wanted)s."),
        "format": _("This is not a right “%(wanted)s”."),
        "pattern": _("This is not written as it must be: %(wanted)s."),
        "missing": _("This belongs to %(wanted)s, which is neither here nor earlier in the file."),
        "too_deep": _("More than %(wanted)s lists and objects stand in one another here; this was left out."),
        "unwritable": _("This holds a character that cannot be written."),
        "confidential": _("This tells where a confidential place is."),
        "confidential_words": _("The reason tells where a confidential place is. Write it without the address."),
        "many_places": _(
            "So many new postal codes, civic numbers or points of the map cannot be written through this link in a "
            "day. Ask whoever gave it to you: they can."
        ),
        "sealed": sealed(),
        "source": _("“%(wanted)s” keeps this entry; another source does not change it."),
        "open_elsewhere": _("“%(wanted)s” keeps this place in the open; only that source can make it confidential."),
        "term_kept_here": _("This list or term is the same for all services here; a source does not change it."),
        "kept_here": _("This place is kept confidential here; a source does not change that."),
    }


def _of_lines() -> dict[str, str]:
    """What can be wrong with a line of NDJSON that holds no entry."""
    return {
        "not_json": _("This is not JSON in UTF-8."),
        "no_entry": _("This is no entry."),
        "line_too_long": _("This line is too long."),
        "line_too_deep": _("Too many lists and objects stand in one another here to be read."),
    }


def _of_files() -> dict[str, str]:
    """What can be wrong with a row of a sheet, or of a package of tables."""
    return {
        "confidential_by_address": _("This says that the address is confidential: decide whether it is."),
        "confidential_unclear": _("“%(wanted)s” does not say whether the place is confidential."),
        "error": _("The spreadsheet shows an error here: “%(wanted)s”."),
        "formula": _("A formula stands here, and not what it comes to."),
        "no_name": _("This row names neither a service nor an organization."),
        "not_a_text": _("“%(wanted)s” is no name."),
        "same_entry": _("An earlier row is about the same service."),
        "status_unknown": _("“%(wanted)s” does not say whether the service is open."),
        "telephone_unsure": _("“%(wanted)s” is no telephone number for certain."),
        "unknown_file": _("This file is no table of the standard."),
        "missing_file": _("The package names this file and does not hold it."),
        "too_many_cells": _("A cell of this row stands under no heading."),
        "same_id": _("An earlier row has the same id and says something else."),
        "no_owner": _("This row does not say what it belongs to."),
        "unknown_owner": _("This row belongs to %(wanted)s, which the package does not hold."),
    }
