"""The pairs that are measured on: always the same ones, and never what was tuned or taught on."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from model_runtime.stage.held_out import is_held_out
from tests.continuity import lots
from tests.continuity.lessons import LESSON_SEED, lesson
from tests.continuity.planted import PLANTED, apart, plant
from tests.sight.scenes import ELSEWHERE, drawn

SOME = 30


def test_the_measured_pairs_never_change() -> None:
    told = repr((lots.castings(SOME), lots.cuts(SOME), lots.shifts(SOME)))
    assert sha256(told.encode()).hexdigest()[:16] == "53e150a337563db7"


def test_every_measured_scene_is_a_held_out_combination() -> None:
    scenes = [scene for pair in lots.castings(SOME) for scene in (pair.one, pair.other)]
    scenes += [scene for cut in lots.cuts(SOME) for scene in (cut.last, cut.first)]
    assert all(is_held_out(scene) for scene in scenes)


def test_half_of_the_pairs_show_the_same_people() -> None:
    pairs = lots.castings(SOME)
    assert [pair.same for pair in pairs] == [True, False] * (SOME // 2)
    for pair in pairs:
        assert (lots.dressed_as(pair.one, pair.other.people) == pair.one) == pair.same


def test_a_cut_stays_in_its_place_time_and_weather() -> None:
    for last, first, same_view in lots.cuts(SOME):
        assert (last.location, last.time, last.weather) == (first.location, first.time, first.weather)
        assert same_view == ((last.size, last.angle) == (first.size, first.angle))


def test_lessons_show_each_subject_twice() -> None:
    taught = lesson(3, LESSON_SEED, (144, 80))
    assert taught.windows.shape[:2] == (len(taught.scenes), 2)
    assert all(one.subjects != other.subjects for one, other in taught.scenes)


def test_what_is_planted_is_as_large_as_told() -> None:
    picture = drawn(ELSEWHERE)
    for shift in lots.shifts(4):
        assert np.isclose(apart(picture, plant(picture, shift)), PLANTED, atol=0.3)
