"""Ages in words of somebody's own."""

from __future__ import annotations

import pytest

from palermo.protection.directory.hsds.ages import OF_A_CHILD, with_ages


@pytest.mark.parametrize(
    "said",
    [
        "I'm 15", "I’m 15.", "im 16 and scared", "i am 12", "i'm sixteen", "she is 14", "hes 13", "aged 13", "15yo",
        "15 y/o", "17 yo girl", "15 years old", "16yrs old", "15-year-old", "my 5 year old", "under 18", "im under 18",
        "below the age of 16", "moins de 18 ans", "j'ai 12 ans", "J’ai 15 ans", "jai seize ans", "j'ai dix-sept ans",
        "elle a 9 ans", "ma fille de 12 ans", "âgée de 16 ans", "15 ans", "fugueuse 14 ans",
    ],
)  # fmt: skip
def test_the_age_of_a_child_is_told_in_one_way(said: str) -> None:
    assert OF_A_CHILD in with_ages(said)


@pytest.mark.parametrize(
    "said",
    [
        "", "I'm 25", "my 25 year old", "j'ai 19 ans", "18 ans", "under 25", "im 12 weeks pregnant", "im 10 min away",
        "i am 2 months behind", "i'm eight months pregnant", "i am one of them", "im 15km from town", "under 18 hours",
        "under 15$", "depuis 15 ans", "il y a 15 ans", "ça fait 15 ans", "une relation de 12 ans", "15 people",
        "9 1/2", "moins de 12 heures", "year", "he is 15 years older than me", "she's 14 yrs younger",
        "im 15 years clean", "il a 15 ans de plus que moi", "il est 15 ans plus vieux", "he is 15 years in jail",
    ],
)  # fmt: skip
def test_no_other_number_is_the_age_of_a_child(said: str) -> None:
    assert OF_A_CHILD not in with_ages(said)
