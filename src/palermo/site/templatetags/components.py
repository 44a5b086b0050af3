"""The components that pages are built of; `docs/components.md` shows each in use."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palermo.foundation.pagination import Page
from palermo.site.charts import Chart
from palermo.site.context import Frame
from palermo.site.looks import NOTICES, STATUSES
from palermo.site.maps import MapValue, canada, regions

register = template.Library()

CHOICE_LISTS = {"radioselect", "checkboxselectmultiple"}
"""Widgets of several controls, which need a legend where others have a label."""


def _icon(shape: str) -> SafeString:
    drawn = mark_safe(shape)  # noqa: S308 - the shapes are our own, from looks.py
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawn)


# -- Where the reader is ---------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def nav_item(context: Context, name: str, address: str, label: str) -> SafeString:
    """One item of the main menu, marked where the page lies under it."""
    frame: Frame = context["frame"]
    current = mark_safe(' aria-current="page"') if frame.current == name else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', address, current, label)


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """The way to this page: `<li><a>` for each page above it. The home page stands first by itself."""
    return _block("breadcrumbs", content)


@register.inclusion_tag("site/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Model]) -> dict[str, object]:
    """Links to the other pages of a list; the rest of the query stays. Nothing where there is one page only."""
    near = {1, page.pages, *range(page.number - 1, page.number + 2)}
    numbers = [number for number in sorted(near) if 1 <= number <= page.pages]
    return {"page": page, "numbers": numbers, "request": context["request"]}


# -- Telling ---------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, kind: str, title: str = "", role: str = "") -> SafeString:
    """A box of kind info, success, warning or danger. `role` is `alert` or `status` where it answers an act."""
    return _block("notice", content, kind=kind, title=title, role=role, icon=_icon(NOTICES[kind]))


@register.simple_block_tag
def plainly(content: str, title: str = "") -> SafeString:
    """What a plan or a deliverable does not say, said plainly. The content is a list or paragraphs."""
    return _block(
        "notice", content, kind="warning", title=title or _("What is not told here"), icon=_icon(NOTICES["warning"])
    )


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """What stands where a list would be, had it anything in it. The content says what to do."""
    return _block("empty_state", content, title=title)


@register.simple_block_tag
def datatable(content: str, caption: str, roomy: bool = False) -> SafeString:
    """A table with its caption, in a region that scrolls sideways on a phone. The content is thead and tbody."""
    return _block("datatable", content, caption=caption, roomy=roomy)


@register.simple_block_tag
def disclosure(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Something that the reader may open."""
    return _block("disclosure", content, summary=summary, is_open=is_open)


@register.simple_tag
def options(choices: Sequence[tuple[str, object]], chosen: str = "") -> SafeString:
    """The options of a list to choose from, of values and words; written at once, since there may be many."""
    selected = mark_safe(" selected")
    rows = ((value, selected if value == chosen else "", words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.inclusion_tag("site/components/figure_card.html")
def figure_card(number: str | int, label: str, address: str = "", note: str = "") -> dict[str, object]:
    """One number with its words, inside `<ul class="cards numbers">`. With an address, the words lead there."""
    return {"number": number, "label": label, "address": address, "note": note}


@register.inclusion_tag("site/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, object]:
    """How many of how many, as a bar and in numbers."""
    return {"done": done, "total": total, "label": label}


# -- Statuses --------------------------------------------------------------------------------------


@register.simple_tag
def status_icon(value: str) -> SafeString:
    """The shape of a status, for the eye only: put its word beside it."""
    return _icon(STATUSES[value].shape)


@register.simple_tag
def status_tag(value: str, label: str) -> SafeString:
    """A status as shape and word."""
    return format_html('<span class="status {}">{}{}</span>', value, status_icon(value), label)


@register.inclusion_tag("site/components/status_key.html")
def status_key(rows: Sequence[tuple[str, str, int]]) -> dict[str, object]:
    """The key to a chart of statuses: value, word and count of each."""
    return {"rows": rows}


# -- Charts and the map ----------------------------------------------------------------------------


@register.inclusion_tag("site/components/chart_figure.html")
def chart_figure(chart: Chart) -> dict[str, object]:
    """A chart with its caption, and the table behind it."""
    return {"chart": chart, "drawing": mark_safe(chart.svg)}  # noqa: S308 - drawn and tidied by us, words escaped


@register.inclusion_tag("site/components/canada_map.html")
def canada_map(values: Sequence[MapValue], caption: str, unsaid: str = "") -> dict[str, object]:
    """The map with what is said of each place, its key, and the table behind it. `unsaid` stands for all others."""
    key = {value.level: value.words for value in sorted(values, key=lambda value: value.level)}
    return {
        "map": canada(),
        "regions": regions(values),
        "caption": caption,
        "key": list(key.items()),
        "unsaid": unsaid or _("Nothing is recorded"),
    }


# -- Forms -----------------------------------------------------------------------------------------


@register.inclusion_tag("site/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """What has to be put right, above the form, each with a link to its field. Nothing where all is well."""
    return {"form": form, "fields": [field for field in form.visible_fields() if field.errors]}


@register.inclusion_tag("site/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One field: label, hint, error, control."""
    return {
        "field": bound,
        "is_checkbox": bound.widget_type == "checkbox",
        "is_list": bound.widget_type in CHOICE_LISTS,
    }


@register.inclusion_tag("site/components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """Every field of a form, with the summary of errors above them."""
    return {"form": form}


def _block(name: str, content: str, **more: object) -> SafeString:
    return render_to_string(f"site/components/{name}.html", {"content": mark_safe(content), **more})  # noqa: S308
