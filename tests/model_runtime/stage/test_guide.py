from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from model_runtime.stage.draw import render
from model_runtime.stage.guide import FIGURE_TONE, blocking, line_drawing
from tests.model_runtime.stage.scenes import JON, a_person, a_scene, a_thing

STREET = a_scene(location="street", move="truck left", people=(a_person(action="walking"), JON))


@pytest.mark.parametrize("guide", [line_drawing, blocking])
def test_guide_has_the_clips_size_and_no_colour(guide: object) -> None:
    assert callable(guide)
    frames = guide(STREET, frames=9, width=160, height=67)
    assert frames.shape == (9, 67, 160, 3)
    assert frames.dtype == np.uint8
    assert np.ptp(frames, axis=3).max() == 0


def test_lines_are_dark_and_few_on_white_paper() -> None:
    paper = line_drawing(STREET, frames=1)[0, ..., 0]
    assert np.median(paper) == 255
    assert 0.03 < (paper < 128).mean() < 0.30


def test_lines_run_around_the_figures_of_every_drawing() -> None:
    lines, drawn = line_drawing(STREET, frames=25), render(STREET, frames=25)
    for drawing in (0, 12, 24):
        figure = (drawn.subjects[drawing] == 1).astype(np.uint8)
        edge = cv2.morphologyEx(figure, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
        assert lines[drawing, ..., 0][edge].mean() < 130


def test_blocking_shows_figures_as_one_flat_tone() -> None:
    scene = replace(STREET, things=(a_thing(side="centre"),))
    greys, drawn = blocking(scene, frames=3), render(scene, frames=3)
    assert np.array_equal(greys[..., 0] == FIGURE_TONE, drawn.figures == 1)
    assert 2 <= len(np.unique(greys[drawn.figures == 0])) <= 4


@pytest.mark.parametrize("guide", [line_drawing, blocking])
def test_guide_moves_as_the_clip_does(guide: object) -> None:
    assert callable(guide)
    still = guide(replace(STREET, move="static", people=()), frames=9)
    moving = guide(replace(STREET, people=()), frames=9)
    assert np.array_equal(still[0], still[8])
    assert not np.array_equal(moving[0], moving[8])


@pytest.mark.parametrize("guide", [line_drawing, blocking])
def test_guide_tells_nothing_of_light_and_weather(guide: object) -> None:
    assert callable(guide)
    by_day = guide(STREET, frames=2)
    by_night = guide(replace(STREET, time="night", weather="rain"), frames=2)
    assert np.array_equal(by_day, by_night)
