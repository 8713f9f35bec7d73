"""A drawing is enlarged evenly, cropped at the centre, never stretched, and its lines gain no halo."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.engines.enlarge import enlarged, factor, reduced
from model_runtime.video.pictures import fit
from model_runtime.video.shapes import cover_box


@settings(max_examples=30, deadline=None)
@given(st.integers(16, 90), st.integers(16, 90), st.integers(8, 300), st.integers(8, 300))
def test_any_drawing_fits_any_film_exactly(width: int, height: int, out_width: int, out_height: int) -> None:
    drawing = np.random.default_rng(width).integers(0, 256, (height, width, 3), dtype=np.uint8)
    for made in (enlarged(drawing, out_width, out_height), fit(drawing, (out_width, out_height))):
        assert made.shape == (out_height, out_width, 3) and made.dtype == np.uint8


@pytest.mark.parametrize("size", [(8192, 1), (1, 8192), (1, 1)])
def test_a_picture_of_the_most_extreme_aspect_takes_no_more_memory_than_the_film(size: tuple[int, int]) -> None:
    picture = np.full((size[1], size[0], 3), 90, np.uint8)
    tracemalloc.start()
    found = reduced(picture, (1280, 720), (288, 160))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found == 90).all() and most < 3 * 1280 * 720 * 3


def test_the_example_film_loses_two_columns_of_a_drawing_a_side() -> None:
    assert cover_box(288, 160, 1280, 720) == (2, 0, 286, 160)


def test_a_drawing_is_enlarged_as_far_as_the_films_aspect_asks() -> None:
    drawing = np.zeros((160, 288, 3), np.uint8)
    assert factor(drawing, 576, 320) == 2 and factor(drawing, 720, 1280) == 8 and factor(drawing, 144, 80) == 0.5


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
    assert soft_pixels(enlarged(drawing, 1280, 720)) < 0.8 * soft_pixels(fit(drawing, (1280, 720)))


@pytest.mark.parametrize("size", [(288, 160), (144, 80)])
def test_a_drawing_that_is_large_enough_is_only_cropped_or_shrunk(size: tuple[int, int]) -> None:
    drawing = a_line()
    made = enlarged(drawing, *size)
    assert np.array_equal(made, drawing if size == (288, 160) else fit(drawing, size))


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
