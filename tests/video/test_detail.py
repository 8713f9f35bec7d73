"""Detail of given drawings is carried to where the drawings around them show the same, and nowhere else."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.video.detail import REACH, carried, likeness, motion, moved, sources

WIDTH, HEIGHT = 96, 64


def picture(seed: int, cells: int = 8) -> np.ndarray:
    """Coarse colours with fine lines over them."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 216, (cells, cells, 3), dtype=np.uint8)
    found = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    found[::4] //= 2
    return np.asarray(found)


def soft(of: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.GaussianBlur(of, (0, 0), 1.5))


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other).mean())


@given(st.integers(0, 40), st.sets(st.integers(0, 41), max_size=6))
def test_shares_come_from_both_sides_and_are_never_more_than_the_whole(number: int, known: set[int]) -> None:
    known -= {number}
    found = sources(number, known)
    assert len(found) <= 2 and all(share >= 0 for share in found.values()) and sum(found.values()) <= 1 + 1e-9
    for other, share in found.items():
        assert not any(min(number, other) < one < max(number, other) for one in known), "the nearest on its side"
        assert (share == 0) >= (abs(number - other) > REACH)


def test_shares_change_little_from_one_drawing_to_the_next() -> None:
    for known in ({0}, {0, 16}, {4, 9}):
        shares = [sources(number, known) for number in range(25) if number not in known]
        assert all(one.get(0, 1) <= 1 for one in shares)
    between = [sources(number, {0, 16})[0] for number in range(1, 16)]
    assert all(0 < one - other < 0.1 for one, other in pairwise(between))


def test_a_resting_drawing_becomes_the_given_one() -> None:
    sharp = picture(1)
    small = {0: soft(sharp), 1: soft(sharp)}
    found = carried(small[1], 1, small, {0: sharp})
    assert apart(found, sharp) < 0.1 * apart(small[1], sharp)


def test_detail_moves_with_the_picture() -> None:
    sharp = picture(2)
    shifted = np.roll(sharp, 5, axis=1)
    small = {0: soft(sharp), 1: soft(shifted)}
    inside = (slice(8, -8), slice(16, -16))
    found = carried(small[1], 1, small, {0: sharp})[inside]
    assert apart(found, shifted[inside]) < 0.4 * apart(small[1][inside], shifted[inside])
    assert apart(found, shifted[inside]) < 0.4 * apart(sharp[inside], shifted[inside])


def test_where_something_else_is_shown_nothing_is_carried() -> None:
    sharp, other = picture(3), picture(4)
    drawn = soft(sharp)
    drawn[:, 48:] = 255 - drawn[:, 48:]
    small = {0: soft(sharp), 1: drawn}
    found = carried(drawn, 1, small, {0: sharp})
    assert apart(found[:, 56:], drawn[:, 56:]) < 6 < apart(drawn[:, 56:], sharp[:, 56:])
    assert apart(carried(soft(other), REACH + 1, {0: small[0], REACH + 1: soft(other)}, {0: sharp}), soft(other)) == 0


def test_drawings_of_another_size_are_sharpened_by_the_motion_of_the_small_ones() -> None:
    sharp = picture(5)
    large = np.asarray(cv2.resize(sharp, (3 * WIDTH, 3 * HEIGHT), interpolation=cv2.INTER_NEAREST))
    shifted = np.roll(large, 12, axis=1)
    small = {0: soft(sharp), 1: soft(np.roll(sharp, 4, axis=1))}
    drawn = np.asarray(cv2.resize(small[1], (3 * WIDTH, 3 * HEIGHT), interpolation=cv2.INTER_CUBIC))
    inside = (slice(24, -24), slice(48, -48))
    found = carried(drawn, 1, small, {0: large})
    assert apart(found[inside], shifted[inside]) < 0.5 * apart(drawn[inside], shifted[inside])


@pytest.mark.parametrize(("across", "down"), [(12, 0), (0, 6)])
def test_a_film_of_another_aspect_is_sharpened_by_what_it_shows_of_the_drawings(across: int, down: int) -> None:
    sharp = picture(6)[16:48]
    large = np.asarray(cv2.resize(sharp, (3 * WIDTH, 96), interpolation=cv2.INTER_NEAREST))
    shifted = np.roll(large, (down, across), axis=(0, 1))

    def small_of(film: np.ndarray) -> np.ndarray:
        middle = soft(np.asarray(cv2.resize(film, (WIDTH, 32), interpolation=cv2.INTER_AREA)))
        return np.asarray(cv2.copyMakeBorder(middle, 16, 16, 0, 0, cv2.BORDER_REPLICATE))

    small = {0: small_of(large), 1: small_of(shifted)}
    drawn = np.asarray(cv2.resize(small[1][16:48], (3 * WIDTH, 96), interpolation=cv2.INTER_CUBIC))
    inside = (slice(24, -24), slice(48, -48))
    found = carried(drawn, 1, small, {0: large})
    assert apart(found[inside], shifted[inside]) < 0.7 * apart(drawn[inside], shifted[inside])


def test_a_drawing_of_the_largest_films_is_sharpened_band_by_band() -> None:
    sharp = picture(7)
    small = {0: soft(sharp), 1: soft(np.roll(sharp, 4, axis=1))}
    given, drawn = (np.asarray(cv2.resize(one, (1920, 1280))) for one in (sharp, small[1]))
    tracemalloc.start()
    carried(drawn, 1, small, {0: given})
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 * drawn.nbytes


@settings(max_examples=20, deadline=None)
@given(st.integers(-6, 6), st.integers(-4, 4), st.integers(0, 1000))
def test_the_flow_finds_where_things_went(right: int, down: int, seed: int) -> None:
    before = soft(picture(seed))
    after = np.roll(before, (down, right), axis=(0, 1))
    way = motion(before, after)[16:-16, 16:-16]
    assert np.median(np.abs(way - (right, down))) < 1.0
    back = moved(after, motion(before, after))
    assert likeness(before, back)[16:-16, 16:-16].mean() > 0.9


@pytest.mark.parametrize("side", [8, 15])
def test_pictures_too_small_for_a_flow_are_taken_to_rest(side: int) -> None:
    small = np.zeros((side, side, 3), np.uint8)
    assert not motion(small, small + 1).any()
