"""The pages of taking a file of figures in, as the people who use them find them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from palermo.figures.series.models import FiguresUpload, Observation, Series
from palermo.figures.series.views.taking_in import XLSX
from palermo.foundation.workbooks import MAX_FILE_BYTES
from palermo.people.models import Role, User
from tests.factories import MembershipFactory
from tests.figures.series.factories import SeriesFactory, entered, row
from tests.figures.series.handling import csv_of, line
from tests.plan.returns.visiting import browser

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Series:
    return SeriesFactory.create(cut={"sex": ("F", "M")})


@pytest.fixture
def by(series: Series) -> User:
    return MembershipFactory.create(organisation=series.owner, role=Role.FOCAL_POINT).user


def address(series: Series, name: str = "series_take_in") -> str:
    return reverse(name, args=[series.code])


def send(series: Series, by: User, data: bytes) -> Answer:
    return browser(by).post(address(series), {"file": SimpleUploadedFile("figures.csv", data)}, follow=True)


def decide(series: Series, by: User, told: str, do: str = "take_in", **more: str) -> Answer:
    """Send what the preview offers; `told` is its page."""
    seen = re.findall(r'name="seen" value="(\w+)"', told)
    data = {"do": do, "seen": seen[0] if seen else "", **more}
    return browser(by).post(address(series, "series_take_in_preview"), data, follow=True)


def test_a_file_is_sent_looked_at_and_taken_in(series: Series, by: User) -> None:
    [old] = entered(series, row(1250))
    answer = send(series, by, csv_of(line("1300", mark="provisional"), line("4", sex="F")))
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == address(series, "series_take_in_preview")
    assert "1,250" in page
    assert "1,300 (provisional)" in page
    assert "sex F" in page
    assert Observation.objects.count() == 1
    told = decide(series, by, page)
    assert told.status_code == 409
    assert "why figures are revised" in told.content.decode()
    done = decide(series, by, told.content.decode(), reason_fr="Dossiers tardifs.")
    assert "Figures added: 1. Figures revised: 1." in done.content.decode()
    assert Observation.objects.get(revises=old).reason_fr == "Dossiers tardifs."


def test_mistakes_are_shown_by_their_place_and_nothing_can_be_taken_in(series: Series, by: User) -> None:
    page = send(series, by, csv_of(line("1,250"), line("4", sex="W"))).content.decode()
    assert "Line 2, column “value”" in page
    assert "Line 3, column “sex”" in page
    assert 'value="take_in"' not in page
    assert decide(series, by, page).status_code == 409
    assert not Observation.objects.exists()
    decide(series, by, page, do="drop")
    assert not FiguresUpload.objects.exists()


def test_what_cannot_be_read_is_told_at_once(series: Series, by: User) -> None:
    answer = send(series, by, b"starts_on,valeurs\n2012-04-01,1\n")
    assert answer.status_code == 422
    assert "The column “valeurs” is not known here." in answer.content.decode()
    assert "Did you mean “value”?" in answer.content.decode()
    assert send(series, by, b"x" * (MAX_FILE_BYTES + 1)).status_code == 422
    assert send(series, by, b"").status_code == 422
    assert not FiguresUpload.objects.exists()


def test_a_figure_entered_meanwhile_is_shown_before_anything_is_done(series: Series, by: User) -> None:
    page = send(series, by, csv_of(line("12"))).content.decode()
    entered(series, row(10))
    answer = decide(series, by, page)
    assert answer.status_code == 409
    assert "Something was saved meanwhile" in answer.content.decode()
    assert decide(series, by, answer.content.decode(), reason_en="Counted anew.").status_code == 200
    assert "No file of yours waits here" in decide(series, by, page).content.decode()


def test_templates_are_handed_to_who_may_enter(series: Series, by: User) -> None:
    xlsx = browser(by).get(address(series, "series_template_xlsx"))
    assert xlsx.headers["Content-Type"] == XLSX
    assert "no-store" in xlsx.headers["Cache-Control"]
    assert load_workbook(io.BytesIO(xlsx.content)).sheetnames[0] == "Figures – Chiffres"
    assert b"starts_on,ends_on,sex,value" in browser(by).get(address(series, "series_template_csv")).content
    stranger = MembershipFactory.create(role=Role.FOCAL_POINT).user
    reader = MembershipFactory.create(organisation=series.owner, role=Role.READER).user
    for name in ("series_take_in", "series_take_in_preview", "series_template_csv", "series_template_xlsx"):
        assert browser(stranger).get(address(series, name)).status_code == 404
        assert browser(reader).get(address(series, name)).status_code == 403


def test_french_pages_and_long_files_stay_small_with_few_queries(series: Series, by: User) -> None:
    few = csv_of(*(line("1", year) for year in range(1900, 1903)))
    many = csv_of(
        *(line("1", year, sex=sex, mark="Provisoire") for year in range(1900, 2020) for sex in ("_T", "F", "M"))
    )
    counts = []
    with override("fr"):
        for data in (few, many):
            send(series, by, data)
            with CaptureQueriesContext(connection) as queries:
                page = browser(by).get(address(series, "series_take_in_preview"))
            counts.append(len(queries))
            assert len(page.content) < 50_000
    assert counts[0] == counts[1]
    text = page.content.decode()
    assert "Ce que le fichier changerait" in text
    assert "1900–1901" in text
    assert "?page=2" in text
    assert "provisoire" in text
