"""Single dates, statuses and names of organisations as plans print them."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.plan.imports.reader.structure.dates import read_date
from palermo.plan.imports.reader.structure.leads import looks_like_leads, read_leads
from palermo.plan.imports.reader.structure.statuses import read_status


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2012/13", date(2012, 4, 1), date(2013, 3, 31)),
        ("2011-12", date(2011, 4, 1), date(2012, 3, 31)),
        ("FY 2021-22", date(2021, 4, 1), date(2022, 3, 31)),
        ("2019–2024", date(2019, 1, 1), date(2024, 12, 31)),
        ("Q3 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("Q1 2024-25", date(2024, 4, 1), date(2024, 6, 30)),
        ("Q4 2024-25", date(2025, 1, 1), date(2025, 3, 31)),
        ("4e trimestre 2023", date(2023, 10, 1), date(2023, 12, 31)),
        ("IV quarter 2019", date(2019, 10, 1), date(2019, 12, 31)),
        ("by December 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("mars 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("d'ici décembre 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("1er avril 2024", date(2024, 4, 1), date(2024, 4, 1)),
        ("31 December 2025", date(2025, 12, 31), date(2025, 12, 31)),
        ("March 5, 2024", date(2024, 3, 5), date(2024, 3, 5)),
        ("2025-06-30", date(2025, 6, 30), date(2025, 6, 30)),
        ("30/06/2025", date(2025, 6, 30), date(2025, 6, 30)),
        ("Spring 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("January 2020 – June 2022", date(2020, 1, 1), date(2022, 6, 30)),
        ("Jan - Mar 2024", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_dates_are_read_to_their_first_and_last_day(printed: str, first: date, last: date) -> None:
    found = read_date(printed)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "printed", ["short term", "medium/long term", "Annually", "En continu", "Years 1-3", "within 12 months"]
)
def test_times_that_name_no_date_are_times_all_the_same(printed: str) -> None:
    found = read_date(printed)
    assert found is not None
    assert found.first is None


@pytest.mark.parametrize(
    "printed", ["Train 2,000 people", "Bill C-452", "31 February 2024", "2024 people were trained", "12"]
)
def test_what_is_no_date_is_not_read_as_one(printed: str) -> None:
    assert read_date(printed) is None


@pytest.mark.parametrize(
    ("printed", "value", "doubtful"),
    [
        ("Complete", "complete", False),
        ("Fully implemented", "complete", False),
        ("Terminée", "complete", False),
        ("In Progress", "in_progress", False),
        ("On track", "in_progress", False),
        ("Partially implemented", "in_progress", False),
        ("Delayed", "in_progress", True),
        ("Amber", "in_progress", True),
        ("En cours", "in_progress", False),
        ("En continu", "ongoing", False),
        ("On-going", "ongoing", False),
        ("Not yet commenced", "not_started", False),
        ("Non commencé", "not_started", False),
        ("Not achieved", "not_started", True),
        ("Abandonné", "no_longer_pursued", False),
        ("75%", "in_progress", True),
        ("100 %", "complete", True),
        ("No update provided", "not_reported", False),
        ("n/a", "not_stated", False),
        ("", "not_stated", False),
    ],
)
def test_statuses_are_read_and_unsure_ones_doubted(printed: str, value: str, doubtful: bool) -> None:
    found = read_status(printed)
    assert found.value == value
    assert bool(found.doubts) == doubtful


def test_what_follows_a_status_is_kept_as_a_remark() -> None:
    found = read_status("Completed. The guide was printed in May.")
    assert (found.printed, found.value, found.rest) == ("Completed", "complete", "The guide was printed in May.")


def test_two_statuses_that_differ_decide_nothing() -> None:
    found = read_status("phase one completed, phase two not started")
    assert found.value == "not_stated"
    assert [doubt.code for doubt in found.doubts] == ["status_unknown_word"]


@pytest.mark.parametrize(
    ("printed", "leads", "supporting"),
    [
        ("PS, RCMP (in collaboration with the HTT)", ["PS", "RCMP"], ["HTT"]),
        ("ESDC (TFWP), CIC", ["ESDC (TFWP)", "CIC"], []),
        ("DFATD PS, RCMP, JUS", ["DFATD", "PS", "RCMP", "JUS"], []),
        ("Ministry of Justice and Public Security", ["Ministry of Justice and Public Security"], []),
        ("Ministry of Labour and Ministry of Health", ["Ministry of Labour", "Ministry of Health"], []),
        ("NPF/NIS", ["NPF", "NIS"], []),
        ("Police with support from IOM", ["Police"], ["IOM"]),
        ("MSSS, en collaboration avec le SPVM", ["MSSS"], ["SPVM"]),
        ("DOI (lead), DOJ", ["DOI", "DOJ"], []),
        ("–", [], []),
    ],
)
def test_leads_and_helpers_are_told_apart(printed: str, leads: list[str], supporting: list[str]) -> None:
    found = read_leads(printed)
    assert (found.leads, found.supporting) == (leads, supporting)


def test_unnamed_others_are_a_doubt_and_no_name() -> None:
    found = read_leads("DFATD and others, CIC")
    assert found.leads == ["DFATD", "CIC"]
    assert [doubt.code for doubt in found.doubts] == ["leads_unnamed"]


@pytest.mark.parametrize("text", ["Train the police of all districts", "Review the work of NGOs", "Fund legal aid"])
def test_sentences_about_organisations_are_no_leads(text: str) -> None:
    assert not looks_like_leads(text)
