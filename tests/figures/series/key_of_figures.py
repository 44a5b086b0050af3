"""Every figure of the five source documents, typed by hand from the documents and not made from the sample.

A row: the page (of the report) or line (of a page without pages), what is printed there, the value that this means,
what is counted, and the mark. `counted` rows are counted from a list in the document, which prints no number.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One figure of a document."""

    place: str
    printed: str
    value: str
    counts: str
    mark: str = "final"


ABOUT, SOON = "approximate", "provisional"

REPORT = [
    Row("p. 1", "4-Ps", "4", "other"),
    Row("p. 1, 7, 22", "$500,000", "500000", "dollar"),
    Row("p. 3", "71", "71", "case"),
    Row("p. 3", "165", "165", "victim"),
    Row("p. 3", "85", "85", "person_convicted"),
    Row("p. 3", "87", "87", "case", ABOUT),
    Row("p. 3", "139", "139", "accused", ABOUT),
    Row("p. 3", "160", "160", "victim", ABOUT),
    Row("p. 4", "counted", "10", "organization"),
    Row("p. 5", "four", "4", "other"),
    Row("p. 5", "2,100", "2100", "item_distributed", ABOUT),
    Row("p. 5", "880", "880", "item_distributed", ABOUT),
    Row("p. 5", "9,000", "9000", "person_reached", ABOUT),
    Row("p. 5", "four times", "4", "document", ABOUT),
    Row("p. 6", "$5.5 million", "5500000", "dollar"),
    Row("p. 6", "$1,538,354", "1538354", "dollar"),
    Row("p. 6", "10,000", "10000", "person"),
    Row("p. 6", "$13.5 million", "13500000", "dollar"),
    Row("p. 6", "1399", "1399", "person_trained"),
    Row("p. 8", "eight", "8", "other"),
    Row("p. 8", "counted", "4", "project", ABOUT),
    Row("p. 9", "230", "230", "permit"),
    Row("p. 9", "102", "102", "presumed_victim"),
    Row("p. 9", "28", "28", "presumed_victim"),
    Row("p. 9", "68", "68", "presumed_victim"),
    Row("p. 9", "6 others", "6", "presumed_victim"),
    Row("p. 9", "Thailand (31)", "31", "presumed_victim"),
    Row("p. 9", "Hungary (17)", "17", "presumed_victim"),
    Row("p. 9", "Philippines (14)", "14", "presumed_victim"),
    Row("p. 9", "Moldova (10)", "10", "presumed_victim"),
    Row("p. 9", "Mexico (9)", "9", "presumed_victim"),
    Row("p. 9", "10 new", "10", "presumed_victim", SOON),
    Row("p. 9", "14 TRPS", "14", "permit", SOON),
    Row("p. 9", "(10", "10", "permit", SOON),
    Row("p. 9", "4 subsequent", "4", "permit", SOON),
    Row("p. 9", "six years", "6", "other"),
    Row("p. 10", "30 people", "30", "person"),
    Row("p. 10", "20 people", "20", "accused"),
    Row("p. 10", "108", "108", "charge"),
    Row("p. 10", "8 guilty", "8", "other"),
    Row("p. 10", "5 people", "5", "person"),
    Row("p. 10", "4 victims", "4", "victim"),
    Row("p. 11", "one officer", "1", "person"),
    Row("p. 11", "14", "14", "investigation"),
    Row("p. 11", "6 have been", "6", "investigation"),
    Row("p. 11", "6 are", "6", "investigation"),
    Row("p. 11", "1 has become", "1", "investigation"),
    Row("p. 11", "1 ended", "1", "investigation"),
    Row("p. 11", "56,427", "56427", "person_trained", ABOUT),
    Row("p. 12", "23,770", "23770", "person_trained", ABOUT),
    Row("p. 12", "320", "320", "person_trained", ABOUT),
    Row("p. 14", "two-day", "2", "day"),
    Row("p. 14", "100", "100", "person_reached", ABOUT),
    Row("p. 14", "six thematic", "6", "session"),
    Row("p. 16", "$8 million", "8000000", "dollar"),
    Row("p. 16", "$248,830", "248830", "dollar"),
    Row("p. 16", "$5 million", "5000000", "dollar"),
    Row("p. 16", "31 cases", "31", "case"),
    Row("p. 16", "18 cases", "18", "case"),
    Row("p. 16", "18 convictions", "18", "conviction"),
    Row("p. 16", "five criminal cases", "5", "case"),
    Row("p. 16", "$4.4 million", "4400000", "dollar"),
    Row("p. 16", "100 girls", "100", "person_helped"),
    Row("p. 19", "2-day", "2", "day"),
]

BACKGROUNDER = [
    Row("l. 10", "4Ps", "4", "other"),
    Row("l. 12", "18 federal", "18", "organization"),
    Row("l. 16", "six specific", "6", "other"),
    Row("l. 17", "$4 million", "4000000", "dollar"),
    Row("l. 20", "$16.17 million", "16170000", "dollar"),
    Row("l. 21", "Fifty-three", "53", "organization"),
    Row("l. 21", "nine Canadian provinces", "9", "other"),
    Row("l. 21", "334", "334", "interview"),
    Row("l. 21", "16 individuals", "16", "person"),
    Row("l. 25", "50", "50", "disclosure"),
    Row("l. 31", "$100 million", "100000000", "dollar"),
    Row("l. 31", "$8 million", "8000000", "dollar"),
    Row("l. 31", "400", "400", "victim"),
    Row("l. 31", "11 children", "11", "victim"),
    Row("l. 33", "44", "44", "permit"),
]

ALBERTA = [
    Row("l. 6", "9-point", "9", "deliverable"),
    Row("l. 8", "3 forms", "3", "other"),
    Row("l. 17", "Ten", "10", "organization"),
]

BRITISH_COLUMBIA = [
    Row("l. 9", "three years", "3", "other"),
    Row("l. 13", "ten recommendations", "10", "other"),
]

SUMMARY = [Row("l. 16", "4 pillars", "4", "other")]

KEY = {
    "ca-report-2013-2014": REPORT,
    "ca-backgrounder-2017": BACKGROUNDER,
    "ca-ab-plan-page": ALBERTA,
    "ca-bc-training-page": BRITISH_COLUMBIA,
    "ca-plan-summary-page": SUMMARY,
}

FILES = {
    "ca-report-2013-2014": "003_45ce08391fb60796.txt",
    "ca-backgrounder-2017": "002_34c9ea9ad7377315.txt",
    "ca-ab-plan-page": "000_e843dd56d77b16d7.txt",
    "ca-bc-training-page": "001_01ba0e89c82480db.txt",
    "ca-plan-summary-page": "004_879e6a37de2964a1.txt",
}

FIRST_LINES = (
    1,
    51,
    92,
    134,
    174,
    216,
    260,
    290,
    331,
    380,
    422,
    462,
    506,
    545,
    581,
    620,
    666,
    673,
    708,
    842,
    981,
    1076,
)
"""The line of the report's text with which each page begins, page 1 being the foreword: page 16 prints its number."""
