from __future__ import annotations

import cv2
import numpy as np
import pytest

from model_runtime.stage.draw import render
from model_runtime.stage.look import GARMENTS
from model_runtime.stage.scene import random_scene
from model_runtime.stage.words import load_words
from tests.model_runtime.stage.scenes import JON, a_person, a_scene

WORDS = load_words()


def centre_of(mask: np.ndarray) -> float:
    """Where a mask's middle is across the frame, 0 to 1."""
    return float(np.nonzero(mask)[1].mean() / mask.shape[1])


def height_of(mask: np.ndarray) -> float:
    rows = np.nonzero(mask.any(axis=1))[0]
    return float((rows[-1] - rows[0] + 1) / mask.shape[0])


def share_near(pixels: np.ndarray, colour: tuple[int, int, int], distance: float = 40.0) -> float:
    return float(np.mean(np.linalg.norm(pixels.astype(float) - colour, axis=-1) < distance))


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


def test_drawn_has_frames_and_a_mask_of_zeros_and_ones() -> None:
    drawn = render(a_scene(), frames=9)
    assert drawn.frames.shape == (9, 80, 144, 3)
    assert drawn.frames.dtype == np.uint8
    assert drawn.figures.shape == (9, 80, 144)
    assert set(np.unique(drawn.figures)) == {0, 1}


def test_same_scene_gives_the_same_bits() -> None:
    rng = np.random.default_rng(0)
    for scene in [random_scene(rng) for _ in range(6)]:
        one, other = render(scene, frames=5), render(scene, frames=5)
        assert np.array_equal(one.frames, other.frames)
        assert np.array_equal(one.figures, other.figures)


def test_another_seed_gives_another_drawing_of_the_same_scene() -> None:
    one, other = render(a_scene(seed=1), frames=1), render(a_scene(seed=2), frames=1)
    assert 0 < difference(one.frames, other.frames) < 25


@pytest.mark.parametrize("move", WORDS.move)
@pytest.mark.parametrize("weather", WORDS.weather)
def test_first_frame_of_a_clip_is_the_still(move: str, weather: str) -> None:
    scene = a_scene(move=move, weather=weather, people=(a_person(action="running"), JON))
    clip, still = render(scene), render(scene, frames=1)
    assert np.array_equal(clip.frames[0], still.frames[0])
    assert np.array_equal(clip.figures[0], still.figures[0])


def test_shorter_clip_is_the_beginning_of_the_whole() -> None:
    scene = a_scene(move="pan left", people=(a_person(action="walking"),))
    assert np.array_equal(render(scene, frames=9).frames, render(scene).frames[:9])


@pytest.mark.parametrize("location", WORDS.location)
def test_larger_frame_shows_the_same_picture(location: str) -> None:
    scene = a_scene(location=location, time="dusk", move="pan right", people=(a_person(), JON))
    small = render(scene, frames=2).frames[1]
    large = render(scene, frames=2, width=288, height=160).frames[1]
    brought_down = cv2.resize(large, (144, 80), interpolation=cv2.INTER_AREA)
    assert difference(small, brought_down) < 1.5


def test_frame_of_the_larger_preset_is_drawn() -> None:
    assert render(a_scene(), frames=1, width=256, height=144).frames.shape == (1, 144, 256, 3)


@pytest.mark.parametrize("action", WORDS.action)
@pytest.mark.parametrize("facing", WORDS.facing)
def test_wide_figure_fills_a_third_of_the_height(action: str, facing: str) -> None:
    drawn = render(a_scene(people=(a_person(action=action, facing=facing),)))
    assert all(height_of(mask) >= 1 / 3 for mask in drawn.figures)


def test_figures_grow_from_wide_to_close() -> None:
    areas = [render(a_scene(size=size), frames=1).figures.mean() for size in WORDS.size]
    assert areas[0] < 0.6 * areas[1] < 0.6 * areas[2]


@pytest.mark.parametrize("size", WORDS.size)
@pytest.mark.parametrize("facing", WORDS.facing)
def test_figure_stands_on_the_side_of_its_caption(size: str, facing: str) -> None:
    at = {
        side: centre_of(
            render(a_scene(size=size, people=(a_person(side=side, facing=facing),)), frames=1).figures[0]
        )
        for side in WORDS.side
    }
    assert at["left"] < 0.43 < at["centre"] < 0.57 < at["right"]


@pytest.mark.parametrize("size", WORDS.size)
def test_two_people_are_both_in_the_frame(size: str) -> None:
    mask = render(a_scene(size=size, people=(a_person(), JON)), frames=1).figures[0]
    assert mask[:, :72].mean() > 0.08
    assert mask[:, 72:].mean() > 0.08


def test_nobody_leaves_the_mask_empty() -> None:
    assert not render(a_scene(people=()), frames=3).figures.any()


@pytest.mark.parametrize("colour", WORDS.colour)
def test_raincoat_has_its_colour_by_day(colour: str) -> None:
    drawn = render(a_scene(size="medium shot", people=(a_person(colour=colour, facing="us"),)), frames=1)
    inside = drawn.frames[0][drawn.figures[0] == 1]
    shares = {other: share_near(inside, GARMENTS[other]) for other in WORDS.colour}
    assert shares[colour] > 0.25
    assert max(shares, key=lambda other: shares[other]) == colour


def test_scarf_shows_its_colour() -> None:
    without = render(a_scene(size="medium shot", people=(a_person(colour="dark", facing="us"),)), frames=1)
    with_scarf = render(
        a_scene(size="medium shot", people=(a_person(colour="dark", facing="us", scarf="red"),)), frames=1
    )
    red = GARMENTS["red"]
    assert share_near(without.frames[0][without.figures[0] == 1], red) < 0.005
    assert share_near(with_scarf.frames[0][with_scarf.figures[0] == 1], red) > 0.02


def test_pointing_arm_reaches_where_the_face_looks() -> None:
    at = {
        facing: centre_of(
            render(
                a_scene(people=(a_person(side="centre", facing=facing, action="pointing"),)), frames=1
            ).figures[0]
        )
        for facing in ("left", "right")
    }
    assert at["right"] - at["left"] > 0.02


@pytest.mark.parametrize("location", WORDS.location)
def test_background_holds_still_when_static_and_clear(location: str) -> None:
    drawn = render(a_scene(location=location, people=(a_person(action="walking"),)))
    never_covered = cv2.dilate(drawn.figures.max(axis=0), np.ones((9, 9), np.uint8)) == 0
    never_covered[70:] = False  # the contact shadow walks along
    assert never_covered.mean() > 0.3
    assert np.ptp(drawn.frames[:, never_covered].astype(int), axis=0).max() == 0


@pytest.mark.parametrize(
    "action", [action for action in WORDS.action if action not in ("standing", "sitting")]
)
@pytest.mark.parametrize("size", WORDS.size)
def test_action_moves_the_figure(action: str, size: str) -> None:
    drawn = render(a_scene(size=size, people=(a_person(action=action),)), frames=5)
    assert difference(drawn.frames[0], drawn.frames[4]) + difference(drawn.frames[0], drawn.frames[2]) > 0.1


def test_standing_moves_far_less_than_walking() -> None:
    moved = {
        action: difference(clip[:-1], clip[1:])
        for action in ("standing", "walking", "running")
        for clip in [render(a_scene(people=(a_person(action=action),))).frames]
    }
    assert 4 * moved["standing"] < moved["walking"] < moved["running"]


def test_walker_goes_where_the_face_looks() -> None:
    for facing, way in (("left", -1), ("right", 1)):
        masks = render(a_scene(people=(a_person(action="walking", facing=facing),))).figures
        assert way * (centre_of(masks[24]) - centre_of(masks[0])) > 0.08


def test_runner_who_faces_us_comes_nearer() -> None:
    masks = render(a_scene(people=(a_person(action="running", facing="us"),))).figures
    assert masks[24].sum() > 1.2 * masks[0].sum()


@pytest.mark.parametrize("location", WORDS.location)
@pytest.mark.parametrize("move", [move for move in WORDS.move if move != "static"])
def test_camera_move_moves_the_set(location: str, move: str) -> None:
    frames = render(a_scene(location=location, move=move, people=())).frames
    assert difference(frames[0], frames[24]) > 2


def test_pan_left_shifts_the_picture_to_the_right() -> None:
    masks = render(a_scene(move="pan left", people=(a_person(side="centre"),))).figures
    assert centre_of(masks[24]) - centre_of(masks[0]) > 0.15


def test_push_in_enlarges_and_pull_out_shrinks() -> None:
    inward = render(a_scene(move="push in")).figures
    outward = render(a_scene(move="pull out")).figures
    assert inward[24].sum() > 1.2 * inward[0].sum()
    assert outward[0].sum() > 1.2 * outward[24].sum()


def test_rain_falls_outdoors() -> None:
    frames = render(a_scene(weather="rain", people=())).frames
    assert difference(frames[0], frames[1]) > 1


def test_rain_stays_behind_the_kitchen_window() -> None:
    frames = render(a_scene(location="kitchen", weather="rain", people=())).frames.astype(int)
    moved = np.ptp(frames, axis=0).max(axis=-1) > 0
    assert moved[12:32, 50:96].any()
    assert not moved[45:].any()


@pytest.mark.parametrize("location", WORDS.location)
def test_places_and_times_have_looks_of_their_own(location: str) -> None:
    looks = {
        time: render(a_scene(location=location, time=time, people=()), frames=1).frames[0]
        for time in WORDS.time
    }
    for time, look in looks.items():
        for other, another in looks.items():
            if other != time:
                assert difference(look, another) > 12
    darkest = min(WORDS.time, key=lambda time: looks[time].mean())
    assert darkest == "night"


def test_every_scene_by_lot_can_be_drawn() -> None:
    rng = np.random.default_rng(12)
    for _ in range(60):
        scene = random_scene(rng)
        drawn = render(scene, frames=2)
        assert drawn.figures.any() == bool(scene.people)
        assert drawn.frames.std() > 10


def test_senseless_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot draw 0 frames"):
        render(a_scene(), frames=0)
    with pytest.raises(ValueError, match="0 x 80"):
        render(a_scene(), width=0)
