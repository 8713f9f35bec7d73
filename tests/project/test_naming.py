from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.project.naming import (
    SCHEMES,
    Number,
    Scheme,
    confusions,
    letters,
    next_number,
    next_scene_number,
    number_between,
    reel,
)


@pytest.mark.parametrize(
    ("numbering", "first", "between"),
    [
        ("tens", "12_0010", ["12_0015", "12_0012"]),
        ("plain", "12-1", ["12-1E", "12-1B"]),
        ("letters", "12A", ["12A5", "12A2"]),
        ("show", "AGM_TCC_0010", ["AGM_TCC_0015", "AGM_TCC_0012"]),
    ],
)
def test_each_scheme_shows_the_numbers_of_the_trade(numbering: str, first: str, between: list[str]) -> None:
    scheme = Scheme(numbering, "A Film", show="AGM")
    assert scheme.shot("12", "TCC", 10, "") == first
    assert [scheme.shot("12", "TCC", number, "") for number in (15, 12)] == between


def test_takes_show_as_versions_or_as_on_the_clapper() -> None:
    assert [Scheme(one).take(3) for one in SCHEMES] == ["v003", "3", "3", "v003"]
    assert reel("1_0010", 3) == "1_0010_v003"


def test_setup_letters_skip_i_and_o() -> None:
    assert [letters(one) for one in (1, 8, 9, 13, 14, 24, 25, 26)] == ["A", "H", "J", "N", "P", "Z", "AA", "AB"]


def test_a_letter_that_reads_like_a_scene_is_pointed_out() -> None:
    assert confusions("letters", ["12", "12A"], ["12A", "12B"]) == ["12A is also the number of a scene."]
    assert confusions("tens", ["12", "12A"], ["12_0010"]) == []


def test_between_comes_0015_then_0012() -> None:
    used: list[Number] = [(10, ""), (20, "")]
    used.append(number_between((10, ""), (20, ""), used))
    used.append(number_between((10, ""), (15, ""), used))
    assert used[2:] == [(15, ""), (12, "")]


def test_the_next_ten_comes_after_omitted_numbers_too() -> None:
    assert next_number([(10, ""), (42, "")]) == (50, "")


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_a_number_is_never_given_twice_and_keeps_the_order(places: list[int]) -> None:
    row: list[Number] = []
    for place in places:
        index = min(place, len(row))
        after = row[index] if index < len(row) else None
        row.insert(index, number_between(row[index - 1] if index else None, after, row))
    assert len(set(row)) == len(row)
    assert sorted(row) == row


@pytest.mark.parametrize("numbering", SCHEMES)
@given(numbers=st.sets(st.tuples(st.integers(1, 4000), st.sampled_from(["", "A", "B"])), min_size=2, max_size=40))
def test_two_numbers_never_show_alike(numbering: str, numbers: set[Number]) -> None:
    scheme = Scheme(numbering, "A Film", show="AGM")
    assert len({scheme.shot("7", "", *one) for one in numbers}) == len(numbers)


def test_a_scene_between_two_takes_a_letter() -> None:
    assert next_scene_number("12", "13", ["12", "13"]) == "12A"
    assert next_scene_number("12", "12A", ["12", "12A", "13"]) == "12B"
    assert next_scene_number("13", None, ["12", "12A", "13"]) == "14"
    assert next_scene_number(None, None, []) == "1"
