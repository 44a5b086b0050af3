"""The page of one tip, as it is shown at first and after one of its forms was refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from palermo.foundation.bilingual import reader_language
from palermo.foundation.jurisdictions import jurisdiction
from palermo.prosecution.tips.forms import FilingForm, LinkForm
from palermo.prosecution.tips.models import Act, Element, Hold, Means, Outcome, State, Tip
from palermo.prosecution.tips.queries import desk as queries
from palermo.prosecution.tips.queries import handovers
from palermo.prosecution.tips.queries.desks import my_key
from palermo.prosecution.tips.queries.filed import elements_of, same_event
from palermo.prosecution.tips.scripts import scripts
from palermo.prosecution.tips.views.at_the_desk import setup
from palermo.prosecution.tips.views.handing import back_to, why_of
from palermo.prosecution.tips.words import languages, words
from palermo.prosecution.tips.words_desk import labels


def tip_page(
    request: HttpRequest,
    tip: Tip,
    *,
    filing: FilingForm | None = None,
    linking: LinkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a tip at a desk of the viewer's: what is known without a key at once, all else once it is unlocked.

    Args:
        request: of a member of its desk.
        tip: as `queries.desk.tip_at` gives it.
        filing: the form by which it was to be filed, where that was refused.
        linking: the form by which it was to be linked, where that was refused.
        status: what the answer is.
    """
    key = my_key(request.user, tip.desk)
    source = handovers.handed_from(request.user, tip)
    from_why = [why_of(each) for each in source.handings.all()] if source else []
    context = {
        "tip": tip,
        "language": languages().get(tip.language, tip.language),
        "key": key,
        "box": queries.box_at(request.user, tip),
        "is_open": tip.state in (State.NEW, State.OPEN),
        "labels": labels(words(reader_language())),
        "setup": setup(
            key if key and key.confirmed_at else None,
            tip=str(tip.pk),
            messages=reverse("tips_messages", args=[tip.pk]),
            back=back_to(request.user, source) if source else None,
        ),
        "handovers": [
            (one, [why_of(each) for each in one.handings.all()]) for one in handovers.handovers_of(request.user, tip)
        ],
        "from_desk": source,
        "from_why": from_why,
        "from_last": from_why[-1].handing.pk if from_why else 0,
        "scripts": scripts("desk") if tip.slot_id else (),
        "outcomes": Outcome.choices,
        "holds": Hold.choices,
        "same_event": same_event(request.user, tip),
        "linking": linking or LinkForm(),
        **_filed(request, tip, filing),
    }
    return render(request, "tips/desk_tip.html", context, status=status)


def _filed(request: HttpRequest, tip: Tip, form: FilingForm | None) -> dict[str, object]:
    """What a tip is filed under, in words, and the form to file it by."""
    elements = elements_of(request.user, tip)
    return {
        "filing": form or FilingForm(None, tip, elements),
        "place": jurisdiction(tip.place).name if tip.place else None,
        "acts": [one.label for one in Act if one in elements.get(Element.ACT, ())],
        "means": [one.label for one in Means if one in elements.get(Element.MEANS, ())],
    }
