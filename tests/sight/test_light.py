"""Colour and exposure of a cut: what is planted is found and taken off again, what is not there is not seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from studio.project.grade import Grade
from studio.sight.lamps import Lamps, compare
from studio.sight.matching import match
from tests.continuity.lots import Shift
from tests.continuity.planted import apart, graded, plant
from tests.sight.scenes import CLOSE, ELSEWHERE, WIDE, drawn

WARMER = Shift("offset", (0.0, 0.0, 1.0))
BRIGHTER = Shift("stops", (0.5, 0.5, 0.5))
DARKER = Shift("stops", (-0.5, -0.5, -0.5))
REDDER_LAMP = Shift("balance", (0.9, 0.0, -0.43))


def states(lamps: Lamps) -> tuple[str, str]:
    return lamps.colour.state, lamps.exposure.state


def test_two_shots_of_one_place_have_the_same_light_whoever_they_show() -> None:
    assert states(compare(drawn(WIDE), drawn(CLOSE))) == ("same", "same")


def test_a_warmer_shot_is_told_by_how_much_and_which_way() -> None:
    lamps = compare(drawn(WIDE), plant(drawn(CLOSE), WARMER))
    assert lamps.colour.state == "no"
    assert lamps.colour.value == pytest.approx(5.0, abs=1.0)
    assert lamps.colour.sentence.startswith("Warmer")


def test_a_warmer_shot_is_no_brighter_one() -> None:
    assert compare(drawn(WIDE), plant(drawn(CLOSE), WARMER)).exposure.state == "same"


@pytest.mark.parametrize(("shift", "stops", "word"), [(BRIGHTER, 0.5, "Brighter"), (DARKER, -0.5, "Darker")])
def test_half_a_stop_is_read_as_half_a_stop_and_no_other_colour(shift: Shift, stops: float, word: str) -> None:
    lamps = compare(drawn(WIDE), plant(drawn(CLOSE), shift))
    assert states(lamps) == ("same", "no")
    assert lamps.exposure.value == pytest.approx(stops, abs=0.1)
    assert lamps.exposure.sentence.startswith(word)


def test_the_other_way_round_the_same_difference_is_seen_with_its_sign_turned() -> None:
    one, other = drawn(WIDE), plant(drawn(CLOSE), DARKER)
    there, back = compare(one, other), compare(other, one)
    assert there.exposure.value == pytest.approx(-back.exposure.value, abs=0.1)


def test_a_flopped_picture_has_the_same_light() -> None:
    assert states(compare(drawn(WIDE), drawn(WIDE)[:, ::-1])) == ("same", "same")


def test_pictures_without_a_colour_in_common_are_not_judged() -> None:
    lamps = compare(drawn(WIDE), drawn(ELSEWHERE))
    assert states(lamps) == ("unknown", "unknown")
    assert lamps.colour.value == lamps.exposure.value == 0.0


@pytest.mark.parametrize("shift", [WARMER, BRIGHTER, DARKER, REDDER_LAMP], ids=["warm", "up", "down", "lamp"])
def test_match_takes_off_what_was_planted(shift: Shift) -> None:
    true = drawn(CLOSE)
    planted = plant(true, shift)
    matched = graded(planted, match(planted, drawn(WIDE)).curves())
    assert apart(planted, true) > 4.0
    assert apart(matched, true) < 2.0


def test_a_matched_shot_has_all_its_lamps_on_same() -> None:
    planted = plant(drawn(CLOSE), REDDER_LAMP)
    matched = graded(planted, match(planted, drawn(WIDE)).curves())
    assert states(compare(drawn(WIDE), matched)) == ("same", "same")


def test_match_leaves_a_shot_alone_that_shares_nothing() -> None:
    assert match(drawn(WIDE), drawn(ELSEWHERE)) == Grade()


def test_match_undoes_a_grade() -> None:
    grade = Grade((0.9, 1.0, 1.08), (0.03, 0.0, -0.02))
    picture = graded(drawn(WIDE), grade.curves())
    assert apart(graded(picture, match(picture, drawn(WIDE)).curves()), drawn(WIDE)) < 1.0


any_picture = arrays(np.uint8, some.tuples(some.integers(1, 40), some.integers(1, 40), some.just(3)))


@settings(max_examples=12, deadline=None)
@given(any_picture)
def test_any_picture_has_its_own_light(picture: np.ndarray) -> None:
    lamps = compare(picture, picture)
    assert states(lamps) == ("same", "same")
    assert lamps.colour.value < 0.5


@settings(max_examples=12, deadline=None)
@given(any_picture, any_picture)
def test_any_two_pictures_can_be_compared_and_matched(one: np.ndarray, other: np.ndarray) -> None:
    lamps = compare(one, other)
    assert np.isfinite([lamps.colour.value, lamps.exposure.value]).all()
    assert graded(one, match(one, other).curves()).shape == one.shape


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (720, 1280)])
@pytest.mark.parametrize("codes", [(0, 255), (255, 0), (0, 0)])
def test_black_and_white_of_any_size_can_be_compared(shape: tuple[int, int], codes: tuple[int, int]) -> None:
    one, other = (np.full((*shape, 3), code, np.uint8) for code in codes)
    lamps = compare(one, other)
    assert (lamps.exposure.state == "same") == (codes[0] == codes[1])
