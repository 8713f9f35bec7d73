"""One thing taken out of a picture: on drawings whose masks are known, and on what cannot be cut."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.stage.draw import render
from model_runtime.stage.scene import random_scene
from studio.errors import BadValue
from studio.sight.cutout import Rect, Stroke, box_of, cut_out, select

RED, GREY = (200, 30, 20), (120, 130, 140)
AROUND = 8
"""Pixels of air a hand leaves around the thing when it draws the rectangle."""


def a_block(width: int = 160, height: int = 120) -> tuple[np.ndarray, np.ndarray]:
    """A red block in the middle of grey, and its mask."""
    picture, truth = np.full((height, width, 3), GREY, np.uint8), np.zeros((height, width), bool)
    truth[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4] = True
    picture[truth] = RED
    return picture, truth


def overlap(mask: np.ndarray, truth: np.ndarray) -> float:
    chosen = mask > 127
    return float((chosen & truth).sum() / (chosen | truth).sum())


def around(truth: np.ndarray) -> Rect:
    rows, columns = np.flatnonzero(truth.any(1)), np.flatnonzero(truth.any(0))
    return (int(columns[0]) - AROUND, int(rows[0]) - AROUND,
            int(np.ptp(columns)) + 1 + 2 * AROUND, int(np.ptp(rows)) + 1 + 2 * AROUND)


def dabs(wrong: np.ndarray) -> list[Stroke]:
    """Two dabs in the middle of the largest places that are wrong, as a person would put them."""
    depth, made = cv2.distanceTransform(wrong.astype(np.uint8), cv2.DIST_L2, 3), []
    for _ in range(2):
        y, x = np.unravel_index(int(depth.argmax()), depth.shape)
        if depth[y, x] < 3:
            break
        made.append(Stroke(((float(x), float(y)),), 0.8 * float(depth[y, x])))
        cv2.circle(depth, (int(x), int(y)), int(1.5 * made[-1].radius) + 1, 0.0, cv2.FILLED)
    return made


def drawn_things(number: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(5)
    while number:
        drawn = render(random_scene(rng), frames=1, width=480, height=270)
        for one in np.unique(drawn.subjects[0])[1:]:
            truth = drawn.subjects[0] == one
            if number and truth.sum() > 2_000:
                number -= 1
                yield drawn.frames[0], truth


def test_figures_of_drawings_are_cut_out_and_two_dabs_each_way_mend_most_of_the_rest() -> None:
    first, mended = [], []
    for picture, truth in drawn_things(9):
        chosen = select(picture, around(truth))
        first.append(overlap(chosen, truth))
        keep, drop = dabs(truth & (chosen <= 127)), dabs(~truth & (chosen > 127))
        mended.append(overlap(select(picture, around(truth), keep, drop), truth))
    assert np.median(first) > 0.9, first
    assert np.median(mended) > 0.95 and np.mean(mended) > np.mean(first), mended


def test_the_same_picture_and_marks_give_the_same_mask() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (90, 120, 3), np.uint8)
    asked = (10, 10, 90, 60), [Stroke(((50, 40), (60, 45)), 5)], [Stroke(((20, 20),), 4)]
    first = select(picture, *asked)
    cv2.setRNGSeed(99)
    assert np.array_equal(first, select(picture, *asked))


def test_a_large_picture_gets_a_mask_of_its_own_size_with_the_edge_where_it_is() -> None:
    picture, truth = a_block(1600, 1200)
    mask = select(picture, (350, 250, 900, 700))
    assert mask.shape == truth.shape and overlap(mask, truth) > 0.99


def test_strokes_decide_against_the_colours() -> None:
    picture, truth = a_block()
    mask = select(picture, around(truth), drop=[Stroke(((50, 40), (110, 40)), 6)])
    assert mask[40, 50:110].max() == 0 and mask[70, 60:100].min() == 255
    outside = select(picture, around(truth), keep=[Stroke(((10, 10),), 4)])
    assert outside[10, 10] == 255
    both = select(picture, around(truth), [Stroke(((80, 60),), 9)], [Stroke(((80, 60),), 9)])
    assert both[60, 80] == 0


@pytest.mark.parametrize("rect", [(-90, -90, 40, 40), (500, 10, 50, 50), (10, 10, 2, 90), (10, 10, -30, 30)])
def test_a_rectangle_without_any_of_the_picture_is_refused(rect: Rect) -> None:
    with pytest.raises(BadValue, match="The rectangle holds less than 4 × 4 pixels"):
        select(a_block()[0], rect)


def test_a_rectangle_around_the_whole_picture_is_fine() -> None:
    picture, truth = a_block()
    assert overlap(select(picture, (-20, -20, 900, 900)), truth) > 0.98


def test_a_strip_so_thin_that_its_copy_is_one_row_is_cut_by_strokes() -> None:
    picture = np.full((8, 4_000, 3), GREY, np.uint8)
    picture[:, 1_000:2_000] = RED
    mask = select(picture, (0, 0, 4_000, 8), keep=[Stroke(((1_100, 4), (1_900, 4)), 4)])
    assert mask[4, 1_500] == 255 and mask[4, 3_000] == 0


def test_a_picture_of_one_colour_and_one_wholly_dropped_have_nothing_in_them() -> None:
    picture, truth = a_block()
    with pytest.raises(BadValue, match="Nothing inside the rectangle differs"):
        select(picture, around(truth), drop=[Stroke(((80, 60),), 300)])
    plain = np.full((60, 60, 3), 90, np.uint8)
    try:
        assert select(plain, (10, 10, 40, 40)).max() == 255
    except BadValue as told:
        assert "Nothing inside the rectangle" in told.sentence


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.integers(-40, 80), st.integers(-40, 60), st.integers(1, 120), st.integers(1, 90)),
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0.1, 500)), max_size=3),
    st.booleans(),
)
def test_any_marks_give_a_mask_or_one_sentence(
    rect: Rect, dabbed: list[tuple[float, float, float]], keep: bool
) -> None:
    picture = a_block(60, 40)[0]
    strokes = [Stroke(((x, y),), radius) for x, y, radius in dabbed]
    try:
        mask = select(picture, rect, *((strokes, ()) if keep else ((), strokes)))
    except BadValue as told:
        assert told.sentence and told.hint
    else:
        assert (mask.shape, mask.dtype) == ((40, 60), np.uint8) and mask.any()


def test_what_is_cut_out_stands_alone_or_over_a_plain_ground() -> None:
    picture, truth = a_block(40, 20)
    mask = np.where(truth, np.uint8(255), np.uint8(0))
    mask[10, 20] = 51
    alone = cut_out(picture, mask)
    assert tuple(alone[10, 15]) == (*RED, 255) and tuple(alone[0, 0]) == (255, 255, 255, 0)
    over = cut_out(picture, mask, (0, 0, 0))
    assert tuple(over[0, 0]) == (0, 0, 0) and tuple(over[10, 20]) == (40, 6, 4)


def test_the_box_of_a_mask_has_air_and_stays_on_the_picture() -> None:
    mask = np.zeros((100, 200), np.uint8)
    mask[20:70, 0:50] = 255
    assert box_of(mask) == (0, 18, 52, 54)
    with pytest.raises(BadValue, match="Nothing is kept"):
        box_of(np.zeros((9, 9), np.uint8))
