"""Components: what each puts into a page."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from palermo.foundation.pagination import Page
from palermo.plan.register.models import Plan
from palermo.plan.register.vocabulary import Status


def made(text: str, **context: object) -> str:
    """A template of one component, rendered."""
    return Template("{% load components %}" + text).render(Context(context))


class Sample(forms.Form):
    """One field of each kind that is drawn in its own way."""

    title = forms.CharField(label="Title", help_text="As it is printed.")
    note = forms.CharField(label="Note", required=False)
    p = forms.ChoiceField(label="P", choices=[("prevention", "Prevention")], widget=forms.RadioSelect)
    checked = forms.BooleanField(label="I checked every row")
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, object]:
        """Refuses always, as a whole."""
        raise forms.ValidationError("The plan has changed.")


@pytest.mark.parametrize("status", Status)
def test_a_status_is_a_shape_and_a_word(status: Status) -> None:
    text = made("{% status_tag value label %}", value=status.value, label=status.label)
    assert '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><' in text
    assert text.endswith(f"{status.label}</span>")


@pytest.mark.parametrize(
    "component",
    [
        "{% status_tag 'complete' words %}",
        "{% notice 'info' title=words %}x{% endnotice %}",
        "{% notice 'info' %}{{ words }}{% endnotice %}",
        "{% datatable caption=words %}x{% enddatatable %}",
        "{% disclosure summary=words %}x{% enddisclosure %}",
        "{% figure_card number=1 label=words address=words note=words %}",
        "{% empty_state title=words %}x{% endempty_state %}",
    ],
)
def test_words_are_escaped(component: str) -> None:
    text = made(component, words='"><b>')
    assert "&lt;b&gt;" in text
    assert "<b>" not in text


@pytest.mark.parametrize("kind", ["info", "success", "warning", "danger"])
def test_a_notice_has_its_kind_title_and_role(kind: str) -> None:
    text = made("{% notice kind title='Saved' role='status' %}<p>Done</p>{% endnotice %}", kind=kind)
    assert f'<div class="notice {kind}" role="status">' in text
    assert "</svg>Saved</p>" in text
    assert "<p>Done</p>" in text


def test_a_table_has_a_caption_and_a_region_for_the_keyboard() -> None:
    text = made("{% datatable caption='Rows' %}<tbody></tbody>{% enddatatable %}")
    assert '<div class="scroll" role="region" aria-label="Rows" tabindex="0">' in text
    assert "<caption>Rows</caption>" in text


def test_options_mark_the_one_that_is_chosen() -> None:
    text = made("{% options choices 'fr' %}", choices=[("en", "<English>"), ("fr", "Français")])
    assert text == '<option value="en">&lt;English&gt;</option><option value="fr" selected>Français</option>'
    assert "selected" not in made("{% options choices '' %}", choices=[("en", "English")])


def test_progress_says_its_numbers_in_words() -> None:
    text = made("{% progress done=32 total=107 label='Complete' %}")
    assert "Complete: 32 of 107" in text
    assert '<progress value="32" max="107">' in text


def test_what_is_not_told_is_told() -> None:
    assert "What is not told here" in made("{% plainly %}<ul><li>No due date</li></ul>{% endplainly %}")


def pages(number: int, of: int, query: str = "") -> str:
    """The links to the pages of a list."""
    page: Page[Plan] = Page([], number, of, of * 50)
    return made("{% pagination page %}", page=page, request=RequestFactory().get(f"/en/plans/?{query}"))


def test_the_links_of_a_list_keep_the_rest_of_the_query() -> None:
    text = pages(4, 12, "q=police&page=4")
    assert 'href="?q=police&amp;page=5" rel="next"' in text
    assert 'href="?q=police&amp;page=3" rel="prev"' in text
    assert 'href="?q=police&amp;page=12"' in text
    assert '<span aria-current="page"><span class="for-ears">Page </span>4</span>' in text
    assert "Page 4 of 12" in text


def test_the_ends_of_a_list_lead_nowhere_further() -> None:
    assert 'rel="prev"' not in pages(1, 3)
    assert 'rel="next"' not in pages(3, 3)


def test_a_list_of_one_page_has_no_links() -> None:
    assert pages(1, 1).strip() == ""


def test_an_empty_form_shows_labels_hints_and_no_error() -> None:
    text = made("{% form_fields form %}", form=Sample())
    assert '<label for="id_title">Title <span class="required">(required)</span></label>' in text
    assert '<label for="id_note">Note</label>' in text
    assert '<div class="hint" id="id_title_helptext">As it is printed.</div>' in text
    assert 'aria-describedby="id_title_helptext"' in text
    assert "<legend>P" in text
    assert '<input type="hidden" name="version" id="id_version">' in text
    assert "There is a problem" not in text


def test_a_refused_form_links_each_error_to_its_field() -> None:
    text = made("{% form_fields form %}", form=Sample({"version": "3"}))
    assert 'role="alert"' in text
    assert "<li>The plan has changed.</li>" in text
    assert '<a href="#id_title">Title: This field is required.</a>' in text
    assert 'id="id_title_error"' in text
    assert 'aria-describedby="id_title_helptext id_title_error"' in text
    assert 'aria-invalid="true"' in text


def test_every_link_of_the_summary_leads_to_something() -> None:
    text = made("{% form_fields form %}", form=Sample({}))
    for name in ("title", "p", "checked"):
        assert f'href="#id_{name}"' in text
        assert text.count(f'id="id_{name}"') == 1
