"""A drawing is enlarged evenly, cropped at the centre, never stretched, and its lines gain no halo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.engines.enlarge import cover_size, covering, enlarged, reduced

SIDES = st.integers(2, 400)


@given(SIDES, SIDES, SIDES, SIDES)
def test_the_enlargement_covers_and_touches(width: int, height: int, out_width: int, out_height: int) -> None:
    found = cover_size(width, height, out_width, out_height)
    assert found[0] >= out_width and found[1] >= out_height
    assert found[0] == out_width or found[1] == out_height
    # Even in both directions, but for the rounding of one pixel.
    assert abs(found[0] * height - found[1] * width) <= max(width, height)


@settings(max_examples=30, deadline=None)
@given(st.integers(16, 90), st.integers(16, 90), st.integers(8, 300), st.integers(8, 300))
def test_any_drawing_fits_any_film_exactly(width: int, height: int, out_width: int, out_height: int) -> None:
    drawing = np.random.default_rng(width).integers(0, 256, (height, width, 3), dtype=np.uint8)
    for made in (enlarged(drawing, out_width, out_height), covering(drawing, out_width, out_height)):
        assert made.shape == (out_height, out_width, 3) and made.dtype == np.uint8


def test_the_example_film_loses_eight_columns_a_side() -> None:
    assert cover_size(144, 80, 1280, 720) == (1296, 720) == cover_size(288, 160, 1280, 720)


def test_a_circle_stays_a_circle_in_the_middle() -> None:
    drawing = np.zeros((160, 288, 3), np.uint8)
    cv2.circle(drawing, (144, 80), 40, (255, 255, 255), -1, cv2.LINE_AA)
    for width, height in ((1280, 720), (720, 1280), (1000, 1000), (2048, 858)):
        large = enlarged(drawing, width, height)[..., 0] > 127
        across, down = int(large.any(axis=0).sum()), int(large.any(axis=1).sum())
        assert abs(across - down) <= 3
        y, x = np.nonzero(large)
        assert abs(x.mean() - width / 2) < 0.01 * width and abs(y.mean() - height / 2) < 0.01 * height


def a_line() -> np.ndarray:
    drawing = np.full((160, 288, 3), (180, 150, 90), np.uint8)
    cv2.line(drawing, (20, 140), (260, 30), (30, 28, 36), 3, cv2.LINE_AA)
    return drawing


def test_lines_get_no_halo_and_no_new_colour() -> None:
    drawing = a_line()
    large = enlarged(drawing, 1280, 720)
    for channel in range(3):
        assert large[..., channel].max() <= drawing[..., channel].max()
        assert large[..., channel].min() >= drawing[..., channel].min()


def test_lines_come_out_steeper_than_by_plain_enlargement() -> None:
    def soft_pixels(picture: np.ndarray) -> int:
        grey = picture[..., 0].astype(int)
        return int(((grey > 60) & (grey < 150)).sum())

    drawing = a_line()
    assert soft_pixels(enlarged(drawing, 1280, 720)) < 0.8 * soft_pixels(covering(drawing, 1280, 720))


@pytest.mark.parametrize("size", [(288, 160), (144, 80)])
def test_a_drawing_that_is_large_enough_is_only_cropped_or_shrunk(size: tuple[int, int]) -> None:
    drawing = a_line()
    made = enlarged(drawing, *size)
    assert np.array_equal(made, drawing if size == (288, 160) else covering(drawing, *size))


def test_flat_colour_stays_exactly_flat() -> None:
    drawing = np.full((80, 144, 3), (12, 200, 77), np.uint8)
    assert (enlarged(drawing, 1280, 720) == (12, 200, 77)).all()


@pytest.mark.parametrize("film", [(1920, 1080), (1920, 804), (1440, 1080), (1080, 1080), (640, 360)])
def test_a_picture_reduced_to_a_drawing_and_enlarged_again_lies_where_it_lay(film: tuple[int, int]) -> None:
    y, x = np.mgrid[0 : film[1], 0 : film[0]] * (9.0 / film[0])
    picture = (127 + 120 * np.stack([np.sin(x), np.cos(y), np.sin(x + y)], axis=-1)).astype(np.uint8)
    drawing = reduced(picture, film, (288, 160))
    assert drawing.shape == (160, 288, 3)
    again = enlarged(drawing, *film)
    assert np.abs(again.astype(int) - picture).mean() < 2.0


def test_a_mask_marks_nothing_of_a_drawing_that_the_film_leaves_out() -> None:
    mask = np.full((804, 1920), 255, np.uint8)
    drawing = reduced(mask, (1920, 804), (288, 160))
    assert not drawing[:15].any() and not drawing[-15:].any() and (drawing[25:135] == 255).all()
