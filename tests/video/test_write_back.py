"""Given drawings stand among decoded ones without a flash at the seam, and a loop comes back to its start."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from model_runtime.training.evaluation.given import seam_steps
from model_runtime.video.states import Kept
from model_runtime.video.write_back import morphed, put_back, return_to
from tests.video.test_detail import HEIGHT, WIDTH, apart, picture, soft

WAY = 2  # pixels a picture moves from one drawing to the next


def panned(frames: int, seed: int = 1, way: int = WAY) -> np.ndarray:
    """A picture that moves to the right, its edge coming in again on the left."""
    return np.stack([np.roll(picture(seed), way * number, axis=1) for number in range(frames)])


def decoded(clip: np.ndarray) -> np.ndarray:
    return np.stack([soft(one) for one in clip])


def kept(clip: np.ndarray, *numbers: int, meets: np.ndarray | None = None) -> Kept:
    pictures = [clip[number] for number in numbers] + ([] if meets is None else [meets])
    return Kept(np.stack(pictures), np.asarray([*numbers, *([] if meets is None else [len(clip)])]))


@pytest.mark.parametrize("numbers", [(0,), (0, 16), (8,), (0, 1, 2, 3, 12, 13, 14, 15, 16)])
def test_given_drawings_are_exact_and_no_seam_is_larger_than_the_clips_own_steps(numbers: tuple[int, ...]) -> None:
    clip = panned(17)
    frames, given = decoded(clip), kept(clip, *numbers)
    put_back(frames, given)
    flashing = decoded(clip)
    for number in numbers:
        assert np.array_equal(frames[number], clip[number])
        flashing[number] = clip[number]
    borders = [one for one in numbers if one + 1 not in numbers and one < 16]
    seams = {str(one): (one, one + 1) for one in borders}
    steps, before = seam_steps(frames, seams), seam_steps(flashing, seams)
    for name in seams:
        assert steps[name] <= 1.25 * steps["own steps"] < before[name]


def test_every_drawing_is_nearer_to_what_it_shows_than_it_was_decoded() -> None:
    clip = panned(17)
    frames = decoded(clip)
    put_back(frames, kept(clip, 0))
    inside = slice(40, -8)
    for number in range(1, 9):
        assert apart(frames[number][:, inside], clip[number][:, inside]) < apart(
            soft(clip[number])[:, inside], clip[number][:, inside]
        )


def test_a_loop_comes_back_to_its_start() -> None:
    clip = panned(17)
    frames = decoded(clip)
    put_back(frames, kept(clip, 0, meets=clip[0]))
    steps = seam_steps(frames, {"loop": (16, 0)})
    assert np.array_equal(frames[0], clip[0]) and steps["loop"] <= steps["own steps"]
    assert apart(frames[7], clip[7]) < apart(frames[7], clip[0]), "the first half goes its own way"
    assert apart(frames[16], clip[0]) < apart(frames[16], clip[16])


def test_a_loop_that_comes_back_by_itself_is_left_to_it() -> None:
    there = panned(9)
    clip = np.concatenate([there, there[-2:0:-1]])
    drawings = {**dict(enumerate(decoded(clip))), 16: soft(clip[0])}
    before = dict(drawings)
    return_to(drawings, 16, {0})
    assert all(np.array_equal(drawings[number], before[number]) for number in before)


def test_the_end_of_a_part_meets_a_picture_that_is_not_its_own_first() -> None:
    clip, start = panned(9), picture(5)
    frames = decoded(clip)
    put_back(frames, kept(clip, 0, meets=start))
    distances = [apart(one, start) for one in frames]
    assert all(one > other for one, other in pairwise(distances[4:])), "nearer with each drawing"
    assert distances[8] < 0.5 * distances[3]


def test_a_loop_with_a_given_end_is_led_on_only_after_it() -> None:
    clip, start = panned(17), picture(5)
    for last in (16, 12):
        frames, free = decoded(clip), decoded(clip)
        put_back(frames, kept(clip, 0, last, meets=start))
        put_back(free, kept(clip, 0, last))
        assert np.array_equal(frames[:last], free[:last]), "what leads up to a given drawing leads there"
        assert np.array_equal(frames[last], clip[last])
    distances = [apart(one, start) for one in frames[13:]]
    assert all(one > other for one, other in pairwise(distances)), "and from there to where the loop begins"
    assert distances[-1] < 0.5 * distances[0]


@pytest.mark.parametrize("numbers", [(0,), (*range(9), 16), (3, 4, 5, 6), tuple(range(9))])
@pytest.mark.parametrize("loops", [False, True])
def test_what_borders_on_drawn_drawings_is_all_they_need(numbers: tuple[int, ...], loops: bool) -> None:
    clip = panned(17)
    whole = kept(clip, *numbers, meets=clip[0] if loops else None)
    beside = whole.bordering(17)
    once, again = decoded(clip), decoded(clip)
    put_back(once, whole)
    put_back(again, Kept(np.stack(list(beside.values())), np.asarray(list(beside))))
    drawn = [number for number in range(17) if number not in numbers]
    assert len(beside) <= 4 and np.array_equal(once[drawn], again[drawn])


def test_a_single_drawing_meets_what_is_given_past_its_end() -> None:
    one, start = decoded(panned(1)), picture(5)
    before = apart(one[0], start)
    put_back(one, Kept(start[None], np.asarray([1])))
    assert 0 < apart(one[0], start) < before


def test_a_region_is_redrawn_and_nothing_around_it_is_touched() -> None:
    clip = panned(9)
    region = np.zeros((HEIGHT, WIDTH), bool)
    region[16:48, 32:64] = True
    frames = decoded(clip)
    put_back(frames, Kept(clip, np.arange(9), region))
    assert np.array_equal(frames[:, ~region], clip[:, ~region])
    assert np.array_equal(frames[:, 30:34, 46:50], decoded(clip)[:, 30:34, 46:50])


def test_morphing_begins_and_ends_with_the_pictures_themselves() -> None:
    one, other = panned(2, way=6)
    assert np.array_equal(morphed(one, other, 0.0), one) and np.array_equal(morphed(one, other, 1.0), other)
    half = np.roll(one, 3, axis=1)
    inside = (slice(8, -8), slice(16, -16))
    middle = morphed(soft(one), soft(other), 0.5)
    assert apart(middle[inside], soft(half)[inside]) < 0.3 * apart(soft(one)[inside], soft(half)[inside])
