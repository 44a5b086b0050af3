"""Sample plans in Palermo's own format, retold from published documents or invented and marked so.

Codes, dates, statuses, amounts and names are those of the documents; the sentences are ours.
"""

SAMPLE_FILES = (
    "ca-2012.json",
    "ca-ab-2020.json",
    "example-city-2021.json",
    "example-city-2024.json",
    "example-country-2023.json",
)
"""The files of this folder in the order to load them: a plan comes before its successor."""
